"""How a fact of the made-up world is told: never twice in the same words."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from tests.benchmarks.made_tongues import THINGS, Tongue

Name = tuple[tuple[int, ...], ...]
KINDS = 14
_OF_A_KIND = 260
_GENERAL = 1_200


class Fact(NamedTuple):
    """Things, in some relation, with who did it, where and how many there were."""

    things: tuple[int, ...]
    who: Name | None
    where: Name | None
    number: int | None


class Wording:
    """Puts things into words; who is often in the news is named most."""

    def __init__(self, random: Random, people: Sequence[Name]) -> None:
        self._random = random
        self._people = people
        self._often = list(accumulate((1 / rank) ** 0.9 for rank in range(1, len(people) + 1)))
        self._general = list(accumulate(1 / (rank + 3) for rank in range(_GENERAL)))

    def in_the_news(self, count: int) -> list[Name]:
        """Some people."""
        return self._random.choices(self._people, cum_weights=self._often, k=count)

    def of_kind(self, kind: int) -> int:
        """A thing that events of a kind have, some much more often."""
        return _GENERAL + kind * _OF_A_KIND + int(_OF_A_KIND * self._random.random() ** 2)

    def told(self, fact: Fact, tongue: Tongue) -> str:
        """A sentence that tells a fact, a tenth of its things left out, some numbers wrong."""
        random = self._random
        first, *others = fact.things
        kept = [first, *(thing for thing in others if random.random() < 0.9)]
        parts = [tongue.word(thing, random) for thing in kept]
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

    def ambient(self, kind: int, people: Sequence[Name], tongue: Tongue) -> str:
        """A sentence that no other article has, sometimes with one of these people, or not."""
        random = self._random
        parts = [self.ambient_word(kind, tongue) for _ in range(random.randint(7, 13))]
        at = random.random()
        if at < 0.3:
            parts.append(tongue.full_name(random.choice(people), random, short=True))
        elif at < 0.5:
            [other] = self.in_the_news(1)
            parts.append(tongue.full_name(other, random, short=at < 0.4))
        sentence = tongue.sentence(parts, random)
        if random.random() < 0.25:
            name = tongue.full_name(random.choice(people), random, short=False)
            return tongue.quoted(sentence, name, random)
        return sentence

    def ambient_word(self, kind: int, tongue: Tongue) -> str:
        """A word as it stands in any article of a kind."""
        random = self._random
        if random.random() < 0.35:
            return tongue.word(self.of_kind(kind), random)
        if random.random() < 0.1:
            return tongue.word(random.randrange(THINGS), random)
        [thing] = random.choices(range(_GENERAL), cum_weights=self._general)
        return tongue.word(thing, random)
