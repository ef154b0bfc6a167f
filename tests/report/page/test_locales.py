"""The forms of numbers, lists, days and spans of time are those of the CLDR."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from claimcompare.report.page.locales import FORMS, Locale, locale_of
from claimcompare.report.page.wording import LANGUAGES
from tests.report.page import cldr_forms


@pytest.fixture(params=LANGUAGES)
def locale(request: pytest.FixtureRequest) -> Locale:
    return locale_of(request.param)


def test_the_file_is_what_the_script_makes_of_babel() -> None:
    assert FORMS.read_text(encoding="utf-8") == cldr_forms.as_text(cldr_forms.made())


def test_numbers_are_written_as_babel_writes_them(locale: Locale) -> None:
    babel = cldr_forms.locale_of(locale.language)
    for number in (*range(200), 1000, 4321, 12_345, 1_000_000, 7_654_321):
        assert locale.number(number) == format_decimal(number, locale=babel)
        assert locale.plural(number) == babel.plural_form(number)
    for percent in range(101):
        assert locale.share(percent) == format_percent(percent / 100, locale=babel)


def test_lists_are_read_out_as_babel_does(locale: Locale) -> None:
    babel = cldr_forms.locale_of(locale.language)
    for length in range(6):
        names = [*"ABCDE"][:length]
        assert locale.listed(names) == format_list(names, locale=babel)


def test_days_and_spans_are_written_as_babel_writes_them(locale: Locale) -> None:
    babel = cldr_forms.locale_of(locale.language)
    for days in range(1_500):
        day, span = date(2024, 1, 1) + timedelta(days), timedelta(days)
        assert locale.date(day) == format_date(day, format="long", locale=babel)
        expected = format_timedelta(span, granularity="day", threshold=2, locale=babel)
        assert locale.span(days) == expected
