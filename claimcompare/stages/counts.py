"""Whether two texts count the same thing alike."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from claimcompare.stages.lexicon import DATES
from claimcompare.stages.words import NUMBER, WORD, negated, normal, numbers, rejecting, stems

_SAME_THING = 0.4
_UNIT_REACH = 3
_CURRENCIES = frozenset("$€£¥")
_COUNTED = re.compile(rf"[$€£¥,;:.!?()]|{NUMBER.pattern}|{WORD.pattern}")


class Counted(NamedTuple):
    """The numbers of a text but for dates, what each counts, and the other words."""

    numbers: frozenset[str]
    units: tuple[frozenset[str], ...]
    about: frozenset[str]
    negated: bool
    rejecting: bool


def counted(text: str) -> Counted | None:
    """What a text counts; None where it has no number."""
    undated = DATES.sub(" ", normal(text))
    found = numbers(undated)
    if not found:
        return None
    return Counted(found, _units(undated), _about(undated), negated(text), rejecting(text))


def same_count(one: str, other: str) -> bool | None:
    """Whether two texts give one number for the same thing; None where they do not compare."""
    return agree(counted(one), counted(other))


def agree(one: Counted | None, other: Counted | None) -> bool | None:
    """The same for what was found in two texts."""
    if one is None or other is None or not _about_the_same(one, other):
        return None
    if one.numbers & other.numbers:
        return True if one.negated == other.negated and not other.rejecting else None
    return False if _units_agree(one, other) else None


def _about_the_same(one: Counted, other: Counted) -> bool:
    shared = len(one.about & other.about)
    return shared > 0 and shared >= _SAME_THING * min(len(one.about), len(other.about))


def _units_agree(one: Counted, other: Counted) -> bool:
    """Whether numbers of both count one thing, or a number of either is followed by none."""
    return any(not unit or not near or unit & near for unit in one.units for near in other.units)


def _units(text: str) -> tuple[frozenset[str], ...]:
    """For each number of a text the sign before it and the content words close behind."""
    found = _COUNTED.findall(text)
    return tuple(
        _about(_clause(found[at + 1 :][:_UNIT_REACH])) | set(found[:at][-1:]) & _CURRENCIES
        for at, word in enumerate(found)
        if numbers(word)
    )


def _clause(found: Sequence[str]) -> str:
    """The words up to the first mark."""
    return " ".join(takewhile(WORD.match, found))


def _about(text: str) -> frozenset[str]:
    """The content words of a text beside its numbers."""
    return frozenset(stem for stem in stems(text) if not numbers(stem) and stem.isalpha())
