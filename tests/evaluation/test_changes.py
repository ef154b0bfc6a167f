"""What is said to have changed between two evaluations, and when they are not compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimcompare.errors import GoldError
from claimcompare.evaluation import Evaluation, EvaluationDiff, diff, dropped
from tests.evaluation.making import measured, pair_row, put_rows, small, stance_row, two_runs
from tests.evaluation.model import Model, steady

Compared = Callable[[Evaluation, Evaluation], object]


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Evaluation, Evaluation]:
    return two_runs(tmp_path)


Runs = tuple[Evaluation, Evaluation]


def changed(before: Evaluation, after: Evaluation) -> list[str]:
    """What was changed, and that it was for one reason at a time."""
    return list(diff(before, after).changed)


def test_differences_are_after_less_before(runs: Runs) -> None:
    found = diff(*runs).differences
    moves = {name: found.differences[name].value for name in ("macro_f1", "accuracy")}
    assert moves == pytest.approx({"macro_f1": 0.4 - 0.25, "accuracy": 1 / 3}, abs=1e-6)
    assert (found.headline, found.items, found.documents) == ("macro_f1", 3, 3)
    assert (found.resamples, found.seed) == (20, 0)


def test_flips_are_the_items_that_moved(runs: Runs) -> None:
    (flip,) = diff(*runs).flips
    assert flip.model_dump() == {
        "id": "s2",
        "document": "d-s2",
        "gold": "support",
        "before": "denial",
        "after": "support",
        "better": True,
    }


def test_a_run_does_not_differ_from_itself(runs: Runs) -> None:
    found = diff(runs[0], runs[0])
    assert (found.changed, found.flips) == ((), ())
    assert {one.value for one in found.differences.differences.values()} <= {0.0, None}


def test_a_difference_is_read_back_from_its_json(runs: Runs) -> None:
    found = diff(*runs)
    assert EvaluationDiff.model_validate_json(found.model_dump_json()) == found


def test_evaluations_read_from_json_are_compared_as_those_just_made(runs: Runs) -> None:
    read = [Evaluation.model_validate_json(one.model_dump_json()) for one in runs]
    assert diff(*read) == diff(*runs)


def test_another_model_is_named(runs: Runs) -> None:
    other = runs[0].model_copy(update={"model": "large"})
    assert changed(runs[0], other) == ["model m → large"]


def test_another_version_of_the_library_is_named(runs: Runs) -> None:
    other = runs[0].model_copy(update={"claimcompare": "9.9"})
    assert changed(runs[0], other) == [f"claimcompare {runs[0].claimcompare} → 9.9"]


def test_other_settings_are_named(runs: Runs) -> None:
    compare = runs[0].settings.compare.model_copy(update={"abstain_below": 0.75})
    settings = runs[0].settings.model_copy(update={"compare": compare})
    (change,) = changed(runs[0], runs[0].model_copy(update={"settings": settings}))
    before, _, after = change.partition(" → ")
    assert before.startswith("settings ")
    assert ("abstain_below=0.5" in before, "abstain_below=0.75" in after) == (True, True)


@pytest.mark.parametrize("given", ["another", None])
def test_another_text_of_a_prompt_is_named_even_under_the_same_version(
    runs: Runs, given: str | None
) -> None:
    known = runs[0].prompts[0]
    version = given or known.version
    edition = known.model_copy(update={"version": version, "sha256": "0" * 64})
    other = runs[0].model_copy(update={"prompts": (edition,)})
    assert changed(runs[0], other) == [f"prompt classify: version {known.version} → {version}"]


def test_all_that_was_changed_is_named(runs: Runs) -> None:
    other = runs[0].model_copy(update={"claimcompare": "9.9", "model": "large"})
    assert [one.split()[0] for one in changed(runs[0], other)] == ["claimcompare", "model"]


def fault(compared: Compared, one: Evaluation, other: Evaluation) -> str:
    with pytest.raises(GoldError) as caught:
        compared(one, other)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("compared", [diff, dropped])
def test_evaluations_of_other_items_are_not_compared(
    compared: Compared, runs: Runs, tmp_path: Path
) -> None:
    data = put_rows(tmp_path / "more.jsonl", [stance_row("s1", "support")])
    other = measured("stance", data, steady("s1"))
    here, there = (one.data.sha256[:8] for one in (runs[0], other))
    assert fault(compared, runs[0], other) == (
        f"the evaluations are not of the same items: 3 of gold.jsonl (items {here}), and "
        f"1 of more.jsonl (items {there}); evaluate the same data with the same --limit and --seed"
    )


@pytest.mark.parametrize("compared", [diff, dropped])
def test_evaluations_of_other_tasks_are_not_compared(
    compared: Compared, runs: Runs, tmp_path: Path
) -> None:
    other = measured("pairs", *small("pairs", tmp_path))
    expected = "one evaluation is of 'stance', the other of 'pairs'"
    assert fault(compared, runs[0], other) == expected


def test_a_name_of_data_stays_on_one_line_of_the_fault(runs: Runs) -> None:
    data = runs[0].data.model_copy(update={"name": "a\nb\x1b[2J.jsonl", "sha256": "0"})
    other = runs[0].model_copy(update={"data": data})
    with pytest.raises(GoldError) as caught:
        diff(runs[0], other)
    assert str(caught.value).isprintable()


def test_a_drop_is_above_zero_and_a_rise_below(runs: Runs) -> None:
    worse, better = runs
    assert dropped(better, worse) == pytest.approx(0.15)
    assert dropped(worse, better) == pytest.approx(-0.15)
    assert dropped(worse, worse) == 0


def test_a_headline_that_is_not_defined_counts_as_nothing(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [pair_row("p1", opposed=False)])
    none = measured("pairs", data, Model())
    headline = none.figures.figures["f1"]
    assert headline.value is None
    figures = none.figures.model_copy(
        update={"figures": {"f1": headline.model_copy(update={"value": 0.75})}}
    )
    some = none.model_copy(update={"figures": figures})
    assert (dropped(some, none), dropped(none, some)) == (0.75, -0.75)
    assert diff(none, none).differences.differences["f1"].value is None
