"""Who speaks in transcripts and interviews: lines that begin with the same few labels.

Where the labels stand, how often they recur and how they are written decides; no word list does.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from claimcompare.articles.paragraphs import paragraph_offsets
from claimcompare.schema import Span

_LONGEST = 40
_WORD = r"[^\W\d_](?:[^\W_]|[.'’·・\-\u0300-\u036f\u064b-\u0652\u0900-\u0dff])*+"
_BEFORE = r"[\s\-–—•*>]*(?:[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?[\s\-–—]*)?"
_NAME = rf"{_WORD}(?:[ \u00a0\u202f](?:{_WORD}|\d{{1,2}})){{0,4}}(?:[ \u00a0]\([^()\n]{{1,40}}\))?"
_COLON = re.compile(rf"{_BEFORE}(?P<name>{_NAME})[ \u00a0\u202f]?(?:：|:(?![\w/:]))\s*")
# "Mr. BECK. It is safe.", "Q. Is it?", "R.— Sí."
_FIRST = re.compile(_BEFORE)
_STOP = re.compile(r"\.(?: ?(?P<dash>[–—-])|(?=\s))\s*")
_INSIDE = re.compile(r"[^\w'’\-]|\d")
_SENTENCE = re.compile(r"[.!?…。！？؟।॥։።]['\"”’»“」』）)\]]*\s*$")
_QUESTION = re.compile(r"[?？؟;՞]['\"”’»“」』）)\]]*\s*$")
_ASIDE = re.compile(r"\s*[(\[（【].*[)\]）】]\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTENED = re.compile(r"\w{1,4}\. ?\w")
_NUMBERED = re.compile(r" \d+$")
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


class _Line(NamedTuple):
    start: int
    end: int
    label: str = ""
    at: int = 0
    said: int = 0


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order, none in a text of another kind.

    Several lines of whole sentences begin with labels, of which one recurs, and at least one is
    written like a name or asks what another answers. Lines without a label belong to the turn
    before them if another turn follows and most lines have labels.
    """
    lines = [_line(text, *offsets) for offsets in paragraph_offsets(text)]
    labels = _speaking(text, lines)
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


def is_question(said: str) -> bool:
    """Whether something ends in a question mark."""
    return _QUESTION.search(said) is not None


def _line(text: str, start: int, end: int) -> _Line:
    beginning = text[start : min(end, start + 2 * _LONGEST)]
    found = _COLON.match(beginning)
    first, last, said = (*found.span("name"), found.end()) if found else _stopped(beginning)
    name = beginning[first:last]
    is_named = 0 < len(name) <= _LONGEST and _LETTERS.search(name) is not None
    if not is_named or name[0] != name[0].title():
        return _Line(start, end)
    return _Line(start, end, name, start + first, start + said)


def _stopped(beginning: str) -> tuple[int, int, int]:
    """A label with a full stop: one letter, in capitals or with a dash."""
    before = _FIRST.match(beginning)
    first = before.end() if before else 0
    stops = list(_STOP.finditer(beginning, first, first + _LONGEST))
    for stop in stops:
        last = beginning[first : stop.start()].rpartition(" ")[2]
        whole = len(last) > 1 and not _INSIDE.search(last)
        if whole and (last.isupper() or stop["dash"]):
            return first, stop.start(), stop.end()
    if stops and stops[0].start() == first + 1:
        return first, stops[0].start(), stops[0].end()
    return 0, 0, 0


def _speaking(text: str, lines: Sequence[_Line]) -> Collection[str]:
    """The labels of those who speak; none where nothing shows that somebody does."""
    said: dict[str, list[str]] = {}
    for line in lines:
        if line.label and _SENTENCE.search(text[line.said : line.end]):
            said.setdefault(line.label, []).append(text[line.said : line.end])
    recurring = {label for label, told in said.items() if len(told) > 1}
    if (not recurring and len(said) < _FEW) or len(said) > _MANY:
        return ()
    named = {label for label in said if len(label) > 1} & _named(text, lines, said)
    letters = {label for label in recurring if len(label) == 1}
    asking = {label for label in letters if all(map(is_question, said[label]))}
    if recurring & named or len(named) >= _FEW or (asking and letters - asking):
        return recurring | named
    return ()


def _named(text: str, lines: Sequence[_Line], labels: Collection[str]) -> set[str]:
    """The labels that are written like names, or whose last word is in a name elsewhere."""
    rest = "\n".join(text[line.said or line.start : line.end] for line in lines)
    words = _LETTERS.findall(rest)
    numbered = [_NUMBERED.sub("", label) for label in labels if _NUMBERED.search(label)]
    common = {one for one in words if one.islower()}
    found = set()
    for label in labels:
        own = _LETTERS.findall(label)
        same_but_number = numbered.count(_NUMBERED.sub("", label)) > 1
        if same_but_number or _is_full(own, common) or _SHORTENED.match(label):
            found.add(label)
        elif own[-1] == own[-1].swapcase():
            found.update([label] if own[-1] in rest else [])
        elif _is_in_name(own[-1].casefold(), words, common):
            found.add(label)
    return found


def _is_full(words: Sequence[str], common: Collection[str]) -> bool:
    """Whether several words are only written with a capital: "Una Brock", not "The Latest"."""
    return len(words) > 1 and all(
        word[0].isupper() and word.casefold() not in common for word in words
    )


def _is_in_name(word: str, words: Sequence[str], common: Collection[str]) -> bool:
    """Whether a word is only written with a capital, and behind another that is: "Tom Beck"."""
    places = [at for at, one in enumerate(words) if one.casefold() == word]
    before = [words[at - 1] for at in places if at]
    return word not in common and any(
        one[0].isupper() and one.casefold() not in common for one in before
    )


def _turn(text: str, lines: Sequence[_Line], labels: Collection[str]) -> Turn:
    first, *more = lines
    last = first.end
    for line in _going_on(text, more, labels):
        last = line.end
    return Turn(label=first.label, start=first.at, said=first.said, until=last)


def _going_on(text: str, lines: Sequence[_Line], labels: Collection[str]) -> Iterator[_Line]:
    """The lines without a label up to an aside, or one that tells of those who speak."""
    names = {_LETTERS.findall(label)[-1].casefold() for label in labels if len(label) > 1}
    for line in lines:
        told = text[line.start : line.end]
        words = {word.casefold() for word in _LETTERS.findall(told)}
        if line.label or _ASIDE.fullmatch(told) or names & words:
            return
        yield line
