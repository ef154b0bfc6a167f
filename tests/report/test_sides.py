"""The order in which the claims of a dispute are read."""

import pytest

from claimcompare.report.sides import in_reading_order
from claimcompare.schema import Article, Comparison
from tests.report import assertion, claim, comparison, dispute, known

CLAIMS = (
    claim("late:1", "Ines Quill", "The lock is shut again."),
    claim("late:2", "Quill", "The lock was never sound."),
    claim("early:1", "Oskar Bray", "The lock is open."),
    claim("early:2", "Ines Quill", "The lock is sound."),
)
SURE = dict(zip((one.id for one in CLAIMS), (0.5, 0.9, 0.8, 0.6), strict=True))


def read(late: str | None, early: str | None) -> list[str]:
    """The ids in reading order, with these dates of publication."""
    placed = dispute("It is.", *(assertion(name, "support", SURE[name]) for name in SURE))
    made = known(comparison(CLAIMS, (placed,)), ("Ines Quill", "Quill"))
    articles = (
        Article(id="late", text="Text.", published=late),
        Article(id="early", text="Text.", published=early),
    )
    dated: Comparison = made.model_copy(update={"articles": articles})
    return [one.claim.id for one in in_reading_order(placed, dated)]


@pytest.mark.parametrize(
    ("late", "early"),
    [
        ("2026-05-04", "2026-05-03"),
        ("2026-05-03T10:00+02:00", "2026-05-03T07:30Z"),
        ("2026-05-03T10:00", "2026-05-03"),
        (None, "2026-05-03"),
        ("in May", "2026-05-03"),
    ],
)
def test_what_a_speaker_says_stands_together_in_order_of_time(late: str | None, early: str) -> None:
    assert read(late, early) == ["early:2", "late:1", "late:2", "early:1"]


@pytest.mark.parametrize("date", [None, "2026-05-03"])
def test_without_dates_it_stands_in_the_order_given(date: str | None) -> None:
    assert read(date, date) == ["late:1", "late:2", "early:2", "early:1"]
