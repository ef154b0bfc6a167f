"""Gold for pairs: two statements, and whether one opposes the other."""

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from claimcompare.evaluation.adapters.collect import collect, pair_sameness
from claimcompare.evaluation.adapters.events import FORM, event_files, read_from_events
from claimcompare.evaluation.adapters.fields import (
    ident,
    ident_or_place,
    label,
    optional_ident,
    text,
    truth,
)
from claimcompare.evaluation.adapters.forms import Form, by_row, read_forms
from claimcompare.evaluation.adapters.relation_forms import RELATION_FORMS
from claimcompare.evaluation.adapters.relations import table_at
from claimcompare.evaluation.adapters.rows import Placed, Row, RowFault, Table, located
from claimcompare.evaluation.gold import (
    BadRow,
    ComparisonItem,
    Gold,
    GoldDispute,
    PairItem,
    RelationItem,
)

CLAIMDIFF_LABELS: dict[str, bool] = {"weaken": True, "strengthen": False, "neither": False}
# The published files say 1 for their own relation, which only their name tells.
CLAIMDIFF_WEAK: dict[int, bool] = {1: True, 0: False}
_WEAK_NAMES = ("weak", "claimdiff-w")


def read_pairs(path: Path | str) -> Gold[PairItem]:
    """The pairs of statements of a data set; raises GoldError.

    A claim held against a proposition is a pair too, opposed if it denies it. Of a comparison,
    the claims in a dispute are paired. A pair that is there twice with the same label counts
    once; where annotators gave it two labels, both are kept, and so is its reverse.
    """
    source = located(path)
    files = event_files(source)
    found = read_from_events(files, _pairs) if files else _of_table(source)
    return collect(source, found, Gold[PairItem], pair_sameness)


def _of_table(path: Path) -> Iterator[Placed[PairItem] | BadRow]:
    return read_forms(table_at(path, PAIR_FORMS), PAIR_FORMS, (FORM,))


def _claimdiff(row: Row) -> PairItem:
    return PairItem(
        id=ident(row, "pair_id" if "pair_id" in row.cells else "id"),
        document=text(row, "topic"),
        one=text(row, "claim_a"),
        other=text(row, "claim_b"),
        opposed=_weakens(row),
    )


def _weakens(row: Row) -> bool:
    relation = row.cells.get("relation")
    if not isinstance(relation, int) or isinstance(relation, bool):
        return label(row, "relation", CLAIMDIFF_LABELS)
    names = f"{row.path.parent.name}/{row.path.name}".lower()
    if not any(name in names for name in _WEAK_NAMES):
        raise RowFault("relation is a number, but the file's name does not say that 1 is weaken")
    if relation not in CLAIMDIFF_WEAK:
        raise RowFault(f"relation {relation} is neither 0 nor 1")
    return CLAIMDIFF_WEAK[relation]


def _own(row: Row) -> PairItem:
    item_id = ident_or_place(row)
    return PairItem(
        id=item_id,
        document=optional_ident(row, "document") or item_id,
        one=text(row, "one"),
        other=text(row, "other"),
        opposed=truth(row, "opposed"),
    )


def _from_relations(form: Form[RelationItem]) -> Form[PairItem]:
    def read(table: Table) -> Iterator[Placed[PairItem] | BadRow]:
        for found in form.read(table):
            if isinstance(found, BadRow):
                yield found
            else:
                yield Placed(found.path, found.row, _pair(found.item))

    return Form(form.name, form.columns, read)


def _pair(item: RelationItem) -> PairItem:
    return PairItem(
        id=item.id,
        document=item.document,
        one=item.proposition,
        other=item.claim,
        opposed=item.relation == "denial",
    )


PAIR_FORMS: tuple[Form[PairItem], ...] = (
    Form("ClaimDiff", ("topic", "claim_a", "claim_b", "relation"), by_row(_claimdiff)),
    Form("pairs", ("one", "other", "opposed"), by_row(_own)),
    *map(_from_relations, RELATION_FORMS),
)


def _pairs(event: ComparisonItem) -> Iterator[PairItem]:
    claims = {claim.id: claim.text for claim in event.claims}
    opposed = {pair for dispute in event.disputes for pair in _of(dispute, _is_opposed)}
    placed = {pair for dispute in event.disputes for pair in _of(dispute, _has_a_side)}
    for one, other in combinations(claims, 2):
        pair = frozenset((one, other))
        if pair in placed:
            yield PairItem(
                id=f"{event.id}/{one}-{other}",
                document=event.id,
                one=claims[one],
                other=claims[other],
                opposed=pair in opposed,
            )


def _of(dispute: GoldDispute, fits: Callable[[set[str]], bool]) -> Iterator[frozenset[str]]:
    for one, other in combinations(dispute.assertions, 2):
        if fits({one.stance, other.stance}):
            yield frozenset((one.claim_id, other.claim_id))


def _is_opposed(stances: set[str]) -> bool:
    return stances == {"support", "denial"}


def _has_a_side(stances: set[str]) -> bool:
    return stances != {"context"}
