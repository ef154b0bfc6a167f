"""Pages of newspapers, laid out and drawn in the orders in which programs draw them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from random import Random
from typing import NamedTuple

# Widths of the letters of Helvetica from space to tilde, in thousandths of the size.
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556,) * 10, *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778),
    *(722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667),
    *(667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222),
    *(222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
)  # fmt: skip
_OTHER = {"\u2019": 222, "\u2018": 222, "\u201c": 333, "\u201d": 333, "\u2014": 1_000}


class Line(NamedTuple):
    """A stretch of text at a place, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10


class Area(NamedTuple):
    """Where a column of text goes: its left and upper edge, and its width."""

    x: float
    top: float
    width: float


def width(text: str, size: float = 10) -> float:
    """The width of a text in Helvetica, in points."""
    units = (_WIDTHS[ord(one) - 32] if " " <= one <= "~" else _OTHER.get(one, 600) for one in text)
    return sum(units) * size / 1_000


def wrapped(text: str, most: float, size: float = 10, indent: float = 0) -> Iterator[str]:
    """The lines of a paragraph."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > most - indent:
            yield line
            longer, indent = word, 0
        line = longer
    yield line


def column(
    paragraphs: Iterable[str], area: Area, *, size: float = 10, indent: float = 12
) -> list[Line]:
    """The lines of paragraphs below each other; their first lines are set in."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        for at, text in enumerate(wrapped(paragraph, area.width, size, indent)):
            y = area.top - 1.2 * size * len(lines)
            start = area.x + (indent if at == 0 else 0)
            lines.append(Line(start, y, text, size))
    return lines


def columns(
    paragraphs: Sequence[str], count: int, *, top: float = 740, gutter: float = 20, size: float = 10
) -> list[list[Line]]:
    """The same paragraphs over columns of equal length, which lines run through."""
    across = (500 - gutter * (count - 1)) / count
    lines = column(paragraphs, Area(50, top, across), size=size)
    each = -(-len(lines) // count)
    found = []
    for number in range(count):
        part = lines[number * each : (number + 1) * each]
        moved = number * (across + gutter)
        found.append(
            [one._replace(x=one.x + moved, y=top - 1.2 * size * at) for at, one in enumerate(part)]
        )
    return found


def by_column(made: Sequence[Sequence[Line]]) -> list[Line]:
    """One column after the other."""
    return list(chain.from_iterable(made))


def by_row(made: Sequence[Sequence[Line]]) -> list[Line]:
    """One row after the other, as programs for layout draw frames of a grid."""
    return [one for row in zip_longest(*made) for one in row if one is not None]


def by_word(lines: Iterable[Line]) -> list[Line]:
    """Each word on its own, without the spaces."""
    words: list[Line] = []
    for line in lines:
        x = line.x
        for word in line.text.split(" "):
            words.append(line._replace(x=x, text=word))
            x += width(f"{word} ", line.size)
    return words


def shuffled(lines: Iterable[Line]) -> list[Line]:
    """In no order at all, the same each time."""
    found = list(lines)
    Random(18).shuffle(found)  # noqa: S311 - nothing secret
    return found


def content(lines: Iterable[Line], *, before: str = "") -> bytes:
    """What draws the lines, in their order."""
    shown = (
        f"BT /F {one.size} Tf 1 0 0 1 {one.x:.2f} {one.y:.2f} Tm ({_escaped(one.text)}) Tj ET"
        for one in lines
    )
    return "\n".join((before, *shown)).encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
