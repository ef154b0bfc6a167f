"""Made-up news of any length, one article after the other: which event each is about is known.

`news(seed)` never ends, costs some hundred microseconds an article and holds the events of a week.
About 250 articles a day, by 26 outlets in six languages and four scripts, most of 1,500 to 3,000
characters, in the order of days but in none within a day.

What is easy: an article has a date nearly always, and a story's own names stand in most of its
articles. What is hard:

- An article tells six to twelve of an event's facts, each in other words and another order
  (three words for a thing, endings, words left out), between as many sentences and quotations that
  nobody else has; two accounts may share few facts.
- An agency's text is printed by others with another place at its head, other titles, a part cut
  off, and an outlet's own lines below. A tenth of all articles are short notices.
- Outlets contradict each other in numbers.
- Half of all stories are one article. Events of a kind share half of their words, and several of
  a kind happen on a day.
- The same few people are in many events of one day, and different people share a family name.
- A court, a club or a weather service is in the news every day, every other day or every week with
  the same people, place and words, and each time it is another story.
- What follows an event (a fifth of all) has its people and its place, and tells again what
  happened before, a day or two later; it is a story of its own.
- Round-ups tell of three to six events of the day, in the words of news about them, and belong to
  none of them.
- A seventh of all stories are told in more than one language; where the scripts differ, no
  word is shared but numbers.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import NamedTuple

from claimcompare import Article
from tests.benchmarks.made_outlets import Outlet, Outlets
from tests.benchmarks.made_tongues import SPELLINGS, THINGS, Tongue, part_of_name
from tests.benchmarks.made_wording import KINDS, Fact, Name, Wording

_NEW_EVENTS_A_DAY = 47
_ROUNDUPS_A_DAY = 4
_SERIES = 30
_PEOPLE = 3_000
_PLACES = 500
_LANGUAGE_SHARES = (55, 67, 77, 85, 91, 100)
_SIZES = ((0.5, 1, 1), (0.8, 2, 4), (0.95, 5, 12), (1.0, 13, 30))


class Made(NamedTuple):
    """An article, and the number of the event that it is about."""

    article: Article
    story: int


@dataclass
class _Event:
    number: int
    kind: int
    language: str
    people: list[Name]
    places: list[Name]
    facts: list[Fact]
    before: list[Fact] = field(default_factory=list)
    wire: list[str] = field(default_factory=list)
    wire_language: str = ""


def news(seed: int) -> Iterator[Made]:
    """Articles without end; the same for the same seed."""
    world = _World(seed)
    waiting: list[tuple[float, int, _Event]] = []
    numbers = count()
    ids = count(1)
    for day in count():
        for event in world.events_of(day, numbers):
            for when in world.times(day):
                heappush(waiting, (when, next(ids), event))
        today = []
        while waiting and waiting[0][0] < day + 1:
            when, told, event = heappop(waiting)
            today.append(Made(world.article(event, when, told), event.number))
        today += world.roundups(day, numbers, ids)
        world.random.shuffle(today)
        yield from today


class _World:
    """Who there is, what happens, and how it is told."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"news {seed}")  # noqa: S311 - no secret
        families = [part_of_name(self.random) for _ in range(600)]
        people: list[Name] = [
            (part_of_name(self.random), self.random.choice(families)) for _ in range(_PEOPLE)
        ]
        self._places: list[Name] = [(part_of_name(self.random),) for _ in range(_PLACES)]
        self._wording = Wording(self.random, people)
        self._outlets = Outlets(seed, self.random, self._wording, self._places)
        self._recent: deque[_Event] = deque(maxlen=150)
        self._series = [
            (self.random.choice((1, 2, 7)), self.random.randrange(7), self._event(-1))
            for _ in range(_SERIES)
        ]

    def events_of(self, day: int, numbers: "count[int]") -> Iterator[_Event]:
        """What begins on a day."""
        for every, first, series in self._series:
            if day % every == first % every:
                yield self._again(series, next(numbers))
        begun = [self._event(next(numbers)) for _ in range(_NEW_EVENTS_A_DAY)]
        self._recent.extend(begun)
        yield from begun

    def times(self, day: int) -> list[float]:
        """When articles about an event come: most soon, some up to five days later."""
        at = self.random.random()
        least, most = next(size[1:] for size in _SIZES if at <= size[0])
        start = day + self.random.random()
        days = 4.5 if most > 4 else 1.5
        length = self.random.uniform(0.1, days)
        told = self.random.randint(least, most)
        return [start, *(start + length * self.random.random() ** 2 for _ in range(told - 1))]

    def article(self, event: _Event, when: float, told: int) -> Article:
        """One account of an event."""
        outlet = self._who_tells(event)
        tongue, random = self._outlets.tongues[outlet.language], self.random
        if event.wire and event.wire_language == outlet.language and random.random() < 0.4:
            kept = event.wire[: max(3, round(len(event.wire) * random.uniform(0.6, 1)))]
        else:
            kept = self._account(event, tongue)
            if not event.wire and len(kept) > 9 and random.random() < 0.35:
                event.wire, event.wire_language = kept, outlet.language
        return self._outlets.printed(kept, outlet, self._title(event, tongue), (when, told))

    def roundups(self, day: int, numbers: "count[int]", ids: "count[int]") -> list[Made]:
        """What tells of several events, and belongs to none."""
        made = []
        for _ in range(_ROUNDUPS_A_DAY):
            outlet = self.random.choice(self._outlets.all)
            tongue = self._outlets.tongues[outlet.language]
            lately = list(self._recent)[-_NEW_EVENTS_A_DAY:]
            lines = [
                self._wording.told(fact, tongue)
                for event in self.random.sample(lately, self.random.randint(3, 6))
                for fact in event.facts[: self.random.randint(2, 4)]
            ]
            title = tongue.sentence(
                [self._wording.ambient_word(0, tongue) for _ in range(4)], self.random
            )
            when = (day + self.random.random(), next(ids))
            made.append(Made(self._outlets.printed(lines, outlet, title, when), next(numbers)))
        return made

    def _event(self, number: int) -> _Event:
        random = self.random
        before = random.choice(self._recent) if self._recent and random.random() < 0.2 else None
        kind = before.kind if before else random.randrange(KINDS)
        people = self._wording.in_the_news(random.randint(2, 5))
        places = random.choices(self._places, k=random.randint(1, 2))
        if before:
            people = before.people[:2] + people[:2]
            places = before.places
        at = random.random() * _LANGUAGE_SHARES[-1]
        language = next(
            one for one, upto in zip(SPELLINGS, _LANGUAGE_SHARES, strict=True) if at <= upto
        )
        own = random.sample(range(THINGS), 7)
        facts = [self._fact(kind, own, people, places) for _ in range(random.randint(12, 22))]
        language = before.language if before else language
        return _Event(number, kind, language, people, places, facts, before.facts if before else [])

    def _again(self, series: _Event, number: int) -> _Event:
        """The same people, place and words, with other numbers and some facts of its own."""
        own = self.random.sample(range(THINGS), 4)
        guests = self._wording.in_the_news(1)
        facts = [
            fact._replace(number=self._amount())
            if self.random.random() < 0.6
            else self._fact(series.kind, own, [*series.people, *guests], series.places)
            for fact in series.facts
        ]
        people, places = [*series.people, *guests], series.places
        return _Event(number, series.kind, series.language, people, places, facts)

    def _fact(self, kind: int, own: list[int], people: list[Name], places: list[Name]) -> Fact:
        random = self.random
        things = [self._wording.of_kind(kind) for _ in range(random.randint(3, 5))]
        things += random.sample(own, random.randint(1, 3))
        who = random.choice(people) if random.random() < 0.6 else None
        where = random.choice(places) if random.random() < 0.35 else None
        return Fact(tuple(things), who, where, self._amount() if random.random() < 0.35 else None)

    def _who_tells(self, event: _Event) -> Outlet:
        """An outlet of the event's language; of some events also one of another."""
        everywhere = event.number % 7 == 0 and self.random.random() < 0.4
        return self.random.choice([
            one for one in self._outlets.all if everywhere or one.language == event.language
        ])  # fmt: skip

    def _title(self, event: _Event, tongue: Tongue) -> str:
        fact = self.random.choice(event.facts[:4])
        return self._wording.told(fact, tongue)[: -len(tongue.spelling.stop)]

    def _account(self, event: _Event, tongue: Tongue) -> list[str]:
        """Sentences of an article: facts, among what only this outlet writes."""
        random = self.random
        short = random.random() < 0.1
        told = random.randint(2, 4) if short else random.randint(6, min(12, len(event.facts)))
        # The first fact is what it is about; each article tells others besides.
        facts = random.sample(event.facts[1:], told - 1)
        lines = [self._wording.told(fact, tongue) for fact in facts]
        again = event.before[: random.randint(1, 3)]
        lines += [self._wording.told(fact, tongue) for fact in again]
        if not short:
            lines += [
                self._wording.ambient(event.kind, event.people, tongue)
                for _ in range(random.randint(7, 14))
            ]
        random.shuffle(lines)
        if random.random() < 0.85:
            lines.insert(0, self._wording.told(event.facts[0], tongue))
        return lines

    def _amount(self) -> int:
        return int(10 ** self.random.uniform(0.3, 4))
