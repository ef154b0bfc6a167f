"""The forms that a task reads, and which of them a file has."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple

from claimcompare.errors import GoldError
from claimcompare.evaluation.adapters.fields import clipped
from claimcompare.evaluation.adapters.rows import Placed, Row, Table, each
from claimcompare.evaluation.gold import BadRow, Item

_SHOWN = 12


class Form(NamedTuple, Generic[Item]):
    """A data set's form: the columns that tell it, and how its table is read."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Table], Iterator[Placed[Item] | BadRow]]

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.columns)})"


def by_row(convert: Callable[[Row], Item]) -> Callable[[Table], Iterator[Placed[Item] | BadRow]]:
    """How a table is read of which each row holds one item."""
    return lambda table: each(table.rows, convert)


def fitting(table: Table, forms: Sequence[Form[Item]]) -> Form[Item] | None:
    """The first form of which some row has all the columns."""
    return next((form for form in forms if _fits(table, form)), None)


def _fits(table: Table, form: Form[Item]) -> bool:
    return any(row.cells.keys() >= {*form.columns} for row in table.good)


def read_forms(
    table: Table, forms: Sequence[Form[Item]], also: tuple[str, ...]
) -> Iterator[Placed[Item] | BadRow]:
    """What the table holds in the form that fits; raises GoldError if none does."""
    form = fitting(table, forms)
    if form:
        return form.read(table)
    first = next(table.good, None)
    if first is None and table.rows:
        raise GoldError(
            f"{table.path}: no row is good; the first: {table.rows[0]}", path=table.path
        )
    found = f"columns {_listed(list(first.cells))}" if first else "no row"
    raise unrecognised(table.path, found, (*map(str, forms), *also))


def unrecognised(path: Path, found: str, forms: Sequence[str]) -> GoldError:
    """That the path holds none of these forms, and what it holds instead."""
    return GoldError(f"{path}: found {found}; this task reads {'; '.join(forms)}", path=path)


def in_folder(folder: Path) -> str:
    """What a folder holds, in a few words; raises GoldError."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise GoldError(f"{folder}: cannot be read ({error.strerror})", path=folder) from error
    return f"a folder with {_listed(names)}" if names else "an empty folder"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(clipped(name)[1:-1] for name in names[:_SHOWN])
    return f"{shown}, …" if len(names) > _SHOWN else shown
