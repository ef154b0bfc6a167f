"""Made-up articles: two about each event, in which one speaker denies what another said."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import NamedTuple

from claimcompare import Article

_SYLLABLES = ("BDFGHJKLMNPRSTVWYZ", "aeiou", "bdgklmnprtvz", "aeiou", "bdgklmnprstv")
_ENDINGS = ("by", "ow", "eth", "um", "ia")
_NAMES = 64_800
# It shares no factor with their number, so that no two numbers give one name.
_STRIDE, _PER_SEED = 25_577, 7_919
_PER_EVENT = 7

_FIRST_NAMES = "Anwen Bertil Corva Dagny Edric Fenna Gorm Hedda Ivo Jorun Kaspar Ludka".split()
_OUTLETS = ("Lantern", "Courier", "Gazette", "Herald", "Observer", "Post")
_THINGS = "bridge canal ferry tunnel tramway pipeline railway dyke cableway towpath".split()
_COUNTED = (
    "will cost {3} and {4} {count} crowns",
    "will bring {3} and {4} {count} jobs",
    "will deprive {3} and {4} of {count} farms",
    "has given {3} and {4} {count} workshops",
)
_UNCOUNTED = (
    "will link {3} and {4} by autumn",
    "has flooded {3} and {4}",
    "will pass between {3} and {4}",
    "has been sold by {3} to {4}",
)
_FILLERS = (
    "Rain fell on {0} in the morning.",
    "The market square of {1} was full of people.",
    "Buses ran late between {2} and {0}.",
    "A notice hung at the gate of {0} all day.",
    "Schools in {2} stayed open all week.",
    "The weekly fair at {1} begins after the harvest.",
    "Fog lay over the fields near {2} until noon.",
)
_FEWEST, _MOST = 2, 5


class _Event(NamedTuple):
    """What two speakers quarrel about."""

    number: int
    places: list[str]
    speakers: tuple[str, str]
    content: str


def articles(count: int, seed: int = 0) -> Iterator[Article]:
    """So many articles, two in a row about one event: "e0001-a" and "e0001-b"."""
    return islice(_all(seed), count)


def _all(seed: int) -> Iterator[Article]:
    number = 0
    while True:
        number += 1
        # A seed that is text gives the same numbers in every version of Python.
        random = Random(f"{seed}:{number}")  # noqa: S311 - nobody must not guess them
        event = _event(number, seed, random)
        yield _article(event, "a", random)
        yield _article(event, "b", random)


def _event(number: int, seed: int, random: Random) -> _Event:
    first = _PER_EVENT * number
    *places, one, other = (_name(first + place, seed) for place in range(_PER_EVENT))
    given, other_given = random.sample(_FIRST_NAMES, 2)
    happening = random.choice(random.choice((_COUNTED, _UNCOUNTED)))
    template = f"the {{0}} {random.choice(_THINGS)} from {{1}} to {{2}} {happening}"
    content = template.format(*places, count=random.randrange(12, 990))
    return _Event(number, places, (f"{given} {one}", f"{other_given} {other}"), content)


def _article(event: _Event, side: str, random: Random) -> Article:
    asserts = side == "a"
    speaker, verb = event.speakers[not asserts], "said" if asserts else "denied"
    fillers = random.sample(_FILLERS, random.randint(_FEWEST, _MOST))
    sentences = [filler.format(*event.places) for filler in fillers]
    place = random.randint(0, len(sentences))
    sentences.insert(place, f"{speaker} {verb} that {event.content}.")
    return Article(
        id=f"e{event.number:04}-{side}",
        text=" ".join(sentences),
        publisher=f"{event.places[not asserts]} {random.choice(_OUTLETS)}",
    )


def _name(number: int, seed: int) -> str:
    """A name of its own for each number, told apart by its first five letters."""
    rounds, rest = divmod(number, _NAMES)
    # In later rounds the same names come in other company.
    rest = (rest * _STRIDE + seed * _PER_SEED + rounds * (number % _PER_EVENT) * 997) % _NAMES
    letters = []
    for choices in _SYLLABLES:
        rest, place = divmod(rest, len(choices))
        letters.append(choices[place])
    return "".join(letters) + _ENDINGS[(number + rounds) % len(_ENDINGS)]
