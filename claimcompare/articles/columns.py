"""Words that stand on a page become lines in the order in which they are read."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from statistics import median
from typing import NamedTuple

# All sizes are in heights of a usual word of the page; the spaces between words are about 0.25.
_PARTS = 8
_MOST_PLACES = 4_000
_FREE = re.compile("0+")
# What is free between columns, and through how many lines: narrower, and it may be chance.
# The last is one where most lines behind it begin below each other.
_GUTTERS = ((2.0, 2), (1.0, 4), (0.5, 10), (0.5, 5))
_BELOW = 0.15
_MOSTLY = 0.7
# Lines of columns hold more than the cells of tables, which are read row by row.
_NARROWEST = 6.0
_FEWEST = 2
# Heads and feet of pages stand off from the columns.
_OFF = 1.0
_SPACE = 0.4
_GLUED = 0.1
# Pages where more words than these lie on others are none that anybody could read.
_FEW_TANGLED = 3
_TANGLED = 0.05
# The first letter of an article may be several lines high.
_LARGE = 1.8


class Word(NamedTuple):
    """A word and its box, in points; `top` is larger than `bottom`."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From its lower to its upper edge."""
        return self.top - self.bottom


Row = list[Word]


class _Band(NamedTuple):
    """Rows, from `first` until before `end`, that nothing crosses at `at`."""

    first: int
    end: int
    at: float


def lines_of(words: Sequence[Word]) -> list[str]:
    """The lines of a page, column by column, whatever order they were drawn in."""
    return [_line(row) for row in _ordered(words, _usual(words))] if words else []


def without_copies(words: Sequence[Word]) -> list[Word]:
    """The words without those that are drawn once more at their place, as bold ones may be."""
    found: list[Word] = []
    for row in _rows(words, _usual(words)):
        last: dict[str, Word] = {}
        for word in row:
            before = last.get(word.text)
            if before is None or not _lies_on(before, word):
                found.append(word)
                last[word.text] = word
    return found


def is_tangled(words: Sequence[Word]) -> bool:
    """Whether so many words lie on others that lines cannot be told apart."""
    tangled = sum(_lies_on(*pair) for row in _rows(words, _usual(words)) for pair in pairwise(row))
    return tangled > max(_FEW_TANGLED, _TANGLED * len(words))


def _lies_on(one: Word, other: Word) -> bool:
    shared = min(one.right, other.right) - other.left
    return shared > 0.5 * min(one.right - one.left, other.right - other.left) > 0


def _usual(words: Sequence[Word]) -> float:
    return max(1.0, median([word.height for word in words] or [0.0]))


def _ordered(words: Sequence[Word], em: float) -> Iterator[Row]:
    rows = _rows(words, em)
    band = _band(rows, em)
    if band is None:
        yield from rows
        return
    inside = [word for row in rows[band.first : band.end] for word in row]
    sides = [
        [word for word in inside if (word.left < band.at) == is_left] for is_left in (True, False)
    ]
    before, after = rows[: band.first], rows[band.end :]
    for part in (_flat(before), *(reversed(sides) if _is_rtl(inside) else sides), _flat(after)):
        yield from _ordered(part, em) if part else ()


def _flat(rows: Sequence[Row]) -> Row:
    return [word for row in rows for word in row]


def _rows(words: Sequence[Word], em: float) -> list[Row]:
    """Words that stand on one line, from the top of the page to its end."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda one: _middle(one, em), reverse=True):
        same = rows and abs(_middle(rows[-1][0], em) - _middle(word, em)) < 0.5 * min(
            em, rows[-1][0].height, word.height
        )
        if same:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _middle(word: Word, em: float) -> float:
    """How high a word stands; a large first letter stands on the first of its lines."""
    is_large = len(word.text) == 1 and word.height > _LARGE * em
    return word.top - 0.5 * em if is_large else (word.top + word.bottom) / 2


def _band(rows: Sequence[Row], em: float) -> _Band | None:
    """The longest stretch of rows that stands in two columns or more."""
    grid = _Grid(rows, em)
    found = [
        (band.end - band.first, gap, fewest, band)
        for gap, fewest in _GUTTERS
        for band in grid.free(gap * em)
        if band.end - band.first >= fewest
    ]
    for *_, gap, fewest, band in sorted(found, key=lambda one: one[:3], reverse=True):
        trimmed = _trimmed(rows, band, em)
        sides = _sides(rows, trimmed)
        is_wide = (gap, fewest) != _GUTTERS[-1]
        if all(_is_column(side, em) for side in sides) and (is_wide or _is_aligned(sides, em)):
            return trimmed
    return None


class _Grid:
    """Which rows have a word at each place across the page."""

    def __init__(self, rows: Sequence[Row], em: float) -> None:
        self._rows = len(rows)
        # Between large letters the spaces are large, too.
        reaches = [
            (number, word.left, word.right + _SPACE * max(0.0, word.height - em))
            for number, row in enumerate(rows)
            for word in row
        ]
        self._start = min(left for _, left, _ in reaches)
        across = max(right for _, _, right in reaches) - self._start
        self._unit = max(em / _PARTS, across / _MOST_PLACES)
        self._taken = [0] * (1 + self._place(self._start + across))
        for number, left, right in reaches:
            for place in range(self._place(left), self._place(right) + 1):
                self._taken[place] |= 1 << number

    def _place(self, x: float) -> int:
        return int((x - self._start) / self._unit)

    def free(self, gap: float) -> Iterator[_Band]:
        """Wherever a gap of that width is free, the stretches of rows that it goes through."""
        wide = max(1, round(gap / self._unit))
        for place in range(len(self._taken) - wide):
            taken = reduce(or_, self._taken[place : place + wide])
            shown = f"{taken:0{self._rows}b}"[::-1]
            for free in _FREE.finditer(shown):
                yield _Band(free.start(), free.end(), self._start + place * self._unit)


def _sides(rows: Sequence[Row], band: _Band) -> tuple[list[Row], list[Row]]:
    inside = rows[band.first : band.end]
    left = [[word for word in row if word.left < band.at] for row in inside]
    right = [[word for word in row if word.left >= band.at] for row in inside]
    return left, right


def _is_aligned(sides: tuple[list[Row], list[Row]], em: float) -> bool:
    """Whether most lines of the second column begin at one place, as no words do by chance."""
    both = [pair for pair in zip(*sides, strict=True) if all(pair)]
    is_rtl = _is_rtl([word for pair in both for row in pair for word in row])
    places = [left[-1].right if is_rtl else right[0].left for left, right in both]
    below = sum(abs(place - median(places)) <= _BELOW * em for place in places)
    return below >= max(_GUTTERS[-1][1], _MOSTLY * len(places))


def _trimmed(rows: Sequence[Row], band: _Band, em: float) -> _Band:
    """The band without rows at its edges that stand off and are on one side only."""
    first, end = band.first, band.end
    while end - first > 1 and _stands_off(rows[first], rows[first + 1], band.at, em):
        first += 1
    while end - first > 1 and _stands_off(rows[end - 1], rows[end - 2], band.at, em):
        end -= 1
    return _Band(first, end, band.at)


def _stands_off(row: Row, next_one: Row, at: float, em: float) -> bool:
    both = len({word.left < at for word in row}) > 1
    apart = abs(_middle(row[0], em) - _middle(next_one[0], em)) - em
    return not both and apart > _OFF * em


def _is_column(side: Sequence[Row], em: float) -> bool:
    pieces = [row for row in side if row]
    if len(pieces) < _FEWEST:
        return False
    drawn = sum(word.right - word.left for row in pieces for word in row)
    return drawn / len(pieces) >= _NARROWEST * em


def _line(row: Row) -> str:
    """The words of a line as they are read, with the spaces between them."""
    ordered = _read_from_right(row) if _is_rtl(row) else row
    text = ordered[0].text
    for before, word in pairwise(ordered):
        apart = max(word.left - before.right, before.left - word.right)
        text += word.text if apart < _GLUED * word.height else f" {word.text}"
    return text


def _read_from_right(row: Row) -> Row:
    """Words from right to left, but those of other scripts among them from left to right."""
    found: Row = []
    at = 0
    for word in sorted(row, key=lambda one: one.right, reverse=True):
        at = at if "L" in _directions(word) else len(found)
        found.insert(at, word)
        at = at if "L" in _directions(word) else len(found)
    return found


def _is_rtl(words: Sequence[Word]) -> bool:
    kinds = [_directions(word) for word in words]
    return sum(bool(kind & {"R", "AL"}) for kind in kinds) > sum("L" in kind for kind in kinds)


def _directions(word: Word) -> set[str]:
    return {unicodedata.bidirectional(letter) for letter in word.text}
