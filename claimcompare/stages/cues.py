"""Where a text reports what somebody says."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.stages.quotes import quotations
from claimcompare.stages.reporting import SOURCE, SPEECH, THOUGHT, UNBOUNDED, VERBS


def _any_of(words: str) -> str:
    return "|".join(word.replace("_", " ") for word in words.split())


_SOURCE = re.compile(_any_of(SOURCE), re.IGNORECASE)
_VERB = re.compile(_any_of(VERBS), re.IGNORECASE)
_SURE = re.compile(rf"\b(?:{_any_of(VERBS + SOURCE)})\b", re.IGNORECASE)
_STRONG = re.compile(rf"\b(?:{_any_of(SPEECH)})\b|{_any_of(UNBOUNDED)}", re.IGNORECASE)
_WEAK = re.compile(rf"\b(?:{_any_of(THOUGHT)})", re.IGNORECASE)
# "He was dismissed" reports nothing, or not who says it.
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|been|being|be|gets?|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)


class Cue(NamedTuple):
    """A word that reports, and where it stands in a text."""

    start: int
    end: int
    text: str
    speech: bool = False

    @property
    def names_source(self) -> bool:
        """Whether the source follows it, as in "according to"."""
        return _SOURCE.fullmatch(self.text) is not None


def cues(text: str) -> tuple[Cue, ...]:
    """The words of a text that report outside its quotations, those of speech first."""
    quoted = list(quotations(text))
    found: dict[int, Cue] = {}
    for pattern in (_SURE, _STRONG, _WEAK):
        for match in pattern.finditer(text):
            if not _within(match.start(), quoted):
                speech = pattern is not _WEAK and not _PASSIVE.search(text[: match.start()])
                found.setdefault(match.start(), Cue(*match.span(), match.group(), speech))
    return tuple(sorted(found.values(), key=lambda cue: not cue.speech))


def is_verb(word: str) -> bool:
    """Whether a word is a verb that attributes, such as "said"."""
    return _VERB.fullmatch(word) is not None


def _within(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)
