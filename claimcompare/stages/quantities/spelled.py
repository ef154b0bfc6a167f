"""Numbers that are written in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claimcompare.stages.quantities.cldr import WORD, Table, fold, months, scales
from claimcompare.stages.quantities.kinds import MONTH, Number, Reading, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# "mil millones" is two of them; no number needs more.
_MOST_SCALES = 2
# From here on the long and the short scale differ.
_AMBIGUOUS = 10**9


class _Word(NamedTuple):
    start: int
    end: int
    folded: str
    # Whether nothing but a space or a hyphen parts it from the word before.
    joined: bool


class _Group(NamedTuple):
    """A number below a thousand with the scale after it, as in "two hundred thousand"."""

    amount: int
    scale: int
    end: int
    sure: bool


def read(text: str, table: Table) -> Iterator[Number]:
    """The numbers in words, and the months, which prove the number of a month in a date."""
    words = list(_words(text))
    at = 0
    while at < len(words):
        found = _number(words, at, table)
        if found:
            yield found[0]
        month = months().get(words[at].folded, ())
        if month:
            named = frozenset(Reading(number, MONTH) for number in month)
            yield Number(words[at].start, words[at].end, "", named, sure=False)
        at = found[1] if found else at + 1


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in WORD.finditer(text):
        joined = text[end : match.start()] in {" ", "-", "\xa0", "\u2010", "\u2011"}
        yield _Word(match.start(), match.end(), fold(match.group()), joined)
        end = match.end()


def _number(words: list[_Word], at: int, table: Table) -> tuple[Number, int] | None:
    """The number that begins at this word, with the index of the word after it."""
    # A word of scale can mean two powers ("billion"); one number takes all of them alike.
    least = _sum(words, at, table, min)
    if least is None:
        return None
    amount, end, sure = least
    most = _sum(words, at, table, max) if amount >= _AMBIGUOUS else None
    readings = bare(amount, most[0] if most else amount)
    return Number(words[at].start, words[end - 1].end, "", readings, sure=sure), end


def _sum(
    words: list[_Word], at: int, table: Table, choose: Callable[[frozenset[int]], int]
) -> tuple[int, int, bool] | None:
    """The amount of the groups from here, each of a smaller scale than the one before."""
    total, end, sure, ceiling = 0, at, False, 0
    while end < len(words) and (end == at or words[end].joined):
        skip = end > at and end + 1 < len(words) and words[end].folded in table.joints
        group = _group(words, end + skip, table, choose)
        if group is None or (skip and not words[end + 1].joined):
            break
        if end > at and max(group.amount, group.scale) >= ceiling:
            break
        total += group.amount * group.scale
        sure = sure or group.sure
        end, ceiling = group.end, group.scale
        if ceiling == 1:
            break
    return (total, end, sure) if end > at else None


def _group(
    words: list[_Word], at: int, table: Table, choose: Callable[[frozenset[int]], int]
) -> _Group | None:
    key, end = _longest(words, at, table)
    amount = table.amounts.get(key) if key else None
    if amount is None:
        whole = _compound(words[at].folded, table)
        if whole:
            return _Group(whole, 1, at + 1, sure=True)
    scale = 1
    for _ in range(_MOST_SCALES):
        powers = _powers(words, end) if end == at or _joined(words, end) else None
        if powers is None:
            break
        scale *= 10 ** choose(powers)
        end += 1
    if end == at:
        return None
    # "millions of people" says no number.
    sure = amount is not None and (scale > 1 or key in table.sure)
    return _Group(1 if amount is None else amount, scale, end, sure)


def _joined(words: list[_Word], at: int) -> bool:
    return at < len(words) and words[at].joined


def _powers(words: list[_Word], at: int) -> frozenset[int] | None:
    """The powers of the word of scale; single letters are none in words."""
    word = words[at].folded
    return scales().get(word) if len(word) > 1 else None


def _longest(words: list[_Word], at: int, table: Table) -> tuple[str, int]:
    """The longest spelling in the table that begins at this word, and where it ends."""
    most = table.longest.get(words[at].folded, 0)
    end = at + 1 if most else at
    while end < at + most and _joined(words, end):
        end += 1
    for stop in range(end, at, -1):
        key = " ".join(word.folded for word in words[at:stop])
        if key in table.amounts:
            return key, stop
    return "", at


def _compound(word: str, table: Table) -> int | None:
    """The amount of a word such as German makes, with its thousands inside."""
    for scale in _thousands():
        before, inside, after = word.partition(scale)
        if inside and (before or after) and _known(before, after, table):
            return table.amounts.get(before, 1) * 1000 + table.amounts.get(after, 0)
    return None


def _known(before: str, after: str, table: Table) -> bool:
    return all(not part or part in table.amounts for part in (before, after))


@cache
def _thousands() -> list[str]:
    return [word for word, powers in scales().items() if powers == {3} and len(word) > len("mil")]
