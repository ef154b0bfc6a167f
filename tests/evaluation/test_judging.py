"""Stances by models of either kind: what is asked, named and counted."""

from dataclasses import replace
from pathlib import Path

import pytest

from claimcompare.evaluation import Evaluation, TaskName
from claimcompare.evaluation.outcomes import StanceOutcome
from tests.evaluation.making import measured, put_rows, small, stance_row
from tests.evaluation.model import Model, claim_of, likely, steady
from tests.llm.server import Reply, Seen

THREE = ("s1", "s2", "s3")
NO_PROBABILITIES = ("brier", "calibration_error", "risk_coverage_area")


def stances(evaluation: Evaluation) -> list[StanceOutcome]:
    return [one for one in evaluation.outcomes if isinstance(one, StanceOutcome)]


def three(folder: Path) -> Path:
    """Three claims about one proposition."""
    return put_rows(folder / "gold.jsonl", [stance_row(one, "support") for one in THREE])


def asked(folder: Path, model: Model) -> str:
    """What a model is asked about a claim of somebody."""
    seen: list[str] = []

    def noting(request: Seen) -> Reply:
        seen.append(request.user)
        return model(request)

    row = {**stance_row("gold-is-support", "support"), "speaker": "Cleo Dahl"}
    measured("stance", put_rows(folder / "gold.jsonl", [row]), noting)
    (user,) = seen
    return user


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("attribution", ["extract"]),
        ("stance", ["classify"]),
        ("pairs", ["pair"]),
        ("compare", ["extract", "pair", "classify"]),
    ],
)
def test_the_result_of_a_small_model_names_the_prompts_of_small_models(
    tmp_path: Path, task: TaskName, names: list[str]
) -> None:
    data, _ = small(task, tmp_path)
    mute = Model(small=True, stances={claim_of(one): likely("context") for one in ("s1", "s2")})
    found = measured(task, data, mute)
    assert [one.name for one in found.prompts] == [f"small/{name}" for name in names]


def test_a_claim_is_put_to_the_model_with_its_speaker_and_without_the_id_of_its_item(
    tmp_path: Path,
) -> None:
    model = Model(stances={claim_of("gold-is-support"): likely("support")})
    user = asked(tmp_path, model)
    said = claim_of("gold-is-support")
    assert user.startswith("an article")
    assert f"\n[1] Cleo Dahl: {said}\n" in user
    assert user.replace(said, "").count("gold-is-support") == 0


def test_stances_of_a_model_that_reads_have_no_probabilities_and_are_rated(tmp_path: Path) -> None:
    found = measured("stance", three(tmp_path), steady(*THREE))
    assert [one.stance for one in stances(found)] == ["support", "denial", "context"]
    assert [one.probabilities for one in stances(found)] == [None] * 3
    figures = found.figures.figures
    assert (figures["accuracy"].value, figures["macro_f1"].value) == (0.333333, 0.166667)
    assert (figures["abstention_rate"].value, figures["with_probabilities"].value) == (0, 0)
    assert found.usage.calls == 1


def test_items_of_a_document_are_asked_about_together_and_a_failure_costs_them_alone(
    tmp_path: Path,
) -> None:
    ids = ("s1", "s2", "s3", "s4", "s5")
    rows = [stance_row(one, "support", f"d{at % 2}") for at, one in enumerate(ids)]
    model = replace(steady(*ids), down=["of s4"])
    found = measured("stance", put_rows(tmp_path / "gold.jsonl", rows), model)
    assert [one.stance for one in stances(found)] == ["support", None, "context", None, "denial"]
    assert [one.status == "failed" for one in found.outcomes] == [False, True, False, True, False]
    assert found.usage.calls == 1


def test_figures_that_need_probabilities_say_why_they_are_none(tmp_path: Path) -> None:
    found = measured("stance", three(tmp_path), steady(*THREE))
    figures = {name: found.figures.figures[name] for name in NO_PROBABILITIES}
    assert {one.value for one in figures.values()} == {None}
    assert {one.reason for one in figures.values()} == {"no item has probabilities"}
    assert found.risk_coverage is None
    assert found.figures.figures["accuracy"].reason is None


def test_stances_of_a_small_model_have_probabilities(tmp_path: Path) -> None:
    found = measured("stance", three(tmp_path), steady(*THREE, small=True))
    assert [one.stance for one in stances(found)] == ["support", "denial", "context"]
    assert all(one.probabilities for one in stances(found))
    figures = found.figures.figures
    assert {figures[name].reason for name in NO_PROBABILITIES} == {None}
    assert all(figures[name].value is not None for name in NO_PROBABILITIES)
