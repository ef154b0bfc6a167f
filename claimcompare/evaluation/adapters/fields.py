"""What a row says in a column, checked."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from claimcompare.evaluation.adapters.rows import Row, RowFault

Label = TypeVar("Label")

TRUTHS = {"true": True, "false": False}
_SHOWN = 60


def text(row: Row, name: str) -> str:
    """The words in a column; raises RowFault if there are none."""
    value = row.cells.get(name)
    if value is None:
        raise RowFault(f"has no {name}")
    if not isinstance(value, str):
        raise RowFault(f"{name} is no text")
    if not value.strip():
        raise RowFault(f"{name} is empty")
    if "\0" in value:
        raise RowFault(f"{name} holds NUL")
    return value.strip()


def optional(row: Row, name: str) -> str | None:
    """The words in a column, None if it is missing or blank."""
    value = row.cells.get(name)
    blank = value is None or (isinstance(value, str) and not value.strip())
    return None if blank else text(row, name)


def ident(row: Row, name: str) -> str:
    """An id in a column, which may be a number; raises RowFault if there is none."""
    value = row.cells.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return f"{value}" if is_number else text(row, name)


def optional_ident(row: Row, name: str) -> str | None:
    """The id in a column, None if it is missing or blank."""
    value = row.cells.get(name)
    return ident(row, name) if isinstance(value, int) else optional(row, name)


def ident_or_place(row: Row, name: str = "id") -> str:
    """The id of a row; its number where there is no such column, whatever the file is called."""
    return ident(row, name) if name in row.cells else f"row {row.number}"


def label(row: Row, name: str, known: Mapping[str, Label]) -> Label:
    """What the label in a column stands for; raises RowFault if that is not known."""
    value = text(row, name)
    if value not in known:
        raise RowFault(f"{name} {clipped(value)} is none of {', '.join(known)}")
    return known[value]


def truth(row: Row, name: str) -> bool:
    """Whether a column says true or false, in any case; raises RowFault if neither."""
    value = row.cells.get(name)
    if isinstance(value, bool):
        return value
    said = text(row, name)
    if said.lower() not in TRUTHS:
        raise RowFault(f"{name} {clipped(said)} is neither true nor false")
    return TRUTHS[said.lower()]


def clipped(value: object) -> str:
    """The value as it may be printed: quoted, escaped and short."""
    shown = ascii(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def in_utf8(name: str) -> str:
    """A file's name as it can be written into a result; it need not be UTF-8."""
    return name.encode("utf-8", "replace").decode()


def first_fault(error: ValidationError) -> str:
    """Where the first fault is in the JSON, what it is, and how many others there are."""
    fault, *others = error.errors(include_url=False, include_context=False, include_input=False)
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"])
    place = "".join(steps).removeprefix(".")
    more = f" (and {len(others)} more)" if others else ""
    return f"{clipped(place)[1:-1]}: {fault['msg']}{more}" if place else f"{fault['msg']}{more}"
