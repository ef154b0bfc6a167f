"""Rows of a file, good and bad: from JSON Lines, a JSON array or CSV, told apart by content."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple

from pydantic_core import from_json

from claimcompare.articles import one_line
from claimcompare.articles.cells import records
from claimcompare.errors import GoldError
from claimcompare.evaluation.gold import BadRow, Item

# What surrogateescape leaves of bytes that are not UTF-8, and NUL.
_SPOILED = re.compile("[\0\ud800-\udfff]")
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_JSON_STARTS = (b"{", b"[")
_LIST_KEY = "data"


class Row(NamedTuple):
    """What a row holds, and where it is.

    Its number is the line in JSON Lines, the place in the list in a JSON array, and in CSV the
    record's place with the header as row 1, so that a spreadsheet shows it under that number.
    """

    path: Path
    number: int
    cells: Mapping[str, Any]


class Placed(NamedTuple, Generic[Item]):
    """An item, and the row that it is from."""

    path: Path
    row: int
    item: Item


class RowFault(ValueError):
    """Why a row holds no item."""


Found = Placed[Item] | BadRow


class Table(NamedTuple):
    """The rows of one file."""

    path: Path
    rows: tuple[Row | BadRow, ...]

    @property
    def good(self) -> Iterator[Row]:
        """The rows that could be taken apart."""
        return (row for row in self.rows if isinstance(row, Row))


def bad(path: Path, row: int, reason: object) -> BadRow:
    """The row, with its reason in one line."""
    return BadRow(path=str(path), row=row, reason=one_line(str(reason)))


def each(
    rows: Iterable[Row | BadRow], convert: Callable[[Row], Item]
) -> Iterator[Placed[Item] | BadRow]:
    """The item of each row, or the reason why it has none."""
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            yield Placed(row.path, row.number, convert(row))
        except RowFault as fault:
            yield bad(row.path, row.number, fault)


def located(path: Path | str) -> Path:
    """The path of something that is there; raises GoldError."""
    try:
        Path(path).stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return Path(path)


def read_bytes(path: Path) -> bytes:
    """What the file holds after its byte order mark; raises GoldError."""
    try:
        return path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path | str, error: OSError | ValueError) -> GoldError:
    reason = error.strerror if isinstance(error, OSError) else error
    return GoldError(f"{path}: cannot be read ({reason})", path=path)


def read_table(path: Path) -> Table:
    """The rows of a JSON Lines, JSON or CSV file; raises GoldError."""
    raw = read_bytes(path)
    suffix = path.suffix.lower()
    looks_json = suffix != ".csv" and raw.lstrip().startswith(_JSON_STARTS)
    as_json = suffix in _JSON_SUFFIXES or looks_json
    return Table(path, tuple(_json_rows(path, raw) if as_json else _csv_rows(path, raw)))


def _json_rows(path: Path, raw: bytes) -> Iterator[Row | BadRow]:
    try:
        whole = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        if raw.lstrip().startswith(b"["):
            return iter([bad(path, 1, f"is no JSON ({error})")])
        return _lines(path, raw)
    inner = whole.get(_LIST_KEY) if isinstance(whole, dict) else whole
    values = inner if isinstance(inner, list) else [whole]
    return (_object(path, number, value) for number, value in enumerate(values, start=1))


def _lines(path: Path, raw: bytes) -> Iterator[Row | BadRow]:
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _object(path, number, from_json(line, allow_inf_nan=False))
        except ValueError as error:
            yield bad(path, number, f"is no JSON ({error})")


def _object(path: Path, number: int, value: Any) -> Row | BadRow:
    if isinstance(value, dict):
        return Row(path, number, value)
    return bad(path, number, "is no JSON object")


def _csv_rows(path: Path, raw: bytes) -> Iterator[Row | BadRow]:
    found = records(raw.decode("utf-8", errors="surrogateescape"))
    header = next(found, None)
    if header is None or any(_SPOILED.search(name) for name in header):
        raise GoldError(f"{path}: its first line is no CSV header in UTF-8", path=path)
    names = [name for name in header if name]
    if len(set(names)) < len(names):
        raise GoldError(f"{path}: two columns have the same name in its header", path=path)
    for number, cells in enumerate(found, start=2):
        if cells != ("",):
            yield _record(path, number, header, cells)


def _record(
    path: Path, number: int, header: tuple[str, ...], cells: tuple[str, ...] | None
) -> Row | BadRow:
    if cells is None:
        return bad(path, number, "a quote in it is not closed, or text follows its closing quote")
    if len(cells) != len(header):
        return bad(path, number, f"has {len(cells)} columns, the header has {len(header)}")
    if any(_SPOILED.search(cell) for cell in cells):
        return bad(path, number, "is not UTF-8 text without NUL")
    return Row(path, number, dict(zip(header, cells, strict=True)))
