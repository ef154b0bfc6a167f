"""The numbers of a text, in digits, words and Chinese numerals, in order."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING

from claimcompare.stages.quantities import cjk, figures, spelled
from claimcompare.stages.quantities.cldr import currency_codes, day_names, table_for
from claimcompare.stages.quantities.dress import LETTERS, dressed
from claimcompare.stages.quantities.kinds import BARE, NAME, Number, Reading, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Stands for what has been read, so that it is not read again.
_READ = "\x00"
_LIKE = {"\u202f": "\xa0", "\u2009": "\xa0", "\u2007": "\xa0", "−": "-", "\ufe63": "-"} | {
    "٫": ".", "٬": "'", "’": "'", "，": ",", "．": ".", "％": "%", "٪": "%", "﹪": "%", "：": ":",
}  # fmt: skip

_NAMED = re.compile(rf"(?<![\w\x00])([{LETTERS}]{{1,20}})(-?)(\d{{1,20}})([{LETTERS}\d]*)")
_VULGAR = re.compile(r"(?:(?<!\d)(\d{1,9})\s?)?([¼-¾⅐-⅞])")
# What stands between the ends of a range or the members of a short list.
_BETWEEN = re.compile(r"\s?(?:[-–—〜~,]|[^\W\d_]{1,4})?\s?")
_LONGEST_BETWEEN = 6


def numbers(text: str, *, language: str) -> list[Number]:
    """The numbers of the text, in order."""
    plain = rest = "".join(map(_plain, text))
    table = table_for(plain, language)
    found: list[Number] = []
    for read in (_names, _days, _vulgar, _chinese, _in_digits, partial(spelled.read, table=table)):
        new = [dressed(rest, number, table.minus) for number in read(rest)]
        rest = _without(rest, new)
        found += new
    found = sorted((number for number in found if number.readings), key=lambda number: number.start)
    return [
        number._replace(text=text[number.start : number.end]) for number in _shared(plain, found)
    ]


@cache
def _plain(letter: str) -> str:
    """The letter as the patterns look for it: digits of all scripts as those of ASCII."""
    digit = unicodedata.decimal(letter, None)
    return str(digit) if digit is not None else _LIKE.get(letter, letter).replace(_READ, " ")


def _without(text: str, taken: Iterable[Number]) -> str:
    kept, at = [], 0
    for number in taken:
        start, end = max(number.start, at), max(number.end, at)
        kept += [text[at:start], _READ * (end - start)]
        at = end
    return "".join(kept) + text[at:]


def _names(text: str) -> Iterator[Number]:
    """The names of things with a number in them, which count as words."""
    for match in _NAMED.finditer(text):
        word, hyphen, digits, ending = match.groups()
        key = f"{word}{digits}{'' if ending.islower() else ending}".casefold()
        named = frozenset({Reading(key, NAME)})
        if not hyphen or not word.islower():
            if word.upper() not in currency_codes():
                # "km2" in lower case is a unit rather than a name.
                yield Number(*match.span(), "", named, sure=not word.islower())
        elif not ending and not re.match(r"[.,:/]?\d", text[match.end() :][:2]):
            # "mid-1990" is a number.
            yield Number(*match.span(3), "", named | bare(int(digits)))


def _days(text: str) -> Iterator[Number]:
    """The names of days, with nothing to read in them."""
    for match in day_names().finditer(text):
        yield Number(*match.span(), "", frozenset(), sure=False)


def _vulgar(text: str) -> Iterator[Number]:
    for match in _VULGAR.finditer(text):
        whole, part = int(match[1] or 0), Fraction(unicodedata.numeric(match[2]))
        yield Number(*match.span(), "", bare(whole + part.limit_denominator(10)))


def _chinese(text: str) -> Iterator[Number]:
    for match in cjk.RUN.finditer(text):
        # A single "一" is as often an article.
        sure = match.group() != "一"
        yield Number(*match.span(), "", cjk.read(match), sure=sure)


def _in_digits(text: str) -> Iterator[Number]:
    for match in figures.DIGITS.finditer(text):
        readings, parts = figures.read(match)
        yield Number(*match.span(), "", readings, parts)


def _shared(text: str, found: list[Number]) -> list[Number]:
    """The same, where the start of a range has also the scale and the percent of its end."""
    for at in range(len(found) - 2, -1, -1):
        left, right = found[at], found[at + 1]
        between = text[left.end : right.start]
        if len(between) <= _LONGEST_BETWEEN and _BETWEEN.fullmatch(between):
            found[at] = _like_the_end(left, right)
            found[at + 1] = _in_the_century(text, left, right)
    return found


def _in_the_century(text: str, left: Number, right: Number) -> Number:
    """The end of a span of years such as "2019-20", which may lack its century."""
    years = re.fullmatch(r"(\d\d)\d\d[-–/](\d\d)", text[left.start : right.end])
    if not years:
        return right
    return right._replace(readings=right.readings | bare(int(years[1] + years[2])))


def _like_the_end(left: Number, right: Number) -> Number:
    powers = right.powers if not left.powers else frozenset()
    kinds = {reading.kind for reading in right.readings if reading.kind in {"%", "‰"}}
    more = {
        Reading(reading.amount * 10**power, kind)
        for reading in left.readings
        if reading.kind == BARE and not isinstance(reading.amount, str)
        for power in powers | {0}
        for kind in kinds | {BARE}
    }
    return left._replace(readings=left.readings | more, powers=left.powers | powers)
