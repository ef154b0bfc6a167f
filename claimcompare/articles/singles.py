"""Single quotation marks, told from apostrophes by what stands around them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.articles.marks import (
    Mark,
    Paragraph,
    is_numeral,
    is_space,
    is_unspaced,
    is_word,
)
from claimcompare.articles.paragraphs import ends_paragraph

_CLOSED_BY = {"'": "'", "‘": "’", "‚": "‘’'"}
_STOP = re.compile(r"[.!?…]\s")
# How likely a mark closes: "workers’ ", "workers’," and "dry,’".
_WEAK, _LIKELY, _SURE = 1, 2, 3


class _Left(NamedTuple):
    """A mark that nothing closes in its paragraph, and where its quotation began."""

    mark: Mark
    start: int
    goes_on: bool


class Singles:
    """Reads paragraph by paragraph; `found` are the quotations in order.

    `orphan` is where a quotation ends that began before the text.
    """

    def __init__(self, text: str) -> None:
        self.found: list[tuple[int, int]] = []
        self.orphan: int | None = None
        self._text = text
        self._left: _Left | None = None
        self._begun = False

    def read(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Match those of a paragraph's marks that are single."""
        begun, self._left = self._left, None
        for mark, closing in self._matched(paragraph.marks):
            goes_on = begun is not None and mark is paragraph.opening
            start = begun.start if begun and goes_on else mark.inside
            if closing:
                self.found.append((start, closing.at))
                self._left = None
            else:
                self._left = _Left(mark, start, goes_on)
        if self._left:
            self._end(self._left, paragraph, following.opening if following else None)

    def _matched(self, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Mark | None]]:
        """Each mark that may open, and the one that closes it."""
        at = 0
        while at < len(marks):
            mark = marks[at]
            if _opens(mark):
                self._begun = True
                closing = self._closing(marks, at)
                yield mark, None if closing is None else marks[closing]
                at = at if closing is None else closing
            elif not self._begun and _strength(mark) == _SURE:
                self._begun = True
                self.orphan = mark.at
            at += 1

    def _closing(self, marks: Sequence[Mark], opening: int) -> int | None:
        """The surest of the marks that may close, the first of those."""
        mark, found, most = marks[opening], None, 0
        for at in range(opening + 1, len(marks)):
            other = marks[at]
            # Within a quotation "'90s" does not begin another one.
            if _begins_another(other, mark):
                break
            strength = _strength(other) if other.text in _CLOSED_BY[mark.text] else 0
            if strength > most:
                found, most = at, strength
            if strength == _SURE:
                break
        if found is None or not self._fits(mark, marks[found], most):
            return None
        return found

    def _fits(self, opening: Mark, closing: Mark, strength: int) -> bool:
        start, end = opening.inside, closing.at
        if strength == _WEAK and is_numeral(opening.behind):
            return False
        if strength == _WEAK and _STOP.search(self._text, start, end):
            return False
        # A letter alone is none: "rock 'n' roll".
        return end - start > 1 or is_unspaced(opening.behind)

    def _end(self, left: _Left, paragraph: Paragraph, opening: Mark | None) -> None:
        """Let a quotation go on where the next paragraph begins with its mark again."""
        mark, start, goes_on = left
        begins = mark is paragraph.opening
        again = opening is not None and opening.text == mark.text and _opens(opening)
        introduced = not is_word(self._text[max(0, mark.at - 3) : mark.at].rstrip()[-1:])
        if again and (begins or introduced) and not is_numeral(mark.behind):
            return
        self._left = None
        if goes_on or (begins and mark.text == "‘" and not is_numeral(mark.behind)):
            self.found.append((start, paragraph.end))


def _begins_another(other: Mark, opening: Mark) -> bool:
    if other.text != opening.text or other.side != "opens":
        return False
    return is_numeral(opening.behind) or not is_numeral(other.behind)


def _opens(mark: Mark) -> bool:
    """Whether a quotation may begin with it: with an apostrophe, none does."""
    if mark.text not in _CLOSED_BY or mark.side in ("closes", "apart"):
        return False
    return not is_space(mark.behind)


def _strength(mark: Mark) -> int:
    """How likely it closes a quotation; 0 if it does not."""
    if mark.side == "opens" or mark.in_word or is_space(mark.before):
        return 0
    if not is_word(mark.before) or is_unspaced(mark.behind):
        return _SURE
    between_words = mark.behind.isspace() and not ends_paragraph(mark.behind)
    return _WEAK if between_words else _LIKELY
