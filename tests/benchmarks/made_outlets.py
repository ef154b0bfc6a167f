"""Made-up outlets, and how each prints what it tells."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random
from typing import NamedTuple

from claimcompare import Article
from tests.benchmarks.made_tongues import SPELLINGS, Tongue, part_of_name
from tests.benchmarks.made_wording import Name, Wording

_START = datetime(2020, 1, 1, tzinfo=UTC)
_COUNTS = {"en": 11, "de": 4, "es": 3, "uk": 3, "ar": 2, "zh": 3}


class Outlet(NamedTuple):
    """Its name and language, what it writes below its articles, and how it writes dates."""

    name: str
    language: str
    own_lines: list[str]
    dates: str


class Outlets:
    """All outlets, and the languages that they write."""

    def __init__(self, seed: int, random: Random, wording: Wording, places: Sequence[Name]) -> None:
        self._random = random
        self._places = places
        self.tongues = {language: Tongue(language, seed) for language in SPELLINGS}
        self.all = [
            self._outlet(language, number, wording)
            for language, outlets in _COUNTS.items()
            for number in range(outlets)
        ]

    def printed(
        self, lines: Sequence[str], outlet: Outlet, title: str, told: tuple[float, int]
    ) -> Article:
        """An article of these lines, told at a time, with a number, perhaps from some place."""
        tongue, random = self.tongues[outlet.language], self._random
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

    def _date(self, outlet: Outlet, when: float) -> str | None:
        """As the outlet writes it: a time, a time with its zone, a day, or as mail has it."""
        if self._random.random() < 0.01:
            return None
        at = (_START + timedelta(days=when)).replace(microsecond=0)
        if outlet.dates == "day":
            return at.date().isoformat()
        return format_datetime(at) if outlet.dates == "mail" else at.isoformat()

    def _outlet(self, language: str, number: int, wording: Wording) -> Outlet:
        tongue, random = self.tongues[language], self._random
        name = (
            f"{tongue.name(part_of_name(random))} {('Post', 'Wire', 'News', 'Times')[number % 4]}"
        )
        lines = [
            tongue.sentence([wording.ambient_word(0, tongue) for _ in range(10)], random)
            for _ in range(random.randint(1, 4))
        ]
        return Outlet(name, language, lines, random.choice(("time", "time", "time", "day", "mail")))
