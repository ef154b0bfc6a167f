"""Double quotation marks, and single ones that are no apostrophes: which closes which."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimcompare.articles.marks import Mark, Paragraph, is_space, may_open

_STRAIGHT = ('"', "''", "＂")
_OPENING = ("“", "„", "‟", "«", "‹", "「", "『", "〝", "``")
_CLOSING = ("”", "»", "›", "」", "』", "〞", "〟")
# What a mark closes wherever it stands, unless it looks as if it opened, and only if it looks so.
_SURELY = {
    "”": ("“", "„", "‟"), "」": ("「",), "』": ("『",), "〞": ("〝",), "〟": ("〝",), "''": ("``",),
}  # fmt: skip
_LIKELY = {
    '"': ('"',), "''": ("''",), "＂": ("＂",), "“": ("„", "‟"), "”": ("”",),
    "«": ("»",), "»": ("«",), "‹": ("›",), "›": ("‹",),
}  # fmt: skip
_LOOSELY = {
    '"': ("„", "“", "``"), "“": ("“",), "”": ('"',), "«": ("«",), "»": ("»",), "''": ("„",),
}  # fmt: skip
# In Spanish and French a paragraph within a quotation may begin with the mark that closes it.
_AGAIN = {"“": "”", "«": "»", "‹": "›"}


@dataclass(slots=True)
class _Open:
    """A quotation that is open; `shared` is where the first that is nested in it ended."""

    text: str
    start: int
    weak: bool
    shared: int | None = None


class Nesting:
    """Reads paragraph by paragraph; `found` are the quotations, nested ones, too, in no order.

    `orphan` is where a quotation ends that began before the text.
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, int]] = []
        self.orphan: int | None = None
        self._opened: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._begun = False

    def read(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Match the marks of a paragraph."""
        marks = [mark for mark in paragraph.marks if is_double(mark)]
        # The first of them only says that the quotation goes on.
        marks = marks[1:] if self._opened else marks
        for mark, ahead in zip(marks, _ahead(marks), strict=True):
            self._take(mark, ahead)
        self._end(paragraph.end, following.opening if following else None)

    def _take(self, mark: Mark, ahead: Mark | None) -> None:
        # Of two marks of which one may mean inches, the other one closes.
        closed_later = ahead is not None and ahead.side == "closes" and ahead.text == mark.text
        apart = mark.side == "apart" and closed_later
        if not apart and any(self._close(kinds, mark.at) for kinds in _closed_by(mark)):
            self._begun = True
        elif _opens(mark, closed_later=closed_later):
            self._begun = True
            self._opened.append(_Open(mark.text, mark.inside, _is_weak(mark)))
            self._count[mark.text] += 1
        elif not self._begun and _looks_closing(mark):
            self._begun = True
            self.orphan = mark.at

    def _close(self, kinds: Collection[str], at: int) -> bool:
        """End the innermost quotation of those kinds, and what is open within it."""
        if not any(self._count[kind] for kind in kinds):
            return False
        last = self._pop()
        while last.text not in kinds:
            last = self._pop()
        self.found.append((last.start, at))
        outer = self._opened[-1] if self._opened else None
        if outer and outer.text == last.text and outer.shared is None:
            outer.shared = at
        return True

    def _pop(self) -> _Open:
        last = self._opened.pop()
        self._count[last.text] -= 1
        return last

    def _end(self, end: int, opening: Mark | None) -> None:
        """End what is open with its paragraph, unless the next one begins with its mark again."""
        left = [one for one in self._opened if not one.weak]
        self._opened.clear()
        self._count.clear()
        for outer, inner in reversed(list(pairwise(left))):
            if outer.text == inner.text and inner.shared is not None:
                outer.shared = inner.shared if outer.shared is None else outer.shared
        done = 0
        for one in left:
            if one.start < done:
                continue
            if one.shared is None:
                self._leave(one, end, opening)
                return
            # "One mark closes both, or the second was to close the first.
            done = one.shared
            self.found.append((one.start, done))

    def _leave(self, one: _Open, end: int, opening: Mark | None) -> None:
        if opening and opening.text in (one.text, _AGAIN.get(one.text)):
            self._opened.append(one)
            self._count[one.text] += 1
        else:
            self.found.append((one.start, end))


def is_double(mark: Mark) -> bool:
    """Whether a mark is none that may be an apostrophe."""
    return mark.text in _OPENING or mark.text in _CLOSING or mark.text in _STRAIGHT


def _ahead(marks: Sequence[Mark]) -> Iterator[Mark | None]:
    """For each mark the next one that stands neither behind a number nor within a word."""
    following: list[Mark | None] = []
    found = None
    for mark in reversed(marks):
        following.append(found)
        found = found if mark.side == "apart" else mark
    return reversed(following)


def _closed_by(mark: Mark) -> Iterator[Collection[str]]:
    """The kinds of quotations that a mark may close, the likelier ones first."""
    likely = _LIKELY.get(mark.text, ()) if mark.side != "opens" else ()
    yield (*_SURELY.get(mark.text, ()), *likely)
    if mark.side == "closes" or (mark.side == "apart" and not mark.in_word):
        yield _LOOSELY.get(mark.text, ())


def _opens(mark: Mark, *, closed_later: bool) -> bool:
    if mark.side == "opens":
        return True
    if mark.side == "closes" or mark.text in _CLOSING:
        return False
    if mark.side == "apart":
        return mark.in_word and (mark.text in _OPENING or closed_later)
    return True


def _is_weak(mark: Mark) -> bool:
    """Whether it opens nothing unless it is closed in its paragraph."""
    if mark.side == "opens" or mark.text in _OPENING:
        return False
    return is_space(mark.behind) or not may_open(mark.before)


def _looks_closing(mark: Mark) -> bool:
    return mark.side == "closes" or (mark.side == "either" and mark.text in _CLOSING)
