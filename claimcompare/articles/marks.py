"""Quotation marks in a text, and what the characters around them make of each."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from claimcompare.articles.paragraphs import paragraph_offsets

Side = Literal["opens", "closes", "either", "apart"]
SINGLE = "'‘’‚"
# Directions stand between a mark and its words in Hebrew and Arabic.
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DOUBLE = '"“”„‟«»‹›「」『』〝〞〟＂'
_MARK = re.compile(rf"``|''|[{_DOUBLE}{SINGLE}]")
_RUN = re.compile(rf"[{_DOUBLE}{SINGLE}`{_UNSEEN}]+")
_INDENT = re.compile(rf"[\s{_UNSEEN}]*")
# Nothing tells in them where words end; there are no apostrophes, either.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    r"\U00020000-\U0003ffff]"
)


class Mark(NamedTuple):
    """A quotation mark, and the characters before and behind it and its neighbours of the kind.

    `side` is what these let it do, "apart" where it may mean inches or stand within a word.
    """

    at: int
    text: str
    before: str
    behind: str
    side: Side

    @property
    def inside(self) -> int:
        """Where what it opens begins."""
        return self.at + len(self.text)

    @property
    def in_word(self) -> bool:
        """Whether it stands between two letters of a script that puts spaces between words."""
        return is_word(self.before) and is_word(self.behind)


class Paragraph(NamedTuple):
    """A paragraph that is not blank, with its marks, and the one that it begins with."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    opening: Mark | None


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, those without marks, too."""
    marks = tuple(_marks_of(text))
    places = [mark.at for mark in marks]
    for start, end in paragraph_offsets(text):
        if not text[start:end].isspace():
            own = marks[bisect_left(places, start) : bisect_left(places, end)]
            begins = bool(own) and _INDENT.fullmatch(text, start, own[0].at) is not None
            yield Paragraph(start, end, own, own[0] if begins else None)


def _marks_of(text: str) -> Iterator[Mark]:
    """The quotation marks and apostrophes in order."""
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 1) : run.start()]
        behind = text[run.end() : run.end() + 1]
        side = _side(before, behind)
        for mark in _MARK.finditer(text, *run.span()):
            yield Mark(mark.start(), mark.group(), before, behind, side)


def _side(before: str, behind: str) -> Side:
    """What a mark does between two characters, as far as they tell."""
    opens, closes = may_open(before), _may_close(behind)
    if (is_numeral(before) and closes) or (is_word(before) and is_word(behind)):
        return "apart"
    if opens == closes:
        return "either"
    return "opens" if opens else "closes"


def may_open(before: str) -> bool:
    """Whether a quotation may begin behind a character."""
    return is_space(before) or before in "¿¡/" or _category(before) in ("Ps", "Pi", "Pd")


def _may_close(behind: str) -> bool:
    if is_space(behind) or behind in "/|":
        return True
    return behind not in "¿¡@#&*" and _category(behind) in ("Pe", "Pf", "Pd", "Po")


def is_word(character: str) -> bool:
    """Whether a character is a part of a word, in a script that puts spaces between words."""
    letter = character.isalnum() or _category(character).startswith("M")
    return letter and not is_unspaced(character)


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script that puts no space between words."""
    return _UNSPACED.match(character) is not None


def is_space(character: str) -> bool:
    """Whether there is white space, or the text ends."""
    return not character or character.isspace()


def is_numeral(character: str) -> bool:
    """Whether there is a digit or a fraction."""
    return _category(character).startswith("N")


def _category(character: str) -> str:
    return unicodedata.category(character) if character else ""
