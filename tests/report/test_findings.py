"""What a result says of itself: what was found, by what kind of model, and no more than that."""

import json
from pathlib import Path

import pytest

from claimcompare.report import Format, render
from claimcompare.report.findings import EMBEDDED, closing, measured, small_note
from claimcompare.report.text import to_text
from tests.report import LOCK, comparison, small

FORMS: tuple[Format, ...] = ("text", "markdown", "html")
NOTE = (
    "A small model read this. The sides that it gives are often wrong, and it overlooks disputes. "
    "It found 1 dispute here, and left open where 1 of 5 claims in dispute stand (20%). "
    "How often it was wrong where that was measured is in the README."
)


def first_screen(text: str) -> str:
    return " ".join(text.partition("<body")[2].split() or text.split())[:1000]


@pytest.mark.parametrize("form", FORMS)
def test_a_small_models_result_says_so_on_its_first_screen(form: Format) -> None:
    assert NOTE in first_screen(render(small(LOCK), form)).replace("\\", "")
    assert "small model" not in first_screen(render(LOCK, form))


def test_a_notebook_says_it_too() -> None:
    assert NOTE in (small(LOCK)._repr_html_() or "")


def test_what_a_small_model_did_not_find_is_not_said_to_be_absent() -> None:
    note = small_note(small(comparison(LOCK.claims)))
    assert "It found no dispute here. How often" in note
    assert small_note(LOCK) == ""


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_said_to_agree_because_nothing_was_found(form: Format) -> None:
    for made in (LOCK, comparison(LOCK.claims)):
        text = render(made, form)
        assert "obody" not in text
        assert "for which no contradiction was found" in text or form == "text"
    quiet = render(comparison(LOCK.claims), form)
    assert "No contradiction was found between these claims." in quiet


def test_the_judge_is_named_where_it_is_another_model() -> None:
    assert closing(LOCK).endswith("model tiny.")
    provenance = LOCK.provenance.model_copy(update={"judge": "large"})
    judged = LOCK.model_copy(update={"provenance": provenance})
    assert closing(judged).endswith("model tiny, judge large.")
    assert "<dt>Judge</dt><dd><bdi>large</bdi></dd>" in render(judged, "html")


def test_the_measured_error_is_the_one_that_the_baseline_holds() -> None:
    baseline = json.loads(Path("tests/evaluation/baseline/compare.json").read_bytes())
    disputes = [one["disputes"] for one in baseline["outcomes"]]
    right, wrong, missed = (
        sum(one[name] for one in disputes) for name in ("right", "wrong", "missed")
    )
    assert EMBEDDED[:3] == (right + missed, right, right + wrong)
    assert round(baseline["figures"]["figures"]["stance_accuracy"]["value"], 2) == EMBEDDED.sides


@pytest.mark.parametrize("form", FORMS)
def test_only_of_the_embedded_model_the_measured_error_is_told(form: Format) -> None:
    made = small(LOCK)
    assert measured(made) is None
    embedded = made.provenance.model_copy(update={"model": "local"})
    told = made.model_copy(update={"provenance": embedded})
    assert measured(told) == EMBEDDED
    shown = first_screen(render(told, form)).replace("\\", "")
    assert "it found 2 of 19 disputes and named 2 that are none; 39%" in shown
    assert measured(LOCK) is None


def test_the_whole_text_says_what_is_known_of_claims_in_no_dispute() -> None:
    heading = "In no dispute: 1 claim for which no contradiction was found."
    assert heading in to_text(LOCK, everything=True)
    assert heading in to_text(LOCK)
