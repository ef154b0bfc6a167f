"""Who speaks where a label stands apart from the words: above them, or with the time of speaking.

Headings of lists, facts and programmes look much the same, so a label counts by what they lack:
it comes back under one heading, and is introduced as a name or stands with times of a recording.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimcompare.articles.labels import (
    LETTERS,
    LONGEST,
    NAME,
    Line,
    introduced,
    is_aside,
    is_caseless,
    is_list,
    is_question,
    is_sentence,
    named,
    numbered,
)
from claimcompare.articles.paragraphs import paragraph_offsets

_MARKS = r"[\s\-–—•*>]*+"
_ENDS = r"\**[ \u00a0\u202f]?[:：]?\**"
_TIME = r"(?<![\d:])[\[(（]?(?P<time>(?:\d{1,2}:)?\d{1,2}:[0-5]\d)(?![\d:.,]\d|\d)[\])）]?"
_ALONE = re.compile(rf"{_MARKS}(?P<name>{NAME})\**[ \u00a0\u202f]?[:：]\**\s*$")
_BEHIND = re.compile(rf"{_MARKS}(?P<name>{NAME}){_ENDS}[\s,|·–—-]*{_TIME}{_ENDS}(?:\s+|$)")
_BEFORE = re.compile(rf"{_MARKS}{_TIME}\**[\s|·–—-]*\**(?P<name>{NAME}){_ENDS}\s*$")
_MOST = 60
# A recording begins near its beginning, the hours of a day do not.
_FIRST_SECONDS = 300
# How many characters somebody says in a second, in any script: more is written, less is a summary.
_SLOWEST, _FASTEST = 0.4, 25


class _Head(NamedTuple):
    """A label, where the words behind it begin in its line, and when it is said, if timed."""

    label: str
    at: int
    said: int
    seconds: int | None


def blocks(text: str) -> tuple[list[Line], Collection[str]]:
    """The blocks of a text with the labels of those who speak; none of a text of another kind."""
    offsets = [one for one in paragraph_offsets(text) if text[slice(*one)].strip()]
    heads = [_head(text[start:end]) for start, end in offsets]
    for timed in (True, False):
        kept = [head if head and (head.seconds is not None) == timed else None for head in heads]
        lines = list(_lines(text, offsets, kept))
        if timed and not _is_recording(lines, [head for head in kept if head]):
            continue
        labels = _speaking(text, lines, timed=timed)
        if labels:
            return lines, labels
    return [], ()


def _head(line: str) -> _Head | None:
    beginning = line[: 3 * LONGEST]
    found = _BEFORE.match(beginning) or _BEHIND.match(beginning) or _ALONE.match(beginning)
    if not found or len(found["name"]) > LONGEST or found["name"][0] != found["name"][0].title():
        return None
    seconds = None
    if "time" in found.re.groupindex:
        seconds = 0
        for part in found["time"].split(":"):
            seconds = 60 * seconds + int(part)
    return _Head(found["name"], found.start("name"), found.end(), seconds)


def _lines(
    text: str, offsets: Sequence[tuple[int, int]], heads: Sequence[_Head | None]
) -> Iterator[Line]:
    """Each line, with a label that stands alone the lines that it stands above."""
    apart = [True, *(text[one[1] : two[0]].count("\n") > 1 for one, two in pairwise(offsets)), True]
    at = 0
    while at < len(offsets):
        head, (start, end) = heads[at], offsets[at]
        at += 1
        if head is None:
            yield Line(start, end)
            continue
        said, begins = start + head.said, apart[at - 1]
        if said >= end and at < len(offsets) and heads[at] is None:
            said, end = offsets[at]
            at += 1
            # Lines below a label that begins a block belong to it up to an empty line.
            while begins and not apart[at - 1] and not apart[at] and heads[at] is None:
                end = offsets[at][1]
                at += 1
        yield Line(start, end, head.label, start + head.at, said)


def _is_recording(lines: Sequence[Line], heads: Sequence[_Head]) -> bool:
    """Whether times only rise, from near nothing, about as fast as somebody speaks."""
    times = [head.seconds or 0 for head in heads]
    if not times or times != sorted(times) or times[0] >= _FIRST_SECONDS:
        return False
    said = [line.end - line.said for line in lines if line.label]
    lasts = times[-1] - times[0]
    return lasts > 0 and _SLOWEST <= sum(said[:-1]) / lasts <= _FASTEST


def _speaking(text: str, lines: Sequence[Line], *, timed: bool) -> Collection[str]:
    """The labels of those who speak; none where nothing shows that somebody does."""
    said: dict[str, list[str]] = {}
    for line in lines:
        words = text[line.said or line.start : line.end]
        if line.label and is_sentence(words):
            said.setdefault(line.label, []).append(words)
    said = {label: told for label, told in said.items() if not _is_about(label, told)}
    recurring = _recurring(text, lines) & said.keys()
    if not recurring or not 1 < len(said) <= _MOST:
        return ()
    letters = {label for label in recurring if len(label) == 1}
    asking = {label for label in recurring if all(map(is_question, said[label]))}
    if letters & asking and letters - asking:
        return letters
    likely = {label for label in named(text, lines, said) if len(label) > 1}
    if timed:
        sure, also = likely | {one for one in recurring if is_caseless(one)}, recurring
    else:
        is_listed = is_list([line.label for line in lines if line.label])
        sure = introduced(text, lines, likely) | (set() if is_listed else numbered(likely))
        also = (recurring & likely if not is_listed else set()) | asking
    return sure | also if recurring & sure and len(sure | also) > 1 else ()


def _is_about(label: str, told: Sequence[str]) -> bool:
    """Whether most of what stands below a label names it: nobody names himself so often."""
    own = LETTERS.findall(label)[-1].casefold()
    naming = [words for words in told if own in map(str.casefold, LETTERS.findall(words))]
    return len(label) > 1 and 2 * len(naming) > len(told)


def _recurring(text: str, lines: Sequence[Line]) -> set[str]:
    """The labels that come back with no heading between: under each heading anything does."""
    here: set[str] = set()
    found: set[str] = set()
    for line in lines:
        words = text[line.said or line.start : line.end]
        if line.label:
            found.update(here & {line.label})
            here.add(line.label)
        elif not is_sentence(words) and not is_aside(words):
            here = set()
    return found
