"""Data sets of claims held against propositions, one table each."""

from collections.abc import Iterator

from claimcompare.evaluation.adapters.fields import (
    ident,
    ident_or_place,
    label,
    optional,
    optional_ident,
    text,
)
from claimcompare.evaluation.adapters.fnc import COLUMNS as FNC_COLUMNS
from claimcompare.evaluation.adapters.fnc import read_fnc
from claimcompare.evaluation.adapters.forms import Form, by_row
from claimcompare.evaluation.adapters.rows import (
    Placed,
    Row,
    Table,
    bad,
    each,
)
from claimcompare.evaluation.gold import BadRow, Relation, RelationItem

FEVER_LABELS: dict[str, Relation] = {
    "SUPPORTS": "support",
    "REFUTES": "denial",
    "NOT_ENOUGH_INFO": "context",
    "NOT ENOUGH INFO": "context",
}
HEALTHVER_LABELS: dict[str, Relation] = {
    "Supports": "support",
    "Refutes": "denial",
    "Neutral": "context",
}
EMERGENT_LABELS: dict[str, Relation] = {
    "for": "support",
    "against": "denial",
    "observing": "context",
}
OWN_LABELS: dict[str, Relation] = {
    "support": "support",
    "denial": "denial",
    "context": "context",
    "unrelated": "unrelated",
}


def _climate_fever(table: Table) -> Iterator[Placed[RelationItem] | BadRow]:
    for row in table.rows:
        if isinstance(row, BadRow):
            yield row
        else:
            yield from each(_evidences(row), _evidence)


def _evidences(row: Row) -> Iterator[Row | BadRow]:
    evidences = row.cells.get("evidences")
    if not isinstance(evidences, list) or not evidences:
        yield bad(row.path, row.number, "evidences is no list with something in it")
        return
    for number, evidence in enumerate(evidences, start=1):
        if isinstance(evidence, dict):
            of_claim = {name: row.cells.get(name) for name in ("claim_id", "claim")}
            yield Row(row.path, row.number, {**evidence, **of_claim})
        else:
            yield bad(row.path, row.number, f"evidence {number} is no JSON object")


def _evidence(row: Row) -> RelationItem:
    claim_id = ident(row, "claim_id")
    return RelationItem(
        id=f"{claim_id}/{ident(row, 'evidence_id')}",
        document=claim_id,
        proposition=text(row, "claim"),
        claim=text(row, "evidence"),
        relation=label(row, "evidence_label", FEVER_LABELS),
    )


def _fever(row: Row) -> RelationItem:
    item_id = ident(row, "id")
    claim_id, slash, _ = item_id.partition("/")
    return RelationItem(
        id=item_id,
        document=(slash and claim_id) or text(row, "claim"),
        proposition=text(row, "claim"),
        claim=text(row, "evidence"),
        relation=label(row, "label", FEVER_LABELS),
    )


def _healthver(row: Row) -> RelationItem:
    # A piece of evidence and a claim recur in many rows, nearly always under one question.
    return RelationItem(
        id=ident(row, "id"),
        document=text(row, "question"),
        proposition=text(row, "claim"),
        claim=text(row, "evidence"),
        relation=label(row, "label", HEALTHVER_LABELS),
    )


def _emergent(row: Row) -> RelationItem:
    claim_id = ident(row, "claimId")
    return RelationItem(
        id=f"{claim_id}/{ident(row, 'articleId')}",
        document=claim_id,
        proposition=text(row, "claimHeadline"),
        claim=text(row, "articleHeadline"),
        relation=label(row, "articleHeadlineStance", EMERGENT_LABELS),
    )


def _own(row: Row) -> RelationItem:
    proposition = text(row, "proposition")
    return RelationItem(
        id=ident_or_place(row),
        document=optional_ident(row, "document") or proposition,
        proposition=proposition,
        claim=text(row, "claim"),
        speaker=optional(row, "speaker"),
        relation=label(row, "stance", OWN_LABELS),
    )


_EMERGENT_COLUMNS = (
    "claimId",
    "claimHeadline",
    "articleId",
    "articleHeadline",
    "articleHeadlineStance",
)
# The first that fits is taken: HealthVer has all the columns of a flat FEVER file.
RELATION_FORMS: tuple[Form[RelationItem], ...] = (
    Form("Climate-FEVER", ("claim_id", "claim", "evidences"), _climate_fever),
    Form("HealthVer", ("id", "evidence", "claim", "label", "question"), by_row(_healthver)),
    Form("FEVER-style pairs", ("id", "claim", "evidence", "label"), by_row(_fever)),
    Form("FNC-1", FNC_COLUMNS, read_fnc),
    Form("Emergent", _EMERGENT_COLUMNS, by_row(_emergent)),
    Form("claims with a stance", ("proposition", "claim", "stance"), by_row(_own)),
)
