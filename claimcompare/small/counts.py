"""Whether two English texts give numbers for one thing that cannot both be right."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from claimcompare.small.objections import entries, rejects
from claimcompare.small.words import WORD, negated, stems
from claimcompare.stages.quantities.finding import numbers
from claimcompare.stages.quantities.kinds import BARE, Number

# Of the content words of two texts about one thing, so many are the same.
_SAME_THING = 0.4
# What is counted stands within so many words behind the number.
_REACH = 3
_NEAR_ENOUGH = Fraction(1, 10)
_CURRENCIES = "$€£¥"
_BOUNDS = ("least", "most", "about")
_CLAUSE = re.compile(r"[,;:.!?()]")


class Count(NamedTuple):
    """An amount with what it counts: the words behind it and the sign at it."""

    values: frozenset[tuple[str, Fraction]]
    bound: str
    of: frozenset[str]


class Counted(NamedTuple):
    """What a text counts, and what else it is about."""

    counts: tuple[Count, ...]
    about: frozenset[str]


def counted(text: str) -> Counted | None:
    """What a text counts, but for dates; None where it counts nothing or denies a count."""
    undated = _dates().sub(lambda date: " " * len(date.group()), text)
    counts = tuple(_counts(undated))
    unbound = _any_bound().sub(" ", text)
    if not counts or negated(unbound) or rejects(unbound):
        return None
    return Counted(counts, _content(undated))


def differ(one: Counted | None, other: Counted | None) -> bool:
    """Whether two texts about one thing have numbers for it, none of which go together."""
    if one is None or other is None:
        return False
    shared = len(one.about & other.about)
    if not shared or shared < _SAME_THING * min(len(one.about), len(other.about)):
        return False
    compared = [
        _go_together(count, another)
        for count in one.counts
        for another in other.counts
        if not count.of or not another.of or count.of & another.of
    ]
    return bool(compared) and not any(compared)


def _go_together(one: Count, other: Count) -> bool:
    """Whether some reading of each is the same amount, or within the other's bound."""
    return any(
        kind != another or _fit(value, one.bound, amount, other.bound)
        for kind, value in one.values
        for another, amount in other.values
    )


def _fit(one: Fraction, bound: str, other: Fraction, another: str) -> bool:
    if one == other:
        return True
    if "about" in (bound, another) and abs(one - other) <= _NEAR_ENOUGH * max(one, other):
        return True
    small, large = (
        ((one, bound), (other, another)) if one < other else ((other, another), (one, bound))
    )
    return small[1] == "least" or large[1] == "most"


def _counts(text: str) -> Iterator[Count]:
    """Each number of a text that is an amount of something."""
    for number in numbers(text, language="en"):
        values = frozenset(
            (reading.kind, Fraction(reading.amount))
            for reading in number.readings
            if reading.kind in (BARE, "%", "‰") and not isinstance(reading.amount, str)
        )
        if values and number.sure:
            yield Count(values, _bound(text[: number.start], number), _counted(text, number))


def _bound(before: str, number: Number) -> str:
    marks = {">": "least", "≥": "least", "+": "least", "<": "most", "≤": "most"}
    named = next((kind for kind, words in _bounds().items() if words.search(before)), "")
    return named or marks.get(number.bound.strip(), "about" if number.bound else "")


def _counted(text: str, number: Number) -> frozenset[str]:
    """The content words close behind a number in its clause, with its sign of currency."""
    behind = _CLAUSE.split(text[number.end :], maxsplit=1)[0]
    close = " ".join(WORD.findall(behind)[:_REACH])
    return _content(close) | (frozenset(number.unit.strip()) & frozenset(_CURRENCIES))


def _content(text: str) -> frozenset[str]:
    """The content words of a text beside its numbers."""
    return frozenset(stem for stem in stems(text) if stem.isalpha())


@cache
def _bounds() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"\b(?:{words})\s+(?:the\s+)?[{_CURRENCIES}]?\s?\Z", re.IGNORECASE)
        for kind, words in entries()["numbers"].items()
        if kind in _BOUNDS
    }


@cache
def _any_bound() -> re.Pattern[str]:
    """These words negate nothing, not even "no more than"."""
    words = "|".join(entries()["numbers"][kind] for kind in _BOUNDS)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _dates() -> re.Pattern[str]:
    lists = entries()["numbers"]
    found = lists["dates"].replace("\n", "")
    for name in ("months", "verbs_too", "day", "year"):
        found = found.replace(name.upper(), lists[name].replace("\n", ""))
    return re.compile(found, re.IGNORECASE)
