"""Who says what in an article, as brat's standoff files have it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from claimcompare.evaluation.adapters.fields import clipped
from claimcompare.evaluation.adapters.rows import RowFault, bad, read_bytes
from claimcompare.evaluation.gold import BadRow, GoldAttribution
from claimcompare.schema import Article, Span

Kept = TypeVar("Kept")

_MARK = re.compile(r"(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)")
_MARK_CELLS = 3
_NOT_ATTRIBUTED = frozenset({"Discuss", "Discard"})
# Notes, relations, attributes and equivalences say nothing about who says what.
_OTHER_LINES = frozenset("#RAMN*")


class _Line(NamedTuple):
    number: int
    cells: list[str]


class _Mark(NamedTuple):
    text: str
    spans: tuple[Span, ...]


def read_attributions(
    path: Path, article: Article
) -> tuple[tuple[GoldAttribution, ...], tuple[BadRow, ...]]:
    """The attributions in an .ann file, and its bad lines; raises GoldError."""
    bad_rows = list[BadRow]()
    lines = _kept(numbered_lines(path), bad_rows)
    marks: dict[str, _Mark | None] = {}
    events: dict[str, GoldAttribution] = {}
    # Marks first: an event may stand before what it refers to.
    for line in sorted(lines, key=lambda line: not line.cells[0].startswith("T")):
        try:
            _take(line, article.text, marks, events)
        except RowFault as fault:
            bad_rows.append(bad(path, line.number, fault))
    return tuple(events.values()), tuple(sorted(bad_rows, key=lambda row: row.row))


def numbered_lines(path: Path) -> Iterator[tuple[int, str] | BadRow]:
    """The lines of a text file that say something; raises GoldError."""
    for number, raw in enumerate(read_bytes(path).split(b"\n"), start=1):
        try:
            line = raw.decode().removesuffix("\r")
        except UnicodeDecodeError:
            yield bad(path, number, "is not UTF-8")
            continue
        if "\0" in line:
            yield bad(path, number, "holds NUL")
        elif line.strip():
            yield number, line


def _kept(lines: Iterable[tuple[int, str] | BadRow], bad_rows: list[BadRow]) -> list[_Line]:
    kept = []
    for line in lines:
        if isinstance(line, BadRow):
            bad_rows.append(line)
        else:
            kept.append(_Line(line[0], line[1].split("\t")))
    return kept


def _take(
    line: _Line,
    text: str,
    marks: dict[str, _Mark | None],
    events: dict[str, GoldAttribution],
) -> None:
    name = line.cells[0]
    if name in marks or name in events:
        raise RowFault(f"the id {clipped(name)} is that of an earlier line")
    if name.startswith("T"):
        marks[name] = None
        marks[name] = _mark(line.cells, text)
    elif name.startswith("E"):
        events[name] = _event(line.cells, marks)
    elif name[:1] not in _OTHER_LINES:
        raise RowFault(f"{clipped(name)} begins no line that brat writes")


def _mark(cells: list[str], text: str) -> _Mark | None:
    match = _MARK.fullmatch(cells[1]) if len(cells) >= _MARK_CELLS else None
    if match is None:
        raise RowFault("does not say what it marks, where, and on which words")
    if match[1] in _NOT_ATTRIBUTED:
        return None
    spans = tuple(_span(stretch, text) for stretch in match[2].split(";"))
    found = " ".join(span.text for span in spans)
    # Brat writes a line end as a space.
    if found.split() != cells[2].split():
        raise RowFault(f"marks {clipped(cells[2])}, but the article has {clipped(found)} there")
    return _Mark(cells[2], spans)


def _span(stretch: str, text: str) -> Span:
    start, end = map(int, stretch.split())
    if not start < end <= len(text):
        raise RowFault(f"marks {start} to {end} in an article of {len(text)} characters")
    return Span(start=start, end=end, text=text[start:end])


def _event(cells: list[str], marks: Mapping[str, _Mark | None]) -> GoldAttribution:
    roles = [part.partition(":") for part in cells[1].split()] if len(cells) > 1 else []
    content = _first("Content", roles, marks)
    if content is None:
        raise RowFault("attributes no content to anybody")
    speaker, cue = (_first(role, roles, marks) for role in ("Source", "Cue"))
    return GoldAttribution(
        speaker=speaker.text if speaker else None,
        cue=cue.text if cue else None,
        evidence=content.spans,
    )


def _first(
    role: str, roles: Iterable[tuple[str, str, str]], marks: Mapping[str, _Mark | None]
) -> _Mark | None:
    named = next((mark for name, _, mark in roles if name.startswith(role)), None)
    if named is None:
        return None
    mark = marks.get(named)
    if mark is None:
        raise RowFault(f"its {role} {clipped(named)} is no good line")
    return mark
