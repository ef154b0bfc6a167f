"""The words of the page's own, in the language of the articles where there are some for it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimcompare.report.fields import moment
from claimcompare.report.page.locales import Locale, locale_of

if TYPE_CHECKING:
    from markupsafe import Markup

LANGUAGES = ("en", "de", "fr", "es", "uk", "ar")
# What would turn the letters around it, or has no place in a page.
_TURNING = re.compile("[\r\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def visible(value: Any) -> Any:
    """Text as it can be shown: nothing that turns what is around it, a sign for what is no text."""
    from markupsafe import Markup

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", value))


def isolated(text: str) -> "Markup":
    """A name for the middle of a sentence, whatever direction it runs in."""
    from markupsafe import Markup

    return Markup("<bdi>{}</bdi>").format(visible(text))


class Words:
    """Sentences of one language by their keys, with what is filled into them escaped."""

    def __init__(self, language: str) -> None:
        self.language = language
        text = (files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8")
        self._said: Mapping[str, str | Mapping[str, str]] = tomllib.loads(text)

    def __call__(self, key: str, number: int | None = None, /, **parts: object) -> "Markup":
        """The sentence; with a number in the form of the plural that it takes, as `{n}`."""
        from markupsafe import Markup

        said = self._said[key]
        if not isinstance(said, str):
            if number is None:
                raise TypeError(
                    f"{key} in {self.language}.toml counts something, and got no number"
                )
            said = said.get(self.locale.plural(number), said["other"])
        filled = {name: visible(part) for name, part in parts.items()}
        # The sentence is ours; what stands in it is escaped.
        return Markup(said).format(n=self.number(number), **filled)  # noqa: S704

    @cached_property
    def locale(self) -> Locale:
        """The language's plurals, dates and lists."""
        return locale_of(self.language)

    @property
    def direction(self) -> str:
        """Where lines begin: "ltr" or "rtl"."""
        return self.locale.direction

    def number(self, number: int | None) -> str:
        """A whole number with its thousands apart."""
        return "" if number is None else self.locale.number(number)

    def percent(self, share: int) -> str:
        """A share of a hundred."""
        return self.locale.share(share)

    def listed(self, names: Iterable[str]) -> "Markup":
        """Some names as they are read out: "A, B and C"."""
        from markupsafe import Markup, escape

        escaped = [str(escape(visible(name))) for name in names]
        # The words between the names are those of the CLDR.
        return Markup(self.locale.listed(escaped))  # noqa: S704

    def date(self, published: str | None) -> str:
        """A date as people write it, with the time if it is told; other text as it stands."""
        text, when = (published or "").strip(), moment(published)
        if when is None:
            return text
        return f"{self.day(when)}, {_time(when)}" if ":" in text else self.day(when)

    def day(self, when: datetime) -> str:
        """The day of a moment."""
        return self.locale.date(when.date())

    def later(self, days: int) -> str:
        """So many days, weeks or years in words."""
        return self.locale.span(days)


def _time(when: datetime) -> str:
    zone = f"{when:%z}"
    zone = f"{zone[:3]}:{zone[3:5]}" if when.utcoffset() else "UTC" if zone else ""
    return f"{when:%H:%M} {zone}".rstrip()
