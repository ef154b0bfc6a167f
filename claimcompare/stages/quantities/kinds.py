"""What is known of one number in a text."""

from fractions import Fraction
from typing import NamedTuple

# The kinds of amount; amounts of different kinds are never equal.
BARE, NAME, CLOCK, MONTH = "", "name", "clock", "month"


class Reading(NamedTuple):
    """One value that a number can be read as."""

    amount: Fraction | int | str
    kind: str = BARE


class Number(NamedTuple):
    """A number of a text with all the values that it can be read as."""

    start: int
    end: int
    text: str
    readings: frozenset[Reading]
    # "29/12/2025" is proved by its parts too.
    parts: tuple[frozenset[Reading], ...] = ()
    unit: str = ""
    bound: str = ""
    # Whether it is a number for certain, so that its absence is worth a doubt.
    sure: bool = True
    # The powers of ten that a word of scale gave it.
    powers: frozenset[int] = frozenset()


def bare(*amounts: Fraction | int) -> frozenset[Reading]:
    """The readings as plain numbers of these amounts."""
    return frozenset(map(Reading, amounts))
