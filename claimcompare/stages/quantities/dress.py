"""What stands around a number and belongs to it: its sign, unit, bound, scale and percent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcompare.stages.quantities.cldr import fold, percent_words, scales
from claimcompare.stages.quantities.kinds import BARE, CLOCK, NAME, Number, Reading

if TYPE_CHECKING:
    from fractions import Fraction

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏͰ-ӿ"

# The signs of currencies in Unicode, with the block that is kept for new ones.
CURRENCIES = (
    r"$\xa2-\xa5\u058f\u060b\u07fe\u07ff\u09f2\u09f3\u09fb\u0af1\u0bf9\u0e3f\u17db\u20a0-\u20cf"
    r"\ua838\ufdfc\ufe69\uff04\uffe0\uffe1\uffe5\uffe6\U00011fdd-\U00011fe0\U0001e2ff\U0001ecb0"
)
_BEFORE = re.compile(
    rf"(?P<bound>[<>≤≥~≈]\s?)?(?P<sign>(?<![\w.,)%\x00°])[-–+])?"
    rf"(?P<unit>[{CURRENCIES}]\s?)?(?P<late>(?<=[{CURRENCIES}])-)?\Z"
)
_AFTER_NUMBER = re.compile(r"[\d%\x00]\s[-–]")
_WORD_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{2,12})\s\Z")
_SCALE = re.compile(r"[\s-]?([^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){0,18})(?![^\W\d_])")
_PERCENT = re.compile(r"\s?([%‰])")
_TWO_WORDS = re.compile(r"\s?([^\W\d_]{1,20})(?:\s([^\W\d_]{1,20}))?")
_UNIT_AFTER = re.compile(rf"\s?(°\s?[CF]\b|[{CURRENCIES}](?!\s?\d))")
_HALF_DAY = re.compile(r"\s?([ap])(?:\.\s?m\.|m\b)", re.IGNORECASE)
_ENDING = re.compile(rf"[{LETTERS}]{{1,4}}(?![{LETTERS}\d])")
_BOUND_AFTER = re.compile(r"\+(?!\d)")

# As far as anything before a number is looked for.
_NEAR = 16
_NOON, _MINUTES = 12 * 60, 60
_MOST_SCALES = 2


def dressed(text: str, number: Number, minus: set[str]) -> Number:
    """The number with what stands before and after it."""
    if number.readings and not _is_name(number):
        for step in (_scaled, _percent, _with_unit, _half_day, _bounded):
            number = step(text, number)
        number = _signed(text, number, minus)
    return number


def _is_name(number: Number) -> bool:
    return all(reading.kind == NAME for reading in number.readings) and not number.parts


def _scaled(text: str, number: Number) -> Number:
    """The number times the words of scale after it."""
    end, powers, letter = number.end, {0}, ""
    for _ in range(_MOST_SCALES):
        match = _SCALE.match(text, end)
        found = scales().get(fold(match[1])) if match else None
        if not match or not found:
            break
        letter = fold(match[1]) if len(match[1]) == 1 else letter
        powers = {power + more for power in powers for more in found}
        end = match.end()
    if end == number.end:
        return number
    amounts = {
        Reading(reading.amount * 10**power)
        for reading in number.readings
        if reading.kind == BARE and not isinstance(reading.amount, str)
        for power in powers
    }
    # "1.5 m" may be metres, and then the letter is its unit; "$1.5m" can't.
    metres = letter and not _unit_before(text, number.start)
    return number._replace(
        end=end,
        powers=frozenset(powers),
        parts=(),
        sure=True,
        unit=letter if metres else "",
        readings=frozenset(amounts) | (number.readings if metres else frozenset()),
    )


def _unit_before(text: str, start: int) -> str:
    match = _BEFORE.search(text[max(0, start - _NEAR) : start])
    return (match["unit"] or "").strip() if match else ""


def _percent(text: str, number: Number) -> Number:
    mark, end = _percent_after(text, number.end)
    if not mark:
        return number
    return number._replace(
        end=end,
        readings=frozenset(
            Reading(reading.amount, mark) for reading in number.readings if reading.kind == BARE
        ),
        parts=(),
    )


def _percent_after(text: str, at: int) -> tuple[str, int]:
    """The mark of percent or permille that stands here, or is meant by the words here."""
    match = _PERCENT.match(text, at)
    if match:
        return match[1], match.end()
    match = _TWO_WORDS.match(text, at)
    for last in (2, 1) if match else ():
        words = tuple(fold(word or "") for word in match.groups()[:last]) if match else ()
        if match and words in percent_words():
            return "%", match.end(last)
    return "", at


def _with_unit(text: str, number: Number) -> Number:
    before, after = _unit_before(text, number.start), _UNIT_AFTER.match(text, number.end)
    if before or not after:
        return number._replace(unit=before or number.unit)
    return number._replace(unit=re.sub(r"\s", "", after[1]), end=after.end())


def _half_day(text: str, number: Number) -> Number:
    """A time with "a.m." or "p.m." is that of the clock of twenty-four hours too."""
    match = _HALF_DAY.match(text, number.end)
    if not match:
        return number
    later = _NOON if match[1] in "pP" else 0
    times = {
        Reading(minutes % _NOON + later, CLOCK)
        for reading in number.readings
        for minutes in _minutes(reading)
    }
    return number._replace(end=match.end(), readings=number.readings | times)


def _minutes(reading: Reading) -> tuple[Fraction | int, ...]:
    if isinstance(reading.amount, str):
        return ()
    if reading.kind == CLOCK:
        return (reading.amount,)
    whole = reading.kind == BARE and reading.amount.denominator == 1
    return (reading.amount * _MINUTES,) if whole else ()


def _bounded(text: str, number: Number) -> Number:
    """The number with a bound mark on either side, and an ending as in "3rd"."""
    before = _BEFORE.search(text[max(0, number.start - _NEAR) : number.start])
    ending = _ENDING.match(text, number.end)
    end = ending.end() if ending else number.end
    after = _BOUND_AFTER.match(text, end)
    bound = (before["bound"] or "").strip() if before else ""
    bound = ">" if after else {"≥": ">", "≤": "<", "≈": "~"}.get(bound, bound)
    return number._replace(bound=bound, end=after.end() if after else end)


def _signed(text: str, number: Number, minus: set[str]) -> Number:
    """The number with its minus, as a sign or a word, and what stands before it as its start."""
    near = text[max(0, number.start - _NEAR) : number.start]
    before, word = _BEFORE.search(near), _WORD_BEFORE.search(near)
    sign = (before["sign"] or before["late"]) if before else None
    if word and fold(word[1]) in minus:
        return number._replace(start=number.start - len(word.group()), readings=_negative(number))
    if before and before.group():
        number = number._replace(start=number.start - len(before.group()))
    if sign in {"-", "–"}:
        # A dash may also open a range, or an aside.
        both = sign == "–" or _AFTER_NUMBER.search(near)
        readings = _negative(number) | (number.readings if both else frozenset())
        number = number._replace(readings=readings)
    return number


def _negative(number: Number) -> frozenset[Reading]:
    return frozenset(
        reading if isinstance(reading.amount, str) else reading._replace(amount=-reading.amount)
        for reading in number.readings
    )
