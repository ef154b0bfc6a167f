"""The values that a figure in digits can be read as."""

import re
from fractions import Fraction

from claimcompare.stages.quantities.kinds import CLOCK, MONTH, NAME, Reading, bare

# Longer runs of digits are the numbers of things, and nobody's amount.
_LONGEST = 60
_CENTURY, _MONTHS, _HOURS, _MINUTES = 100, 12, 24, 60

DIGITS = re.compile(
    r"""
    (?P<date>(?<![\d.,])\d{1,4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,4}(?![\d/]|[-.,]\d))
    | (?P<pair>(?<![\d.,:/])\d{1,4}[:/]\d{1,4}(?![\d:/]))
    | (?P<spaced>(?<!\d)\d{1,3}(?:[ \xa0']\d{3})+(?!\d)(?:[.,]\d+)?)
    | (?P<figure>\d+(?:[.,]\d+)*)
    """,
    re.VERBOSE,
)


def read(match: re.Match[str]) -> tuple[frozenset[Reading], tuple[frozenset[Reading], ...]]:
    """The readings of a figure as a whole, and those of its parts where it has any."""
    text = match.group()
    if len(text) > _LONGEST:
        return frozenset({Reading(text, NAME)}), ()
    if match["date"]:
        return _values(text) | {Reading(text, NAME)}, tuple(map(_part, re.split(r"[-/.]", text)))
    if match["pair"]:
        return _pair(text), tuple(bare(int(part)) for part in re.split("[:/]", text))
    if match["spaced"]:
        return _spaced(text)
    return _figure(text)


def _part(text: str) -> frozenset[Reading]:
    """A part of a date: a day, a month or a year, which may lack its century."""
    number = int(text)
    readings = bare(number)
    if number <= _MONTHS:
        readings |= {Reading(number, MONTH)}
    if number < _CENTURY and len(text) == len("25"):
        readings |= bare(1900 + number, 2000 + number)
    return readings


def _pair(text: str) -> frozenset[Reading]:
    """A time of day, a fraction or a score."""
    first, second = map(int, re.split("[:/]", text))
    if ":" in text:
        return _clock(first, second) | {Reading(text, NAME)}
    return (bare(Fraction(first, second)) if second else frozenset()) | {Reading(text, NAME)}


def _clock(hour: int, minute: int) -> frozenset[Reading]:
    """The minute of the day; a full hour is also said as a bare number."""
    if hour > _HOURS or minute >= _MINUTES:
        return frozenset()
    full = frozenset() if minute else bare(hour)
    return full | {Reading(hour * _MINUTES + minute, CLOCK)}


def _spaced(text: str) -> tuple[frozenset[Reading], tuple[frozenset[Reading], ...]]:
    whole = _values(re.sub(r"[ \xa0']", "", text))
    # "in 29 500 people" may be two numbers; other spaces than a plain one bind.
    two = re.fullmatch(r"(\d+) (\d+)", text)
    return whole, tuple(bare(int(group)) for group in two.groups()) if two else ()


def _figure(text: str) -> tuple[frozenset[Reading], tuple[frozenset[Reading], ...]]:
    values = _values(text)
    if values:
        time = re.fullmatch(r"(\d{1,2})\.(\d{2})", text)
        return values | (_clock(int(time[1]), int(time[2])) if time else frozenset()), ()
    return frozenset({Reading(text, NAME)}), tuple(
        bare(int(part)) for part in re.split("[.,]", text)
    )


def _values(text: str) -> frozenset[Reading]:
    """The amounts that digits with points and commas can mean."""
    if text.isdecimal():
        return bare(int(text))
    found = set()
    # The last mark before a fraction is the decimal one, all others part groups.
    for point, group in ((".", ","), (",", ".")):
        whole, _, part = text.partition(point)
        if part.isdecimal() or not part:
            digits = _ungrouped(whole, group)
            # "40,000" is no way to write forty.
            if digits is not None and not (part == "000" and len(whole) <= len(part)):
                found.add(Fraction(f"{digits}.{part or 0}"))
    return bare(*found)


def _ungrouped(whole: str, group: str) -> str | None:
    """The digits without their grouping; nothing where the groups are none."""
    # Groups of two before the last are the Indian way.
    if whole.isdecimal() or re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}}", whole):
        return whole.replace(group, "")
    return None
