"""Where quotations begin and end, whatever marks a language puts around them.

The marks, the characters at their sides and the ends of paragraphs decide; words do not.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from claimcompare.articles.marks import Mark, Paragraph, paragraphs_of
from claimcompare.articles.nesting import Nesting, is_double
from claimcompare.articles.segmenters import Offsets
from claimcompare.articles.singles import Singles


def quotations(text: str, *, piece: bool = False) -> list[Offsets]:
    """Start and end of what stands inside quotation marks, in order.

    What is quoted in a quotation belongs to it. A quotation without its closing mark ends with its
    paragraph, unless the next one begins with such a mark again. `piece` says that the text was
    cut from another one, so that a quotation may have begun before it.
    """
    paragraphs = list(paragraphs_of(text))
    doubles = Nesting()
    for paragraph, following in _with_next(paragraphs):
        doubles.read(paragraph, following)
    found = list(_outermost(_with_orphan(doubles, piece=piece)))
    singles = Singles(text)
    for paragraph, following in _with_next(list(_outside(paragraphs, found))):
        singles.read(paragraph, following)
    return list(_outermost([*found, *_with_orphan(singles, piece=piece)]))


def has_quotation_mark(text: str) -> bool:
    """Whether a quotation begins, goes on or ends in a text."""
    marks = (mark for paragraph in paragraphs_of(text) for mark in paragraph.marks)
    decided = any(is_double(mark) and mark.side != "apart" for mark in marks)
    return decided or bool(quotations(text, piece=True))


def is_quotation(text: str) -> bool:
    """Whether nothing is said outside of quotation marks."""
    found = quotations(text, piece=True)
    ends = [0, *(place for offsets in found for place in offsets), len(text)]
    outside = (text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    return bool(found) and not any(mark.isalnum() for piece in outside for mark in piece)


def _with_next(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Paragraph | None]]:
    return zip_longest(paragraphs, paragraphs[1:])


def _with_orphan(read: Nesting | Singles, *, piece: bool) -> list[Offsets]:
    if not piece or read.orphan is None:
        return read.found
    return [(0, read.orphan), *read.found]


def _outermost(found: Iterable[Offsets]) -> Iterator[Offsets]:
    """The quotations in order without those that begin in another one, or that are empty."""
    done = 0
    for start, end in sorted(found, key=lambda offsets: (offsets[0], -offsets[1])):
        if start >= done and start < end:
            yield start, end
            done = end


def _outside(paragraphs: Iterable[Paragraph], quotations: Iterable[Offsets]) -> Iterator[Paragraph]:
    """The paragraphs with the single marks that stand in none of the quotations."""
    ahead = iter(quotations)
    start, end = next(ahead, (0, 0))
    for paragraph in paragraphs:
        marks: list[Mark] = []
        for mark in paragraph.marks:
            while end and end <= mark.at:
                start, end = next(ahead, (0, 0))
            if not is_double(mark) and not start <= mark.at < end:
                marks.append(mark)
        yield paragraph._replace(marks=tuple(marks))
