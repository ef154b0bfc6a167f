"""Comma-separated text as RFC 4180 has it.

The csv module's limit on the length of a cell is a setting of the whole process, and it takes
up all the rest of a file for one cell if a quote is never closed; hence this reader.
"""

import re
from collections.abc import Iterator

_CELL = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^",\r\n][^,\r\n]*+)?)(,|\r\n|\r|\n|\Z)')
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


def records(text: str) -> Iterator[tuple[str, ...] | None]:
    """The cells of each record in order; None stands for a line with a stray quote."""
    at = 0
    while at < len(text):
        cells, at = _record(text, at)
        yield cells


def _record(text: str, at: int) -> tuple[tuple[str, ...] | None, int]:
    start, cells, separator = at, list[str](), ","
    while separator == ",":
        match = _CELL.match(text, at)
        if match is None:
            return None, _after_line(text, start)
        quoted, plain, separator = match.groups()
        cells.append((plain or "") if quoted is None else quoted.replace('""', '"'))
        at = match.end()
    return tuple(cells), at


def _after_line(text: str, at: int) -> int:
    end = _LINE_END.search(text, at)
    return end.end() if end else len(text)
