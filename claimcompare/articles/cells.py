"""Comma-separated text as RFC 4180 has it, and text separated by other characters.

The csv module's limit on the length of a cell is a setting of the whole process, and it takes
up all the rest of a file for one cell if a quote is never closed; hence this reader.
"""

import re
from collections.abc import Iterator

_CELL = r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^"{0}\r\n][^{0}\r\n]*+)?)({0}|\r\n|\r|\n|\Z)'
_LINE_ENDS = ("\r\n", "\r", "\n", "")
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


def records(text: str, *, separator: str = ",") -> Iterator[tuple[str, ...] | None]:
    """The cells of each record in order; None stands for a line with a stray quote."""
    cell = re.compile(_CELL.format(re.escape(separator)))
    at = 0
    while at < len(text):
        cells, at = _record(text, at, cell)
        yield cells


def _record(text: str, at: int, cell: re.Pattern[str]) -> tuple[tuple[str, ...] | None, int]:
    start, cells, end = at, list[str](), None
    while end is None or end not in _LINE_ENDS:
        match = cell.match(text, at)
        if match is None:
            return None, _after_line(text, start)
        quoted, plain, end = match.groups()
        cells.append((plain or "") if quoted is None else quoted.replace('""', '"'))
        at = match.end()
    return tuple(cells), at


def _after_line(text: str, at: int) -> int:
    end = _LINE_END.search(text, at)
    return end.end() if end else len(text)
