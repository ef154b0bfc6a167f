"""Comma-separated text as RFC 4180 has it, and text separated by other characters.

The csv module's limit on the length of a cell is a setting of the whole process, and it takes
up all the rest of a file for one cell if a quote is never closed; hence this reader.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from claimcompare.articles.records import is_larger

_QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"'
_CELL = rf'(?:{_QUOTED}|([^"{{0}}\r\n][^{{0}}\r\n]*+)?)({{0}}|\r\n|\r|\n|\Z)'
_LINE_ENDS = ("\r\n", "\r", "\n", "")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_IN_QUOTES = re.compile(_QUOTED)

Cells = tuple[str, ...]


class Bad(Enum):
    """Why a record has no cells: a line with a stray quote, or it is larger than allowed."""

    QUOTE = auto()
    SIZE = auto()


def records(text: str, *, separator: str = ",") -> Iterator[Cells | None]:
    """The cells of each record in order; None stands for a line with a stray quote."""
    for found in each_record([text], separator=separator):
        yield None if isinstance(found, Bad) else found


def each_record(
    texts: Iterable[str], *, separator: str = ",", max_bytes: int | None = None
) -> Iterator[Cells | Bad]:
    """The same of a text that comes in parts, wherever it is cut; no record too large is held.

    A quote that is not closed within `max_bytes` costs all up to the next one.
    """
    cell = re.compile(_CELL.format(re.escape(separator)))
    parts, text, at, is_last, is_long = iter(texts), "", 0, False, False
    while at < len(text) or not is_last:
        cells, end = _record(text, at, cell)
        if cells is None and (end < len(text) or is_last):
            is_long = is_long or _is_long(text[at:end], max_bytes)
            end = _after_line(text, end if is_long else at)
        # Only what follows tells that a record has ended where the text does.
        if end < len(text) or is_last:
            is_long = is_long or _is_long(text[at:end], max_bytes)
            yield Bad.SIZE if is_long else cells or Bad.QUOTE
            at, is_long = end, False
            continue
        text, at = text[at:], 0
        if max_bytes is not None and len(text) > max_bytes:
            text, is_long = _as_short(text, cell), True
        more = _next(parts, len(text))
        is_last = not more
        text += more


def _is_long(text: str, max_bytes: int | None) -> bool:
    return max_bytes is not None and is_larger(text, max_bytes)


def _next(parts: Iterator[str], least: int) -> str:
    """As much as is held already, so that what is long is not looked at too often."""
    found, length = list[str](), 0
    while length <= least and (part := next(parts, None)) is not None:
        found.append(part)
        length += len(part)
    return "".join(found)


def _record(text: str, at: int, cell: re.Pattern[str]) -> tuple[Cells | None, int]:
    """The cells and where they end; or none, and how far a cell that was quoted wrongly went."""
    cells, end = list[str](), None
    while end is None or end not in _LINE_ENDS:
        match = cell.match(text, at)
        if match is None:
            closed = _IN_QUOTES.match(text, at)
            return None, closed.end() if closed else len(text)
        quoted, plain, end = match.groups()
        cells.append((plain or "") if quoted is None else quoted.replace('""', '"'))
        at = match.end()
    return tuple(cells), at


def _as_short(text: str, cell: re.Pattern[str]) -> str:
    """A short beginning of a record that goes on just as one does that has not ended."""
    at = 0
    while (match := cell.match(text, at)) and match.end() < len(text):
        at = match.end()
    if match:
        is_closed_or_goes_on = match[1] is not None and not match[3]
        return '""' if is_closed_or_goes_on else f"x{match[3]}"
    if not _IN_QUOTES.match(text, at):
        return '"'
    # Text behind a closing quote costs all up to the end of the line.
    return '""x' + (text[-1] if text[-1] in _LINE_ENDS else "")


def _after_line(text: str, at: int) -> int:
    end = _LINE_END.search(text, at)
    return end.end() if end else len(text)
