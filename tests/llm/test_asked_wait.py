"""How long an endpoint asks to wait, in the forms that there are."""

from datetime import UTC, datetime
from types import SimpleNamespace

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.llm import LLMSettings, retries
from claimcompare.llm.retries import asked_wait

CAP = 100.0
NOW = "Sat, 02 May 2026 12:00:00 GMT"
IN_30_S = "Sat, 02 May 2026 12:00:30 GMT"
ASKED = {
    "seconds": ({"retry-after": "7"}, 7.0),
    "fraction": ({"retry-after": "0.25"}, 0.25),
    "zero": ({"retry-after": "0"}, 0.0),
    "negative": ({"retry-after": "-3"}, 0.0),
    "above the cap": ({"retry-after": "101"}, CAP),
    "milliseconds": ({"retry-after-ms": "1500"}, 1.5),
    "milliseconds win": ({"retry-after-ms": "120", "retry-after": "9"}, 0.12),
    "milliseconds win over a date": ({"retry-after-ms": "120", "retry-after": IN_30_S}, 0.12),
    "odd milliseconds": ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
    "date": ({"retry-after": IN_30_S, "date": NOW}, 30.0),
    "date of a zone": ({"retry-after": "Sat, 02 May 2026 14:00:30 +0200", "date": NOW}, 30.0),
    "date without a zone": ({"retry-after": "Sat, 02 May 2026 12:00:30", "date": NOW}, 30.0),
    "date of old": ({"retry-after": "Saturday, 02-May-26 12:00:30 GMT", "date": NOW}, 30.0),
    "past date": ({"retry-after": NOW, "date": IN_30_S}, 0.0),
    "far date": ({"retry-after": "Sun, 03 May 2026 12:00:00 GMT", "date": NOW}, CAP),
}
NOT_ASKED: dict[str, dict[str, str]] = {
    "nothing": {},
    "empty": {"retry-after": ""},
    "words": {"retry-after": "soon"},
    "not a number": {"retry-after": "nan"},
    "infinite": {"retry-after": "inf"},
    "infinite milliseconds": {"retry-after-ms": "1e999"},
    "no such day": {"retry-after": "Sat, 45 May 2026 12:00:00 GMT", "date": NOW},
    "the server's date alone": {"date": NOW},
}
NUMBERS = st.integers().map(str) | st.floats().map(str)
PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30)
DATES = st.builds(
    "Sat, {} May {} {}:00:00 {:+05}".format,
    st.integers(0, 40),
    st.integers(0, 10_100),
    st.integers(0, 25),
    st.integers(-2_500, 2_500),
)
HEADERS = st.dictionaries(
    st.sampled_from(["retry-after", "retry-after-ms", "date"]), NUMBERS | PLAIN | DATES
)


def failure(headers: dict[str, str], status: int = 429) -> openai.APIStatusError:
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    response = httpx2.Response(status, headers=headers, request=request)
    return openai.APIStatusError("no luck", response=response, body=None)


def asked(headers: dict[str, str], status: int = 429) -> float | None:
    return asked_wait(failure(headers, status), LLMSettings(max_retry_after=CAP))


@pytest.mark.parametrize(("headers", "seconds"), ASKED.values(), ids=ASKED)
def test_what_is_asked_for_is_kept_to_up_to_the_cap(
    headers: dict[str, str], seconds: float
) -> None:
    assert asked(headers) == pytest.approx(seconds)


@pytest.mark.parametrize("headers", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_makes_no_sense_is_not_asked_for(headers: dict[str, str]) -> None:
    assert asked(headers) is None


@pytest.mark.parametrize("status", [408, 500, 503])
def test_other_failures_ask_as_well(status: int) -> None:
    assert asked({"retry-after": "7"}, status) == 7


@pytest.mark.parametrize("odd", [{}, {"date": "today"}], ids=["none", "odd"])
def test_without_the_servers_clock_ours_holds(
    monkeypatch: pytest.MonkeyPatch, odd: dict[str, str]
) -> None:
    ours = SimpleNamespace(now=datetime(2026, 5, 2, 12, 0, 10, tzinfo=UTC).astimezone)
    monkeypatch.setattr(retries, "datetime", ours)
    assert asked({"retry-after": IN_30_S, **odd}) == 20


def test_only_a_response_asks() -> None:
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    assert asked_wait(openai.APIConnectionError(request=request), LLMSettings()) is None
    assert asked_wait(None, LLMSettings()) is None


@given(HEADERS)
def test_whatever_is_asked_for_is_within_the_cap(headers: dict[str, str]) -> None:
    seconds = asked(headers)
    assert seconds is None or 0 <= seconds <= CAP


def test_a_year_beyond_all_bounds_makes_no_sense() -> None:
    assert asked({"retry-after": f"Sat, 02 May {'9' * 20} 12:00:00 GMT"}) is None
