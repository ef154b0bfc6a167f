"""Gold for stances: claims, and the propositions that they are held against."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from claimcompare.errors import GoldError
from claimcompare.evaluation.adapters.collect import collect, relation_sameness
from claimcompare.evaluation.adapters.events import FORM, event_files, read_from_events
from claimcompare.evaluation.adapters.fnc import stances_in
from claimcompare.evaluation.adapters.forms import Form, in_folder, read_forms, unrecognised
from claimcompare.evaluation.adapters.relation_forms import RELATION_FORMS
from claimcompare.evaluation.adapters.rows import Placed, Table, located, read_table
from claimcompare.evaluation.gold import BadRow, ComparisonItem, Gold, Item, RelationItem


def read_relations(path: Path | str, *, unrelated: bool = True) -> Gold[RelationItem]:
    """The claims of a data set with their stances; raises GoldError.

    A claim that is there twice with the same label counts once; where annotators gave it two
    labels, both are kept. Claims that are `unrelated` are no context, and may be left out.
    """
    source = located(path)
    files = event_files(source)
    found = list(read_from_events(files, _relations) if files else _of_table(source))
    kept = found if unrelated else related(source, found)
    gold = collect(source, kept, Gold[RelationItem], relation_sameness)
    return gold.model_copy(update={"unrelated": len(found) - len(kept)})


def related(
    path: Path, found: Iterable[Placed[RelationItem] | BadRow]
) -> list[Placed[RelationItem] | BadRow]:
    """What has a stance, and bad rows; raises GoldError if there is neither."""
    found = list(found)
    kept = [one for one in found if isinstance(one, BadRow) or one.item.relation != "unrelated"]
    if found and not kept:
        raise GoldError(f"{path}: all rows are unrelated: none has a stance", path=path)
    return kept


def table_at(path: Path, forms: tuple[Form[Item], ...]) -> Table:
    """The table at a path; in a folder, its FNC-1 stances. Raises GoldError."""
    stances = stances_in(path) if path.is_dir() else path
    if stances is None:
        raise unrecognised(path, in_folder(path), (*map(str, forms), FORM))
    return read_table(stances)


def _of_table(path: Path) -> Iterator[Placed[RelationItem] | BadRow]:
    return read_forms(table_at(path, RELATION_FORMS), RELATION_FORMS, (FORM,))


def _relations(event: ComparisonItem) -> Iterator[RelationItem]:
    claims = {claim.id: claim for claim in event.claims}
    for number, dispute in enumerate(event.disputes, start=1):
        for assertion in dispute.assertions:
            claim = claims[assertion.claim_id]
            yield RelationItem(
                id=f"{event.id}/{number}/{claim.id}",
                document=event.id,
                proposition=dispute.proposition,
                claim=claim.text,
                speaker=claim.speaker,
                relation=assertion.stance,
            )
