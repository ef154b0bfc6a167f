"""What is drawn once and evaluated later, and results that were changed on disk."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from claimcompare.errors import GoldError, LLMError
from claimcompare.evaluation import Evaluation, diff, draw, evaluate, read_relations
from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from tests.evaluation.making import (
    FEW,
    PROMPTS,
    measured,
    put_rows,
    serving,
    stance_row,
    with_prompt,
)
from tests.evaluation.model import steady
from tests.llm.server import fails

Change = Callable[[dict[str, Any]], object]
SHIPPED = (PROMPTS / "classify.md").read_text(encoding="utf-8")
TWO = [stance_row("s1", "support", "d1"), stance_row("s2", "denial", "d2")]


def test_a_sample_keeps_its_settings(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", TWO)
    sample = draw("stance", data, FEW.model_copy(update={"limit": 1, "seed": 5}))
    with serving(steady("s1", "s2")) as llm:
        found = evaluate("stance", sample, llm=llm)
    assert (found.settings.limit, found.settings.seed, found.figures.seed) == (1, 5, 5)


def test_a_sample_is_of_one_task_and_of_its_settings(tmp_path: Path) -> None:
    sample = draw("stance", put_rows(tmp_path / "gold.jsonl", TWO), FEW)
    llm = LLM("m")
    with pytest.raises(ValueError, match="drawn for 'stance'"):
        evaluate("pairs", sample, llm=llm)
    with pytest.raises(ValueError, match="drawn for 'stance'"):
        evaluate("stance", sample, llm=llm, settings=FEW.model_copy(update={"seed": 9}))


def test_no_result_says_where_prompts_or_data_lay(tmp_path: Path) -> None:
    text = re.sub(r"version: \d+", "version: 9000", SHIPPED)
    settings = with_prompt(tmp_path / "mine", "classify", text)
    data = put_rows(tmp_path / "gold.jsonl", [*TWO, stance_row("s3", "maybe")])
    found = measured("stance", data, steady("s1", "s2"), settings)
    assert found.prompts[0].version == "9000"
    assert found.data.bad_rows
    assert tmp_path.name not in found.model_dump_json()


def test_unrelated_rows_are_counted_and_no_copies(tmp_path: Path) -> None:
    odd = [{**stance_row(name, "unrelated"), "claim": "Rain fell."} for name in ("u1", "u2")]
    data = put_rows(tmp_path / "gold.jsonl", [*TWO, *odd])
    found = draw("stance", data).data
    assert (found.available, found.copies, found.unrelated) == (2, 0, 2)
    assert read_relations(data).copies == 1


def test_an_item_that_needs_no_call_hides_no_broken_endpoint(tmp_path: Path) -> None:
    same = {**TWO[0], "id": "same", "claim": TWO[0]["proposition"]}
    data = put_rows(tmp_path / "gold.jsonl", [same, *TWO])
    with (
        serving(lambda _: fails(404)) as llm,
        pytest.raises(LLMError, match="no call was answered"),
    ):
        evaluate("stance", data, llm=llm, settings=FEW)


def changed(folder: Path, change: Change) -> str:
    """An evaluation that somebody has edited."""
    found = measured("stance", put_rows(folder / "gold.jsonl", TWO), steady("s1", "s2"))
    loaded = json.loads(found.model_dump_json())
    change(loaded)
    return json.dumps(loaded)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda one: one.update(task="pairs"), "none of the task 'pairs'"),
        (lambda one: one["outcomes"].append(one["outcomes"][0]), "the same id"),
        (lambda one: one["figures"].update(headline="luck"), "'luck' is missing"),
    ],
    ids=["task", "twice", "headline"],
)
def test_an_evaluation_that_does_not_fit_together_is_none(
    tmp_path: Path, change: Change, fault: str
) -> None:
    with pytest.raises(ValidationError, match=fault):
        Evaluation.model_validate_json(changed(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["outcomes"].pop(),
        lambda one: one["outcomes"][0].update(id="other"),
        lambda one: one["outcomes"][0].update(document="other"),
    ],
    ids=["cut", "id", "document"],
)
def test_outcomes_of_other_items_are_not_compared(tmp_path: Path, change: Change) -> None:
    whole, other = (
        Evaluation.model_validate_json(changed(tmp_path, how)) for how in (lambda _: None, change)
    )
    with pytest.raises(GoldError, match="not of the same items"):
        diff(whole, other)


def test_a_prompt_that_only_one_run_names_has_changed(tmp_path: Path) -> None:
    before, after = (
        Evaluation.model_validate_json(changed(tmp_path, how))
        for how in (lambda one: one.update(prompts=[]), lambda _: None)
    )
    version = load_prompt("classify").version
    assert diff(before, after).changed == (f"prompt classify: version none → {version}",)
    assert diff(after, before).changed == ()
