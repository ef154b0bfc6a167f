"""What stands on a page of a PDF, word by word, with its place."""

from collections import Counter
from collections.abc import Iterator
from math import pi
from typing import TYPE_CHECKING, NamedTuple

from claimcompare.articles.columns import Word

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_HYPHEN = "\x02"
# A gap of that part of a letter's height ends a word, also where no space is drawn.
_APART = 0.5
_QUARTER = pi / 2

_Box = tuple[float, float, float, float]


class _Letter(NamedTuple):
    """A letter with its box, in points, and how many quarters of a turn it is drawn at."""

    text: str
    box: _Box
    turn: int


def words_of(page: "PdfTextPage") -> list[list[Word]]:
    """The words of a page, those that are read from the same side together, the most first."""
    found: dict[int, list[Word]] = {}
    for letters in _runs(page):
        turn = Counter(letter.turn for letter in letters).most_common(1)[0][0]
        boxes = [_turned(letter.box, turn) for letter in letters]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        text = "".join(letter.text for letter in letters)
        word = Word(text, min(lefts), min(bottoms), max(rights), max(tops))
        found.setdefault(turn, []).append(word)
    return sorted(found.values(), key=len, reverse=True)


def _runs(page: "PdfTextPage") -> Iterator[list[_Letter]]:
    """Letters that belong together, in the order in which they are read."""
    run: list[_Letter] = []
    for letter in _letters(page):
        if run and (letter.text.isspace() or _jumps(run[-1], letter)):
            yield run
            run = []
        if not letter.text.isspace():
            run.append(letter)
    if run:
        yield run


def _letters(page: "PdfTextPage") -> Iterator[_Letter]:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    high = ""
    for at in range(page.count_chars()):
        letter = high + chr(raw.FPDFText_GetUnicode(page, at))
        # What is beyond the first 65,536 letters comes in two halves.
        high = letter if "\ud800" <= letter <= "\udbff" else ""
        if high:
            continue
        letter = letter.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        raw.FPDFText_GetLooseCharBox(page, at, box)
        turn = round(raw.FPDFText_GetCharAngle(page, at) / _QUARTER) % 4
        letter = "-" if letter == _HYPHEN else letter
        yield _Letter(letter, (box.left, box.bottom, box.right, box.top), turn)


def _jumps(one: _Letter, other: _Letter) -> bool:
    if one.turn != other.turn:
        return True
    left, bottom, right, top = _turned(one.box, one.turn)
    left2, bottom2, right2, top2 = _turned(other.box, other.turn)
    height = max(top - bottom, top2 - bottom2)
    apart = max(left2 - right, left - right2)
    return apart > _APART * height or min(top, top2) - max(bottom, bottom2) < 0.5 * min(
        top - bottom, top2 - bottom2
    )


def _turned(box: _Box, quarters: int) -> _Box:
    """The box where the page is turned so that the letter stands upright."""
    for _ in range(quarters):
        left, bottom, right, top = box
        box = (-top, left, -bottom, right)
    return box
