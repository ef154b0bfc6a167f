"""Make the forms that Babel has of the CLDR: `python -m tests.report.page.cldr_forms`."""

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_timedelta
from babel.numbers import format_decimal, format_percent

from claimcompare.report.page.locales import FORMS, SPANS, Span
from claimcompare.report.page.wording import LANGUAGES

# Days before months, as in the English of the other forms.
LOCALES = {"en": "en_GB"}
# An amount for each plural, in whatever language.
_AMOUNTS = (0, 1, 2, 3, 5, 11, 21, 100, 1_000_000)


def made() -> dict[str, Any]:
    """What the package reads, by language."""
    return {language: _forms(locale_of(language)) for language in LANGUAGES}


def locale_of(language: str) -> Locale:
    """What Babel has of a language of the page."""
    return Locale.parse(LOCALES.get(language, language))


def as_text(forms: dict[str, Any]) -> str:
    """The file, with a line for each language."""
    lines = (f'"{name}": {json.dumps(found, ensure_ascii=False)}' for name, found in forms.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _forms(locale: Locale) -> dict[str, Any]:
    lists = locale.list_patterns["standard"]
    return {
        "direction": locale.text_direction,
        "group": locale.number_symbols["latn"]["group"],
        "percent": format_percent(0.07, locale=locale).replace("7", "{}"),
        "pair": lists["2"],
        **{part: lists[part] for part in ("start", "middle", "end")},
        "months": list(locale.months["format"]["wide"].values()),
        "day": _day(locale.date_formats["long"].pattern),
        "spans": {span: _span(locale, span) for span in SPANS},
    }


def _day(pattern: str) -> str:
    """The pattern of a day with our names for what is filled in."""
    ours = {"d": "{day}", "MMMM": "{month}", "y": "{year}"}
    parts = re.findall(r"'([^']*)'|(d|MMMM|y)|([^A-Za-z'])", pattern)
    return "".join(word or ours.get(field, "") or mark for word, field, mark in parts)


def _span(locale: Locale, span: Span) -> dict[str, str]:
    found: dict[str, str] = {}
    for amount in _AMOUNTS:
        time = timedelta(days=amount * SPANS[span])
        # A threshold that nothing reaches has it counted in this span.
        written = format_timedelta(time, granularity=span, threshold=sys.maxsize, locale=locale)
        number = format_decimal(amount, locale=locale)
        found.setdefault(locale.plural_form(amount), written.replace(number, "{}"))
    return found


if __name__ == "__main__":
    Path(str(FORMS)).write_text(as_text(made()), encoding="utf-8", newline="\n")
