"""How sure an assertion is: measured, counted, or not told at all."""

import pytest

from claimcompare.report import FORMS, render
from claimcompare.report.sides import in_reading_order
from claimcompare.report.sureness import how_sure, percent
from claimcompare.schema import Assertion
from tests.report import LOCK, assertion, comparison, dispute, read

UNMEASURED = (
    Assertion(claim_id="post:1", stance="support"),
    Assertion(claim_id="post:3", stance="denial"),
    Assertion(claim_id="post:5", stance=None, reason="it is too vague"),
)


@pytest.mark.parametrize(
    ("sure", "words"),
    [
        (1, "very likely, 100%"),
        (0.999, "very likely, over 99%"),
        (0.9, "very likely, 90%"),
        (0.894, "likely, 89%"),
        (0.78, "likely, 78%"),
        (0.65, "about as likely as not, 65%"),
        (0.3, "unlikely, 30%"),
        (0.001, "unlikely, under 1%"),
    ],
)
def test_what_was_measured_is_words_and_a_number(sure: float, words: str) -> None:
    assert how_sure(assertion("post:1", "support", sure)) == words


def test_nothing_is_rounded_to_certainty() -> None:
    assert [percent(one) for one in (0, 0.004, 0.996, 1)] == ["0%", "under 1%", "over 99%", "100%"]


@pytest.mark.parametrize(
    ("agreeing", "readings", "words"),
    [
        (2, 2, "2 of 2 readings agree"),
        (2, 3, "2 of 3 readings agree"),
        (1, 1, "one reading"),
    ],
)
def test_readings_are_counted_and_never_a_percentage(
    agreeing: int, readings: int, words: str
) -> None:
    assert how_sure(read("post:1", "denial", agreeing, readings)) == words


def test_readings_that_differ_say_how() -> None:
    reason = "read as support beside the others, as context by itself"
    torn = read("post:1", None, 1).model_copy(update={"reason": reason})
    assert how_sure(torn) == f"the two readings differ: {reason}"
    third = read("post:1", None, 2, 3).model_copy(update={"reason": reason})
    assert how_sure(third) == f"2 of 3 readings agree: {reason}"


def test_what_was_measured_and_counted_is_both() -> None:
    agreement = read("post:1", "support").agreement
    both = assertion("post:1", "support", 0.8).model_copy(update={"agreement": agreement})
    assert how_sure(both) == "likely, 80%; 2 of 2 readings agree"


def test_where_nothing_is_known_nothing_is_said_in_any_form() -> None:
    assert [how_sure(one) for one in UNMEASURED] == ["", "", "it is too vague"]
    made = comparison(LOCK.claims, (dispute("The lock is sound.", *UNMEASURED),))
    for form in ("text", "markdown", "csv", "assertions-csv", "jsonld"):
        text = render(made, form, everything=True)
        assert "%" not in text.replace("100%", "")
        assert "reading" not in text.split("\n", 1)[1] or form.endswith("csv")
    assert 'class="sure"' not in render(made, "html")
    assert len(FORMS) > 5


def test_the_surest_come_first_by_probability_then_by_readings_then_as_given() -> None:
    given = (
        Assertion(claim_id="post:1", stance="support"),
        read("post:3", "support", 2, 3),
        read("post:4", "support"),
        assertion("post:5", "support", 0.4),
        assertion("post:6", "support", 0.9),
    )
    made = comparison(LOCK.claims, (dispute("The lock is sound.", *given),))
    placed = in_reading_order(made.disputes[0], made)
    assert [one.claim.id for one in placed] == ["post:6", "post:5", "post:4", "post:3", "post:1"]


def test_what_all_of_a_side_have_alike_is_said_once_in_text() -> None:
    sides = (read("post:1", "support"), read("post:3", "denial"), read("post:4", "support"))
    text = render(comparison(LOCK.claims, (dispute("It is.", *sides),)), "text")
    assert "Support (each: 2 of 2 readings agree)" in text
    assert "- Ines Quill: The north lock is sound." in text
    assert text.count("2 of 2 readings agree") == 2
