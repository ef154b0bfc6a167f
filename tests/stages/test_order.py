"""Which article came first."""

import pytest

from claimcompare.stages.order import by_publication
from tests.small.wire import article

DAY = "2026-05-03"


def order(*published: str | None) -> str:
    """The numbers of the articles in the order found."""
    given = [article(str(number), published=told) for number, told in enumerate(published)]
    return "".join(one.id for one in by_publication(given))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (("2026-05-04", DAY), "10"),
        (("20260504", DAY), "10"),
        ((f"{DAY}T10:00Z", f"{DAY}T09:59:59.5Z"), "10"),
        ((f"{DAY}T10:00+02:00", f"{DAY}T08:30Z", f"{DAY} 08:15"), "021"),
        ((f"{DAY}T01:00+02:00", f"{DAY}T00:30Z", "2026-05-02"), "021"),
        (("2026-05-04T01:00+02:00", f"{DAY}T22:30Z"), "10"),
        ((f"{DAY}T10:00Z", f"{DAY}T10:00Z"), "01"),
        ((f" {DAY}T10:00Z\n", "2026-05-02"), "10"),
    ],
)
def test_what_tells_a_date_comes_by_date(published: tuple[str, ...], expected: str) -> None:
    assert order(*published) == expected


@pytest.mark.parametrize("time", ["T00:01Z", "T10:00Z", "T23:59"])
def test_a_day_alone_is_neither_before_nor_after_a_time_of_it(time: str) -> None:
    assert order(DAY, f"{DAY}{time}") == order(f"{DAY}{time}", DAY) == "01"
    assert order(f"{DAY}T12:00Z", f"{DAY}{time}", DAY) == "012"
    assert order("2026-05-04T01:00Z", f"{DAY}{time}", DAY, "2026-05-04T00:30Z") == "1230"


@pytest.mark.parametrize(
    "told", [None, "", "3 May 2026", "yesterday", "2026-13-40", "0001-01-01T00:00+05:00"]
)
def test_what_tells_no_date_keeps_its_place(told: str | None) -> None:
    assert order(told, "2026-05-04", DAY) == "021"
    assert order("2026-05-04", told, DAY) == "210"
    assert order("2026-05-04", DAY, told) == "102"
    assert order(told, told) == "01"
