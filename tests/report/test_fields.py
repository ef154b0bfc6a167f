"""What free text is taken for: only what is surely that."""

import pytest

from claimcompare.report.fields import in_words, language_tag, moment, seconds, web_address


@pytest.mark.parametrize("url", ["https://a.example", "http://a.example:80/x?y=1#z", "HTTPS://a.b"])
def test_addresses_of_the_web_lead_there(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "a.example", "//a.example", "https://", "https:a", "http://[::1", "mailto:a@b"),
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:a"),
        *("data:text/html,x", "vbscript:a", "file:///etc/passwd", "ftp://a.example", "blob:https:"),
        *("https://a.example\n", "https://a.example/\u202etxt", "https://a b"),
    ],
)
def test_nothing_else_does(url: str | None) -> None:
    assert web_address(url) is None


def test_dates_are_in_order_with_and_without_a_time() -> None:
    days = ["2026-03-02T00:30:00+02:00", "2026-03-02", "2026-03-02T08:00Z", "20260303"]
    moments = [moment(day) for day in days]
    at = [seconds(one) for one in moments if one]
    assert len(at) == 4
    assert at == sorted(at)


@pytest.mark.parametrize(
    "day", [None, "", "Monday", "2026", "2026-13-01", "3/4/2026", "99999-01-01"]
)
def test_other_text_is_no_date(day: str | None) -> None:
    assert moment(day) is None


@pytest.mark.parametrize("day", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_the_ends_of_time_can_be_sorted(day: str) -> None:
    when = moment(day)
    assert when
    assert abs(seconds(when)) > 0


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW", "ukr"])
def test_language_tags_are_kept(tag: str) -> None:
    assert language_tag(tag) == tag


@pytest.mark.parametrize("tag", [None, "", "English", "e", "en_GB", 'en" onload="x', "en-\n"])
def test_other_text_is_no_language(tag: str | None) -> None:
    assert language_tag(tag) is None


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-03-01", "1 March 2026"),
        ("2026-03-01T08:15", "1 March 2026, 08:15"),
        ("2026-03-01T08:15:30Z", "1 March 2026, 08:15 UTC"),
        ("2026-03-01T08:15+05:30", "1 March 2026, 08:15 +05:30"),
        (" last Monday ", "last Monday"),
        (None, ""),
    ],
)
def test_dates_are_written_as_people_do(published: str | None, words: str) -> None:
    assert in_words(published) == words
