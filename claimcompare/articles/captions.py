"""Subtitles become what is said in them, without numbers, times and tags."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate

from claimcompare.articles.encodings import decode
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.turns import turns
from claimcompare.errors import ArticleError

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TRAILING = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
# A number or a name stands on a line of its own before the times.
_CUE = re.compile(
    rf"(?:(?:\A|(?<=\n\n))[^\n]+\n)?^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*$", re.MULTILINE
)
# What is no speech in WebVTT, and stands between speech.
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?![^\s])")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]++([^<>]++)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|</?\d[\d:.,]*>|\{\\[^{}]*\}|</>")
_SPOKEN_TIME = re.compile(rf"<{_TIME}>")
# Where a sentence has ended, this begins another paragraph, be it a speaker's name or not.
_LABEL = re.compile(r"[^\W\d_][^:：.!?\n]{0,39}(?:：|:(?=\s))")
_ENDED = re.compile(r"[.!?…。！？؟।]['\"”’»“」』）)\]♪]*$")
_NEXT_SPEAKER = re.compile(r"[-–—]\s*(?=\S)|>{2,}")


def read_captions(source: Source) -> Extracted:
    """What is said in subtitles, a paragraph for each turn of a speaker; raises ArticleError."""
    text = decode(source.raw, name=source.name, declared=source.charset).removeprefix("\ufeff")
    text = _TRAILING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    _, *cues = _CUE.split(text)
    if not cues:
        raise ArticleError(f"{source.name}: holds no subtitles", path=source.name)
    lines = [line for cue in cues for line in _lines(cue)]
    if _SPOKEN_TIME.search(text):
        lines = _once(lines)
    return Extracted(text="\n\n".join(_turns(lines)))


def _lines(cue: str) -> Iterator[str]:
    """The lines that are shown, with who says them before them where that is told."""
    for block in cue.strip("\n").split("\n\n"):
        if not _ASIDE.match(block):
            for line in block.split("\n"):
                said = _TAG.sub("", _VOICE.sub(r"\n>> \1: ", line))
                yield from filter(None, map(str.strip, unescape(said).split("\n")))


def _once(lines: list[str]) -> list[str]:
    """The lines without those that only stay on the screen when the next one comes."""
    before = ["", *lines]
    return [line for previous, line in zip(before, lines, strict=False) if line != previous]


def _turns(lines: list[str]) -> Iterator[str]:
    """The lines of each speaker as one paragraph."""
    labelled = _labelled(lines)
    found: list[list[str]] = []
    for at, line in enumerate(lines):
        begins = at in labelled or _NEXT_SPEAKER.match(line) or _is_apart(lines, at)
        if not found or begins:
            found.append([])
        found[-1].append(line.lstrip("> "))
    return map(" ".join, found)


def _is_apart(lines: Sequence[str], at: int) -> bool:
    return bool(at and _ENDED.search(lines[at - 1]) and _LABEL.match(lines[at]))


def _labelled(lines: Sequence[str]) -> set[int]:
    """Which lines begin with a label, as in "BECK: It is dry."."""
    # A line in lower case goes on with the one before, which tells more as a whole.
    parts = (f" {line}" if line[0].islower() else f"\n{line}" for line in lines)
    starts = list(accumulate((1 + len(line) for line in lines), initial=0))
    return {bisect_right(starts, turn.start) - 1 for turn in turns("".join(parts))}
