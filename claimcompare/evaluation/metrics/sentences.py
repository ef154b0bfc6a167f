"""The scorer's own sentences: a change to the library's splitter must not move a figure."""

import re
from collections.abc import Iterable, Sequence

from claimcompare.schema import Span

_LINE = re.compile(r"[^\n]+")
# Wide stops need no space behind them, the others do.
_BREAK = re.compile(r"(?<=[.!?؟۔।॥])[\"”’')»]*\s+|(?<=[。！？｡])[”’」』）)]*\s*")
_OPENING = "\"“‘'(«„¿¡「『《（"
Offsets = tuple[int, int]


def sentence_offsets(text: str) -> list[Offsets]:
    """Start and end of each sentence; a quotation mark behind a stop is in none.

    A line ends a sentence; so does a stop before white space and a capital, a digit or a letter
    of a script without capitals, and a stop of a script that puts no white space behind it.
    """
    return [offsets for line in _LINE.finditer(text) for offsets in _in_line(text, line.span())]


def _in_line(text: str, line: Offsets) -> Iterable[Offsets]:
    start, end = line
    for gap in _BREAK.finditer(text, start, end):
        if _opens(text[gap.end() : end]):
            yield start, gap.start()
            start = gap.end()
    if text[start:end].strip():
        yield start, end


def _opens(rest: str) -> bool:
    """Whether a sentence can begin like this."""
    first = rest.lstrip(_OPENING)[:1]
    # Letters without capitals are their own title case, those of Georgian among them.
    return first.isdecimal() or (first.isalpha() and first.title() == first)


def holding(sentences: Sequence[Offsets], span: Span) -> int | None:
    """The index of the sentence that holds most of a span, the first of equals, if any does."""
    shared = [min(span.end, end) - max(span.start, start) for start, end in sentences]
    best = max(shared, default=0)
    return shared.index(best) if best > 0 else None
