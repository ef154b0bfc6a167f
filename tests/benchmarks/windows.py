"""Whether claims that oppose each other are shown together where they do not fit in one call.

`python -m tests.benchmarks.windows`: stories whose opposed claims stand far apart and are worded
in other words, dealt by a seed; and articles that all say the same, for and against.
"""

import random
import re
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice, product
from typing import NamedTuple

from claimcompare.stages.nearness import shared_windows

SIZES = (80, 300, 1_000)
LARGE = (2_000, 20_000)
ALIKE = (10, 20, 50, 500)
SEEDS = range(5)
# As the pair stage has them.
WINDOW = 150
NEIGHBOURS = 10

PLACES = """Aldmere Brackwater Corrow Dunfell Eskary Felmouth Garrowby Hesket Inverlay Jarrowick
Karsund Lowmark Marrowdale Netherby Orlsea Penwick Quorin Ravensay Skelmere Tarnholm""".split()
# What may be in dispute: a thing, and what is said of it, each in two wordings.
THINGS = (
    ("harbour wall", "sea wall"),
    ("ferry line", "boat service"),
    ("dry dock", "shipyard's dock"),
    ("grain store", "silo"),
    ("reservoir", "lake above the town"),
    ("town bridge", "crossing"),
    ("school roof", "roof of the primary school"),
    ("tram depot", "sheds of the tramway"),
    ("market hall", "covered market"),
    ("pumping station", "pumps"),
)
STATES = (
    ("is safe", "holds"),
    ("will close in March", "shuts for good in spring"),
    ("cost nine million", "came to nine million crowns"),
    ("was inspected last year", "had its inspection a year ago"),
    ("has to be rebuilt", "needs rebuilding"),
    ("belongs to the council", "is the town's own"),
    ("was built without a permit", "never had planning permission"),
    ("lost two hundred workers", "saw two hundred jobs go"),
)
SAYING = (
    "The {} at {} {}.",
    "At {1} the {0} {2}, without doubt.",
    "It is known that the {} at {} {}.",
)
DENYING = (
    "It is not true that the {} at {} {}.",
    "Nobody can say that the {} at {} {}.",
    "That the {} at {} {} is an invention.",
)
DENIAL = re.compile("not true|Nobody|invention")
OTHERS = "A meeting on the {} at {} was {} on {}, and {} people came."


class Side(NamedTuple):
    """The number of the matter that a claim is about, and whether it says that it is so."""

    matter: int
    says: bool


class Story(NamedTuple):
    """Claims in the order in which articles have them, and on which side of what each is."""

    texts: tuple[str, ...]
    sides: tuple[Side | None, ...]

    @property
    def opposed(self) -> set[tuple[int, int]]:
        """The places of a claim and of one that denies it."""
        found: dict[int, tuple[list[int], list[int]]] = {}
        for at, side in enumerate(self.sides):
            if side:
                found.setdefault(side.matter, ([], []))[not side.says].append(at)
        return {pair for both in found.values() for pair in product(*both)}


class Met(NamedTuple):
    """How many opposed pairs stand in one window, of how many; and the windows."""

    together: int
    pairs: int
    windows: int
    shown: int

    @property
    def share(self) -> float:
        """The part of the pairs that stand together."""
        return self.together / self.pairs


def story(count: int, seed: int) -> Story:
    """So many claims: of ten, one says what two deny, and the others are about other things."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    matters = list(product(PLACES, THINGS, STATES))
    chance.shuffle(matters)
    told: list[tuple[str, Side | None]] = []
    for number, matter in enumerate(islice(cycle(matters), count // 10)):
        for forms, says in ((SAYING, True), (DENYING, False), (DENYING, False)):
            side = Side(number % len(matters), says=says)
            told.append((_worded(matter, forms, chance), side))
    told += [(_other(chance), None) for _ in range(count - len(told))]
    chance.shuffle(told)
    return Story(*map(tuple, zip(*told, strict=True)))


def _worded(
    matter: tuple[str, tuple[str, str], tuple[str, str]],
    forms: Sequence[str],
    chance: random.Random,
) -> str:
    place, thing, state = matter
    return chance.choice(forms).format(chance.choice(thing), place, chance.choice(state))


def _other(chance: random.Random) -> str:
    """A claim that opposes none, in much the same words."""
    return OTHERS.format(
        chance.choice(chance.choice(THINGS)),
        chance.choice(PLACES),
        chance.choice(("held", "planned", "called off", "put off")),
        chance.choice(("Monday", "Tuesday", "Friday", "Sunday")),
        chance.randrange(10, 900),
    )


def about(text: str) -> tuple[str, int, int] | None:
    """The place, the thing and the state that a claim is about; None of one that opposes none."""
    place = next((one for one in PLACES if one in text), None)
    thing, state = (
        next((at for at, words in enumerate(known) if any(one in text for one in words)), None)
        for known in (THINGS, STATES)
    )
    return None if place is None or thing is None or state is None else (place, thing, state)


def alike(articles: int, seed: int) -> Story:
    """So many articles that each say that somebody says something, and that somebody denies it."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    matter = (PLACES[0], THINGS[0], STATES[0])
    told = [
        (f"{_worded(matter, forms, chance)[:-1]}, {_addition(chance)}.", Side(0, says=says))
        for _ in range(articles)
        for forms, says in ((SAYING, True), (DENYING, False))
    ]
    return Story(*map(tuple, zip(*told, strict=True)))


def _addition(chance: random.Random) -> str:
    """What articles add in words of their own."""
    when = chance.choice(("today", "this week", "since May", "after the storm", "again", "now"))
    where = chance.choice(("the council heard", "as before", "by all accounts", "whoever asks"))
    return f"{when} {where}"


def met(told: Story, size: int = WINDOW) -> Met:
    """How many of a story's opposed pairs stand together in some window."""
    windows = [set(window) for window in shared_windows(told.texts, size, NEIGHBOURS)]
    opposed = told.opposed
    together = sum(any({one, two} <= window for window in windows) for one, two in opposed)
    return Met(together, len(opposed), len(windows), sum(map(len, windows)))


def rows() -> Iterator[str]:
    """A line for each size of story, as the mean over the seeds."""
    yield "claims  window  windows  shown/claim  opposed pairs together"
    for count in SIZES:
        for size in dict.fromkeys((WINDOW, min(WINDOW, count // 4))):
            found = [met(story(count, seed), size) for seed in SEEDS]
            windows = sum(one.windows for one in found) / len(found)
            shown = sum(one.shown for one in found) / len(found) / count
            share = sum(one.share for one in found) / len(found)
            yield f"{count:6,} {size:7} {windows:8.1f} {shown:12.2f} {share:23.3f}"


def alike_rows() -> Iterator[str]:
    """A line for each number of articles that all say the same."""
    yield "articles  windows  shown/claim  with both sides  pairs together"
    for count in ALIKE:
        found = [met(alike(count, seed)) for seed in SEEDS]
        some = sum(one.together > 0 for one in found)
        share = sum(one.share for one in found) / len(found)
        windows = sum(one.windows for one in found) / len(found)
        shown = sum(one.shown for one in found) / len(found) / (2 * count)
        both = f"{some} of {len(found)} runs"
        yield f"{count:8} {windows:8.1f} {shown:12.2f} {both:>16} {share:15.3f}"


def time_rows() -> Iterator[str]:
    """A line for each size of a large story, with the seconds that its windows take."""
    yield "claims  windows  shown/claim  seconds"
    for count in LARGE:
        texts = story(count, 0).texts
        started = time.perf_counter()
        sizes = [len(window) for window in shared_windows(texts, WINDOW, NEIGHBOURS)]
        seconds = time.perf_counter() - started
        yield f"{count:6,} {len(sizes):8,} {sum(sizes) / count:12.2f} {seconds:8.1f}"


def main() -> None:
    """Print all three tables."""
    for table in (rows(), alike_rows(), time_rows()):
        for line in table:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
