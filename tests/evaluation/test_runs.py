"""Each task from a data file to its figures, which are worked out here by hand."""

from pathlib import Path

import pytest

from claimcompare.evaluation import Evaluation
from claimcompare.evaluation.outcomes import Counts, PairOutcome
from tests.evaluation.making import (
    article_row,
    measured,
    objection,
    pair_row,
    put_event,
    put_rows,
    reading,
    stance_row,
    values,
)
from tests.evaluation.model import Model, claim_of, likely

STANCES = ["support", "denial", "support", "support", "denial", "context", "denial"]
SIDES = ("support", "denial", "context")
ANSWERS = Model(
    stances={
        claim_of("s1"): likely("support"),
        claim_of("s2"): likely("denial"),
        claim_of("s3"): likely("context"),
        claim_of("s4"): likely("support", 0.4),
        claim_of("s5"): likely("denial", 0.4),
        claim_of("s6"): likely("context", 0.4),
    },
    down=["of s7"],
    small=True,
)


def stances(folder: Path) -> Evaluation:
    """Three right, one wrong, two abstained, all of these nearest to what is right, one failed."""
    rows = [stance_row(f"s{at}", one, f"d{at % 2}") for at, one in enumerate(STANCES, start=1)]
    return measured("stance", put_rows(folder / "gold.jsonl", rows), ANSWERS)


def test_abstained_and_failed_stances_are_shown_and_count_as_errors(tmp_path: Path) -> None:
    found = stances(tmp_path)
    statuses = [one.status for one in found.outcomes]
    assert statuses == [*["answered"] * 3, *["abstained"] * 2, "answered", "failed"]
    assert (found.figures.items, found.figures.documents) == (7, 2)
    assert (found.figures.failed, found.figures.abstained) == (1, 2)
    assert found.figures.headline == "macro_f1"
    assert values(found, "macro_f1", "accuracy", "abstention_rate") == pytest.approx(
        [5 / 9, 3 / 7, 2 / 7], abs=1e-6
    )


def test_each_stance_has_its_rates(tmp_path: Path) -> None:
    found = stances(tmp_path)
    names = [f"{stance}_{rate}" for stance in SIDES for rate in ("precision", "recall", "f1")]
    by_hand = [1, 1 / 3, 1 / 2, 1, 1 / 3, 1 / 2, 1 / 2, 1, 2 / 3]
    assert values(found, *names) == pytest.approx(by_hand, abs=1e-6)


def test_probabilities_are_scored_without_the_item_that_failed(tmp_path: Path) -> None:
    names = ("brier", "calibration_error", "with_probabilities")
    by_hand = [3.365 / 6, (0.7 + 1.8) / 6, 6 / 7]
    assert values(stances(tmp_path), *names) == pytest.approx(by_hand, abs=1e-4)


def test_the_risk_rises_to_that_of_all_items_with_the_one_that_failed_last(tmp_path: Path) -> None:
    found = stances(tmp_path)
    curve = found.risk_coverage or ()
    assert [one.confidence for one in curve] == [0.9, 0.4, None]
    assert [one.coverage for one in curve] == pytest.approx([3 / 7, 6 / 7, 1])
    assert [one.risk for one in curve] == pytest.approx([1 / 3, 1 / 6, 2 / 7])
    assert values(found, "risk_coverage_area") == pytest.approx([(1.5 + 2 / 7) / 7], abs=1e-6)


def test_the_confusion_counts_every_item_once(tmp_path: Path) -> None:
    empty = {"support": 0, "denial": 0, "context": 0, "abstained": 0, "failed": 0}
    assert stances(tmp_path).confusion == {
        "support": {**empty, "support": 1, "context": 1, "abstained": 1},
        "denial": {**empty, "denial": 1, "abstained": 1, "failed": 1},
        "context": {**empty, "context": 1},
    }


def test_items_that_failed_or_abstained_say_why_and_others_do_not(tmp_path: Path) -> None:
    *others, failed = stances(tmp_path).outcomes
    assert "out of order at of s7" in (failed.reason or "")
    assert [one.status for one in others if one.reason] == ["abstained"] * 2
    assert {one.status for one in others if not one.reason} == {"answered"}


def test_calls_and_tokens_of_all_items_are_added_up(tmp_path: Path) -> None:
    usage = stances(tmp_path).usage
    assert (usage.calls, usage.prompt_tokens, usage.completion_tokens) == (6, 66, 30)


def test_what_is_unrelated_is_put_to_no_model_and_is_in_no_figure(tmp_path: Path) -> None:
    rows = [stance_row("s1", "support"), stance_row("s2", "unrelated")]
    found = measured("stance", put_rows(tmp_path / "gold.jsonl", rows), ANSWERS)
    assert [one.id for one in found.outcomes] == ["s1"]
    assert (found.data.available, found.usage.calls) == (1, 1)


def test_pairs_that_failed_are_wrong_on_either_side(tmp_path: Path) -> None:
    gold = {"p1": True, "p2": True, "p3": False, "p4": True, "p5": False, "p6": False}
    model = Model(objections=[objection("p1"), objection("p3")], down=["of p4", "of p5"])
    rows = [pair_row(one, opposed=opposed) for one, opposed in gold.items()]
    found = measured("pairs", put_rows(tmp_path / "gold.jsonl", rows), model)
    outcomes = [one for one in found.outcomes if isinstance(one, PairOutcome)]
    assert [one.opposed for one in outcomes] == [True, False, True, False, False, False]
    assert [one.id for one in outcomes if one.status == "failed"] == ["p4", "p5"]
    assert [bool(one.reason) for one in outcomes] == [False, False, False, True, True, False]
    assert "out of order at of p4" in (outcomes[3].reason or "")
    names = ("f1", "precision", "recall", "candidate_recall")
    assert values(found, *names) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1], abs=1e-6)
    assert (found.figures.headline, found.figures.failed) == ("f1", 2)


def test_a_pair_that_the_model_was_not_asked_about_is_no_candidate(tmp_path: Path) -> None:
    plain = {"id": "p2", "one": "The road is open.", "other": "Ben Ives sleeps.", "opposed": True}
    data = put_rows(tmp_path / "gold.jsonl", [pair_row("p1", opposed=True), plain])
    stances = dict(zip(objection("p1"), (likely("denial"), likely("support")), strict=True))
    found = measured("pairs", data, Model(stances=stances, small=True))
    assert [one.status for one in found.outcomes] == ["answered", "answered"]
    assert values(found, "candidate_recall", "recall", "f1") == pytest.approx([1 / 2, 1 / 2, 2 / 3])
    assert [one.model_dump()["candidate"] for one in found.outcomes] == [True, False]


ARTICLES = [
    article_row(
        "a",
        ("Ada Holm said the bridge is safe.", "Ada Holm"),
        ("Ben Ives said the road is closed.", "Ben Ives"),
        ("Cleo Dahl wrote the river is high.", None),
    ),
    article_row(
        "b",
        ("Dora Engel said the school is open.", "Dora Engel"),
        ("Fritz Gral came; the school, he said, is small.", "Fritz Gral"),
    ),
    article_row("c", ("Gerd Uhl said the mill is old.", "Gerd Uhl")),
]
READER = Model(
    claims={
        "Ada Holm said the bridge is safe.": ("Ada Holm", "The bridge is safe."),
        "Cleo Dahl wrote the river is high.": ("Cleo Dahl", "The river is high."),
        "Dora Engel said the school is open.": ("Dora Engel", "The school is open."),
        "Fritz Gral came; the school, he said, is small.": ("Dora Engel", "The school is small."),
    },
    down=["the mill"],
)


def test_attributions_are_scored_by_sentence_and_by_speaker(tmp_path: Path) -> None:
    found = measured("attribution", put_rows(tmp_path / "gold.jsonl", ARTICLES), READER)
    by_hand = {
        "sentence_precision": 3 / 4,
        "sentence_recall": 3 / 5,
        "sentence_f1": 6 / 9,
        "speaker_precision": 2 / 4,
        "speaker_recall": 2 / 5,
        "speaker_f1": 4 / 9,
        "speaker_accuracy": 2 / 3,
    }
    assert values(found, *by_hand) == pytest.approx(list(by_hand.values()), abs=1e-6)
    assert set(found.figures.figures) == set(by_hand)
    assert (found.figures.headline, found.figures.failed) == ("speaker_f1", 1)


def test_an_article_whose_call_failed_misses_what_it_holds(tmp_path: Path) -> None:
    found = measured("attribution", put_rows(tmp_path / "gold.jsonl", ARTICLES), READER)
    failed = found.outcomes[2].model_dump()
    assert (failed["id"], failed["status"], failed["failed"]) == ("c", "failed", 1)
    assert Counts.model_validate(failed["pairs"]) == Counts(missed=1)
    assert "out of order at the mill" in failed["reason"]
    assert [one.status for one in found.outcomes[:2]] == ["answered", "answered"]


def test_whole_comparisons_are_scored_by_claims_disputes_and_stances(tmp_path: Path) -> None:
    events = ("north", "south", "west")
    for event in events:
        put_event(tmp_path, event)
    found = measured("compare", tmp_path, reading(*events, seeing=["north"], down=["the west"]))
    assert [one.status for one in found.outcomes] == ["answered", "answered", "failed"]
    by_hand = {
        "claim_precision": 1,
        "claim_recall": 4 / 6,
        "claim_f1": 8 / 10,
        "dispute_precision": 1,
        "dispute_recall": 1 / 3,
        "dispute_f1": 2 / 4,
        "stance_accuracy": 1,
    }
    assert values(found, *by_hand) == pytest.approx(list(by_hand.values()), abs=1e-6)
    assert set(found.figures.figures) == set(by_hand)
    assert found.figures.headline == "dispute_f1"
    assert "out of order at the west" in (found.outcomes[2].reason or "")


def test_a_comparison_of_which_one_call_failed_counts_with_what_it_found(tmp_path: Path) -> None:
    for event in ("north", "south"):
        put_event(tmp_path, event)
    down = ["] Ben Ives: Nobody calls the north"]
    model = reading("north", "south", seeing=["south"], down=down)
    north = measured("compare", tmp_path, model).outcomes[0].model_dump()
    assert (north["status"], north["claims"]["right"]) == ("failed", 2)
    assert north["disputes"]["missed"] == 1
    assert "out of order at ] Ben Ives" in north["reason"]
