"""Whether two texts count the same thing alike."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from claimcompare.stages.lexicon import DATES, SPELLED_PAIR
from claimcompare.stages.words import NUMBER, WORD, negated, normal, numbers, rejecting, stems

_SAME_THING = 0.4
_UNIT_REACH = 3
_CURRENCIES = frozenset("$€£¥")
_COUNTED = re.compile(rf"[$€£¥,;:.!?()]|{NUMBER.pattern}|{WORD.pattern}")


class Counted(NamedTuple):
    """The numbers of a text but for dates, each with what it counts, and the other words."""

    counts: tuple[tuple[frozenset[str], frozenset[str]], ...]
    about: frozenset[str]
    negated: bool
    rejecting: bool


def counted(text: str) -> Counted | None:
    """What a text counts; None where it has no number."""
    undated = SPELLED_PAIR.sub(_in_digits, DATES.sub(" ", normal(text)))
    counts = _counts(undated)
    return Counted(counts, _about(undated), negated(text), rejecting(text)) if counts else None


def same_count(one: str, other: str) -> bool | None:
    """Whether two texts give one number for the same thing; None where they do not compare."""
    return agree(counted(one), counted(other))


def agree(one: Counted | None, other: Counted | None) -> bool | None:
    """The same for what was found in two texts."""
    if one is None or other is None or not _about_the_same(one, other):
        return None
    comparable = [
        number == another
        for number, unit in one.counts
        for another, near in other.counts
        if not unit or not near or unit & near
    ]
    if any(comparable):
        return True if one.negated == other.negated and not other.rejecting else None
    return False if comparable else None


def _about_the_same(one: Counted, other: Counted) -> bool:
    shared = len(one.about & other.about)
    return shared > 0 and shared >= _SAME_THING * min(len(one.about), len(other.about))


def _in_digits(pair: re.Match[str]) -> str:
    return " ".join(numbers(pair.group()))


def _counts(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Each number of a text, with the sign before it and the content words close behind."""
    found = _COUNTED.findall(text)
    return tuple(
        (
            numbers(word),
            _about(_clause(found[at + 1 :][:_UNIT_REACH])) | set(found[:at][-1:]) & _CURRENCIES,
        )
        for at, word in enumerate(found)
        if numbers(word)
    )


def _clause(found: Sequence[str]) -> str:
    """The words up to the first mark."""
    return " ".join(takewhile(WORD.match, found))


def _about(text: str) -> frozenset[str]:
    """The content words of a text beside its numbers."""
    return frozenset(stem for stem in stems(text) if not numbers(stem) and stem.isalpha())
