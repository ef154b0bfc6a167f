"""Made-up news of any length, one article after the other: which event each is about is known.

`news(seed)` never ends, costs some hundred microseconds an article and holds the events of a week.
About 250 articles a day, by 26 outlets in six languages and four scripts, most of 1,500 to 3,000
characters, in the order of days but in none within a day.

What is easy: an article has a date nearly always, and a story's own names stand in most of its
articles. What is hard:

- An article tells six to twelve of an event's facts, each in other words and another order
  (three words for a thing, endings, words left out), between sentences of its own and quotations
  that nobody else has; later articles tell facts that the first ones do not know.
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
- A seventh of the larger stories are told in more than one language; where the scripts differ, no
  word is shared but numbers.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from heapq import heappop, heappush
from itertools import accumulate, count
from random import Random
from typing import NamedTuple

from claimcompare import Article
from tests.benchmarks.made_tongues import SPELLINGS, THINGS, Tongue, part_of_name

_Name = tuple[tuple[int, ...], ...]
_START = datetime(2020, 1, 1, tzinfo=UTC)
_NEW_EVENTS_A_DAY = 47
_ROUNDUPS_A_DAY = 4
_SERIES = 30
_KINDS = 14
_OF_A_KIND = 260
_GENERAL = 1_200
_PEOPLE = 3_000
_PLACES = 500
_OUTLETS = {"en": 11, "de": 4, "es": 3, "uk": 3, "ar": 2, "zh": 3}
_LANGUAGE_SHARES = (55, 67, 77, 85, 91, 100)
_SIZES = ((0.5, 1, 1), (0.8, 2, 4), (0.95, 5, 12), (1.0, 13, 30))


class Made(NamedTuple):
    """An article, and the number of the event that it is about."""

    article: Article
    story: int


class _Fact(NamedTuple):
    things: tuple[int, ...]
    who: _Name | None
    where: _Name | None
    number: int | None


@dataclass
class _Event:
    number: int
    kind: int
    language: str
    people: list[_Name]
    places: list[_Name]
    facts: list[_Fact]
    before: list[_Fact] = field(default_factory=list)
    wire: list[str] = field(default_factory=list)
    wire_language: str = ""


class _Outlet(NamedTuple):
    name: str
    language: str
    own_lines: list[str]
    dates: str


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
        self._tongues = {language: Tongue(language, seed) for language in SPELLINGS}
        families = [part_of_name(self.random) for _ in range(600)]
        self._people: list[_Name] = [
            (part_of_name(self.random), self.random.choice(families)) for _ in range(_PEOPLE)
        ]
        self._places: list[_Name] = [(part_of_name(self.random),) for _ in range(_PLACES)]
        self._often = list(accumulate((1 / rank) ** 0.9 for rank in range(1, _PEOPLE + 1)))
        self._general = list(accumulate(1 / (rank + 3) for rank in range(_GENERAL)))
        self._outlets = [
            self._outlet(language, number)
            for language, outlets in _OUTLETS.items()
            for number in range(outlets)
        ]
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
        tongue, random = self._tongues[outlet.language], self.random
        if event.wire and event.wire_language == outlet.language and random.random() < 0.4:
            kept = event.wire[: max(3, round(len(event.wire) * random.uniform(0.6, 1)))]
        else:
            kept = self._account(event, tongue)
            if not event.wire and len(kept) > 9 and random.random() < 0.35:
                event.wire, event.wire_language = kept, outlet.language
        return self._printed(kept, outlet, self._title(event, tongue), (when, told))

    def roundups(self, day: int, numbers: "count[int]", ids: "count[int]") -> list[Made]:
        """What tells of several events, and belongs to none."""
        made = []
        for _ in range(_ROUNDUPS_A_DAY):
            outlet = self.random.choice(self._outlets)
            tongue = self._tongues[outlet.language]
            lately = list(self._recent)[-_NEW_EVENTS_A_DAY:]
            lines = [
                self._wording(fact, tongue)
                for event in self.random.sample(lately, self.random.randint(3, 6))
                for fact in event.facts[: self.random.randint(2, 4)]
            ]
            title = tongue.sentence([self._ambient_word(0, tongue) for _ in range(4)], self.random)
            when = (day + self.random.random(), next(ids))
            made.append(Made(self._printed(lines, outlet, title, when), next(numbers)))
        return made

    def _event(self, number: int) -> _Event:
        random = self.random
        before = random.choice(self._recent) if self._recent and random.random() < 0.2 else None
        kind = before.kind if before else random.randrange(_KINDS)
        people = random.choices(self._people, cum_weights=self._often, k=random.randint(2, 5))
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
        guests = self.random.choices(self._people, cum_weights=self._often, k=1)
        facts = [
            fact._replace(number=self._amount())
            if self.random.random() < 0.6
            else self._fact(series.kind, own, [*series.people, *guests], series.places)
            for fact in series.facts
        ]
        people, places = [*series.people, *guests], series.places
        return _Event(number, series.kind, series.language, people, places, facts)

    def _fact(self, kind: int, own: list[int], people: list[_Name], places: list[_Name]) -> _Fact:
        random = self.random
        things = [self._of_kind(kind) for _ in range(random.randint(3, 5))]
        things += random.sample(own, random.randint(1, 3))
        who = random.choice(people) if random.random() < 0.6 else None
        where = random.choice(places) if random.random() < 0.35 else None
        return _Fact(tuple(things), who, where, self._amount() if random.random() < 0.35 else None)

    def _of_kind(self, kind: int) -> int:
        return _GENERAL + kind * _OF_A_KIND + int(_OF_A_KIND * self.random.random() ** 2)

    def _amount(self) -> int:
        return int(10 ** self.random.uniform(0.3, 4))

    def _account(self, event: _Event, tongue: Tongue) -> list[str]:
        """Sentences of an article: facts, among what only this outlet writes."""
        random = self.random
        short = random.random() < 0.1
        told = random.randint(2, 4) if short else random.randint(6, min(12, len(event.facts)))
        # The first fact is what it is about; which others are told changes as the days go by.
        facts = random.sample(event.facts[1:], told - 1)
        lines = [self._wording(fact, tongue) for fact in facts]
        again = event.before[: random.randint(1, 3)]
        lines += [self._wording(fact, tongue) for fact in again]
        if not short:
            lines += [self._ambient(event, tongue) for _ in range(random.randint(7, 14))]
        random.shuffle(lines)
        if random.random() < 0.85:
            lines.insert(0, self._wording(event.facts[0], tongue))
        return lines

    def _wording(self, fact: _Fact, tongue: Tongue) -> str:
        random = self.random
        first, *others = fact.things
        told = [first, *(thing for thing in others if random.random() < 0.9)]
        parts = [tongue.word(thing, random) for thing in told]
        if fact.who:
            parts.append(tongue.full_name(fact.who, random, short=random.random() < 0.4))
        if fact.where:
            parts.append(tongue.full_name(fact.where, random, short=False))
        if fact.number is not None:
            # Outlets do not agree.
            wrong = random.random() < 0.15
            parts.append(str(fact.number + random.randint(1, 9) if wrong else fact.number))
        random.shuffle(parts)
        return tongue.sentence(parts, random)

    def _ambient(self, event: _Event, tongue: Tongue) -> str:
        """A sentence that no other article has, sometimes with somebody of the event, or not."""
        random = self.random
        parts = [self._ambient_word(event.kind, tongue) for _ in range(random.randint(7, 13))]
        at = random.random()
        if at < 0.3:
            parts.append(tongue.full_name(random.choice(event.people), random, short=True))
        elif at < 0.5:
            [other] = random.choices(self._people, cum_weights=self._often)
            parts.append(tongue.full_name(other, random, short=at < 0.4))
        sentence = tongue.sentence(parts, random)
        if random.random() < 0.25:
            name = tongue.full_name(random.choice(event.people), random, short=False)
            return tongue.quoted(sentence, name, random)
        return sentence

    def _ambient_word(self, kind: int, tongue: Tongue) -> str:
        random = self.random
        if random.random() < 0.35:
            return tongue.word(self._of_kind(kind), random)
        if random.random() < 0.1:
            return tongue.word(random.randrange(THINGS), random)
        [thing] = random.choices(range(_GENERAL), cum_weights=self._general)
        return tongue.word(thing, random)

    def _title(self, event: _Event, tongue: Tongue) -> str:
        fact = self.random.choice(event.facts[:4])
        return self._wording(fact, tongue)[: -len(tongue.spelling.stop)]

    def _who_tells(self, event: _Event) -> _Outlet:
        """An outlet of the event's language; of some events also one of another."""
        everywhere = event.number % 7 == 0 and self.random.random() < 0.4
        return self.random.choice([
            one for one in self._outlets if everywhere or one.language == event.language
        ])  # fmt: skip

    def _printed(
        self, lines: list[str], outlet: _Outlet, title: str, told: tuple[float, int]
    ) -> Article:
        tongue, random = self._tongues[outlet.language], self.random
        space = tongue.spelling.space
        whole = list(lines)
        if random.random() < 0.4:
            place = tongue.name(random.choice(self._places)[0]).upper()
            whole[0] = f"{place} ({outlet.name}) - {whole[0]}"
        if random.random() < 0.8:
            whole += outlet.own_lines
        paragraphs = [space.join(whole[at : at + 2]) for at in range(0, len(whole), 2)]
        return Article(
            id=f"news-{told[1]}",
            text="\n\n".join(paragraphs),
            title=title,
            publisher=outlet.name,
            published=self._date(outlet, told[0]),
            language=outlet.language if random.random() < 0.8 else None,
        )

    def _date(self, outlet: _Outlet, when: float) -> str | None:
        """As the outlet writes it: a time, a time with its zone, a day, or as mail has it."""
        if self.random.random() < 0.01:
            return None
        at = (_START + timedelta(days=when)).replace(microsecond=0)
        if outlet.dates == "day":
            return at.date().isoformat()
        return format_datetime(at) if outlet.dates == "mail" else at.isoformat()

    def _outlet(self, language: str, number: int) -> _Outlet:
        tongue, random = self._tongues[language], self.random
        name = (
            f"{tongue.name(part_of_name(random))} {('Post', 'Wire', 'News', 'Times')[number % 4]}"
        )
        lines = [
            tongue.sentence([self._ambient_word(0, tongue) for _ in range(10)], random)
            for _ in range(random.randint(1, 4))
        ]
        return _Outlet(
            name, language, lines, random.choice(("time", "time", "time", "day", "mail"))
        )
