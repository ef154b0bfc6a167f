"""Who speaks in transcripts and interviews: lines or blocks that begin with the same few labels.

Where the labels stand, how often they recur and how they are written decides; no word list does.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from claimcompare.articles.blocks import blocks
from claimcompare.articles.labels import (
    LETTERS,
    LONGEST,
    NAME,
    Line,
    is_aside,
    is_question,
    is_sentence,
    named,
    numbered,
)
from claimcompare.articles.paragraphs import paragraph_offsets
from claimcompare.schema import Span

_BEFORE = r"[\s\-–—•*>]*(?:[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?[\s\-–—]*)?"
_COLON = re.compile(rf"{_BEFORE}(?P<name>{NAME})\**[ \u00a0\u202f]?(?:：|:(?![\w/:]))\**\s*")
# "Mr. BECK. It is safe.", "Q. Is it?", "R.— Sí."
_FIRST = re.compile(_BEFORE)
_STOP = re.compile(r"\.(?: ?(?P<dash>[–—-])|(?=\s))\s*")
_INSIDE = re.compile(r"[^\w'’\-]|\d")
_FEW, _MANY = 2, 60


class Turn(NamedTuple):
    """What somebody says in a row: from `said` to `until`, behind a label that begins at `start`.

    A label of one letter, such as "Q", names nobody.
    """

    label: str
    start: int
    said: int
    until: int

    @property
    def span(self) -> Span:
        """The label and where it stands."""
        return Span(start=self.start, end=self.start + len(self.label), text=self.label)


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order, none in a text of another kind.

    Several lines of whole sentences begin with labels, of which one recurs, and at least one is
    written like a name or asks what another answers. Lines without a label belong to the turn
    before them if another turn follows and most lines have labels. Only where no line has its label
    before its words may a label stand above them, or beside the time of a recording.
    """
    lines = [_line(text, *offsets) for offsets in paragraph_offsets(text)]
    labels = _speaking(text, lines)
    if not labels:
        lines, labels = blocks(text)
    places = [at for at, line in enumerate(lines) if line.label in labels]
    if not places:
        return []
    mostly = 2 * len(places) > places[-1] - places[0]
    ends = [*places[1:], places[-1] + 1]
    return [
        _turn(text, lines[at : end if mostly else at + 1], labels)
        for at, end in zip(places, ends, strict=True)
    ]


def turn_at(found: Sequence[Turn], place: int) -> Turn | None:
    """The one of some turns that a place in the text belongs to, be it in the label."""
    at = bisect_right(found, place, key=lambda turn: turn.start) - 1
    return found[at] if at >= 0 and place < found[at].until else None


def _line(text: str, start: int, end: int) -> Line:
    beginning = text[start : min(end, start + 2 * LONGEST)]
    found = _COLON.match(beginning)
    first, last, said = (*found.span("name"), found.end()) if found else _stopped(beginning)
    name = beginning[first:last]
    is_named = 0 < len(name) <= LONGEST and LETTERS.search(name) is not None
    if not is_named or name[0] != name[0].title():
        return Line(start, end)
    return Line(start, end, name, start + first, start + said)


def _stopped(beginning: str) -> tuple[int, int, int]:
    """A label with a full stop: one letter, in capitals or with a dash."""
    before = _FIRST.match(beginning)
    first = before.end() if before else 0
    stops = list(_STOP.finditer(beginning, first, first + LONGEST))
    for stop in stops:
        last = beginning[first : stop.start()].rpartition(" ")[2]
        whole = len(last) > 1 and not _INSIDE.search(last)
        if whole and (last.isupper() or stop["dash"]):
            return first, stop.start(), stop.end()
    if stops and stops[0].start() == first + 1:
        return first, stops[0].start(), stops[0].end()
    return 0, 0, 0


def _speaking(text: str, lines: Sequence[Line]) -> Collection[str]:
    """The labels of those who speak; none where nothing shows that somebody does."""
    said: dict[str, list[str]] = {}
    for line in lines:
        if line.label and is_sentence(text[line.said : line.end]):
            said.setdefault(line.label, []).append(text[line.said : line.end])
    recurring = {label for label, told in said.items() if len(told) > 1}
    if (not recurring and len(said) < _FEW) or len(said) > _MANY:
        return ()
    names = {label for label in named(text, lines, said) if len(label) > 1}
    if not recurring & numbered(names):
        # Steps, days and myths are numbered too, and come once.
        names -= numbered(names)
    letters = {label for label in recurring if len(label) == 1}
    asking = {label for label in letters if all(map(is_question, said[label]))}
    if recurring & names or len(names) >= _FEW or (asking and letters - asking):
        return recurring | names
    return ()


def _turn(text: str, lines: Sequence[Line], labels: Collection[str]) -> Turn:
    first, *more = lines
    last = first.end
    for line in _going_on(text, more, labels):
        last = line.end
    return Turn(label=first.label, start=first.at, said=first.said, until=last)


def _going_on(text: str, lines: Sequence[Line], labels: Collection[str]) -> Iterator[Line]:
    """The lines without a label up to an aside, or one that tells of those who speak."""
    names = {LETTERS.findall(label)[-1].casefold() for label in labels if len(label) > 1}
    for line in lines:
        told = text[line.start : line.end]
        words = {word.casefold() for word in LETTERS.findall(told)}
        if line.label or is_aside(told) or names & words:
            return
        yield line
