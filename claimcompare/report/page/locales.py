"""How languages write numbers, lists, days and spans of time, as the Unicode CLDR has it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Literal

from claimcompare.schema import Record

Span = Literal["year", "month", "week", "day"]
FORMS = files("claimcompare.report.page").joinpath("locales.json")
# In days, the longest first; of each it takes two before it is used.
SPANS: dict[Span, int] = {"year": 365, "month": 30, "week": 7, "day": 1}
_LEAST = 2


class Locale(Record):
    """One language's forms, with `{}` or `{0}` where something is filled in."""

    language: str
    direction: Literal["ltr", "rtl"]
    group: str
    percent: str
    # Of lists: the form of two, and of more the start, the middle and the end.
    pair: str
    start: str
    middle: str
    end: str
    months: tuple[str, ...]
    day: str
    # Of each span of time the form of each plural.
    spans: Mapping[Span, Mapping[str, str]]

    def plural(self, number: int) -> str:
        """The plural that a number takes: "one", "few", "other" and the like."""
        from unicode_rbnf.plural_rules import get_plural_category

        return get_plural_category(self.language, number)

    def number(self, number: int) -> str:
        """A whole number with its thousands apart."""
        return f"{number:,}".replace(",", self.group)

    def share(self, percent: int) -> str:
        """A share of a hundred."""
        return self.percent.format(self.number(percent))

    def listed(self, names: Sequence[str]) -> str:
        """Names as they are read out."""
        if len(names) <= 2:  # noqa: PLR2004 - what the form of two is for
            return self.pair.format(*names) if len(names) > 1 else "".join(names)
        found = self.start.format(*names)
        for name in names[2:-1]:
            found = self.middle.format(found, name)
        return self.end.format(found, names[-1])

    def date(self, day: date) -> str:
        """A day as people write it."""
        return self.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def span(self, days: int) -> str:
        """So many days in words, by the longest span that they are two of."""
        unit, length = next(one for one in SPANS.items() if days >= _LEAST * one[1] or one[1] == 1)
        amount = round(days / length)
        return self.spans[unit][self.plural(amount)].format(self.number(amount))


def locale_of(language: str) -> Locale:
    """The forms of a language; raises KeyError where the package has none of it."""
    forms = json.loads(FORMS.read_text(encoding="utf-8"))[language]
    return Locale(language=language, **forms)
