"""FNC-1: headlines, each with the body of an article, which lies in a file beside them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from claimcompare.errors import GoldError
from claimcompare.evaluation.adapters.fields import ident, label, text
from claimcompare.evaluation.adapters.rows import (
    Placed,
    Row,
    RowFault,
    Table,
    bad,
    each,
    read_table,
)
from claimcompare.evaluation.gold import BadRow, Relation, RelationItem

LABELS: dict[str, Relation] = {
    "agree": "support",
    "disagree": "denial",
    "discuss": "context",
    "unrelated": "unrelated",
}
COLUMNS = ("Headline", "Body ID", "Stance")
_STANCES, _BODIES = "_stances.csv", "_bodies.csv"


def stances_in(folder: Path) -> Path | None:
    """The file of stances in a folder, if there is any; raises GoldError for several."""
    found = sorted(folder.glob(f"*{_STANCES}"))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise GoldError(f"{folder}: holds {names}; name one of them", path=folder)
    return found[0] if found else None


def read_fnc(table: Table) -> Iterator[Placed[RelationItem] | BadRow]:
    """Each body held against a headline; those of one body are one document."""
    path = _bodies_beside(table.path)
    bodies: dict[str, str] = {}
    yield from _read_bodies(path, bodies)
    yield from each(table.rows, lambda row: _item(row, bodies, path))


def _bodies_beside(stances: Path) -> Path:
    twin = stances.with_name(stances.name.replace(_STANCES, _BODIES))
    if twin != stances and twin.is_file():
        return twin
    found = sorted(stances.parent.glob(f"*{_BODIES}"))
    if len(found) != 1:
        reason = f"needs {twin.name if twin != stances else f'one *{_BODIES}'} beside it"
        raise GoldError(f"{stances}: {reason}, which holds the articles", path=stances)
    return found[0]


def _read_bodies(path: Path, bodies: dict[str, str]) -> Iterator[BadRow]:
    for row in read_table(path).rows:
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            body_id, body = ident(row, "Body ID"), text(row, "articleBody")
        except RowFault as fault:
            yield bad(path, row.number, fault)
            continue
        if body_id in bodies:
            yield bad(path, row.number, f"Body ID {body_id!a} is that of an earlier one")
        else:
            bodies[body_id] = body


def _item(row: Row, bodies: Mapping[str, str], path: Path) -> RelationItem:
    body_id = ident(row, "Body ID")
    if body_id not in bodies:
        raise RowFault(f"Body ID {body_id!a} is not in {path.name}")
    return RelationItem(
        id=f"row {row.number}",
        document=body_id,
        proposition=text(row, "Headline"),
        claim=bodies[body_id],
        relation=label(row, "Stance", LABELS),
    )
