"""Where a text in English reports what somebody says."""

import re
from typing import NamedTuple

from claimcompare.articles import quotations
from claimcompare.small.lexicon import NOBODY, PASSIVE, RELATIVES, SOURCE, SPEECH, SURE, THOUGHT
from claimcompare.small.words import words

_SUBORDINATING = RELATIVES | {"that"}
# What stands further away in a clause tells little of the verb.
_REACH = 150
_BREAK = re.compile('[,;:.!?"\u201c\u201d\u2013\u2014]')


class Cue(NamedTuple):
    """A word that reports, and where it stands in a text.

    One of `speech` hardly ever narrates; one that is `inner` stands in a relative clause, and tells
    who somebody is; with one of `nobody`, "neither Quill nor Bray said", nothing is said.
    """

    start: int
    end: int
    text: str
    speech: bool = False
    inner: bool = False
    nobody: bool = False

    @property
    def names_source(self) -> bool:
        """Whether the source follows it, as in "according to"."""
        return SOURCE.fullmatch(self.text) is not None


def cues(text: str) -> tuple[Cue, ...]:
    """The words that report outside of quotations, the surest first."""
    quoted = list(quotations(text, piece=True))
    found: dict[int, Cue] = {}
    for pattern in (SURE, SPEECH, THOUGHT):
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in quoted):
                found.setdefault(match.start(), _cue(match, text, pattern))
    return tuple(sorted(found.values(), key=lambda cue: (cue.nobody, cue.inner, not cue.speech)))


def _cue(match: re.Match[str], text: str, pattern: re.Pattern[str]) -> Cue:
    before = text[max(0, match.start() - _REACH) : match.start()]
    clause = words(_BREAK.split(before)[-1])
    # "He was dismissed" reports nothing, or not who says it.
    verbs = [word for word in clause[-2:] if not word.endswith("ly")]
    speech = pattern is not THOUGHT and PASSIVE.isdisjoint(verbs[-1:])
    inner = not _SUBORDINATING.isdisjoint(clause)
    nobody = not NOBODY.isdisjoint(clause) or clause[:1] == ["no"]
    return Cue(*match.span(), match.group(), speech, inner, nobody)
