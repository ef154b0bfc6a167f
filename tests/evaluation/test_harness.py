"""`evaluate`: what it draws, records and tells, and when it refuses."""

import csv
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.errors import GoldError, LLMError, PromptError
from claimcompare.evaluation import Evaluation, EvaluationSettings, TaskName
from claimcompare.evaluation.gold import GoldItem
from claimcompare.evaluation.harness import _drawn
from claimcompare.prompts import load_prompt
from tests.evaluation.making import (
    FEW,
    PROMPTS,
    Row,
    measured,
    put_rows,
    small,
    stance_row,
    with_prompt,
)
from tests.evaluation.model import Model, claim_of, likely, steady

TASKS: tuple[TaskName, ...] = ("attribution", "stance", "pairs", "compare")
NAMED: dict[TaskName, list[str]] = {
    "attribution": ["extract"],
    "stance": ["classify"],
    "pairs": ["pair"],
    "compare": ["extract", "speakers", "pair", "join", "classify"],
}
SHIPPED = (PROMPTS / "classify.md").read_text(encoding="utf-8")
TEN = [f"s{at}" for at in range(10)]


def ten(folder: Path, limit: int | None = None, seed: int = 0) -> Evaluation:
    """Of ten items as many as the limit allows."""
    data = put_rows(folder / "ten.jsonl", [stance_row(one, "support", one) for one in TEN])
    settings = FEW.model_copy(update={"limit": limit, "seed": seed})
    return measured("stance", data, steady(*TEN), settings)


def ids(evaluation: Evaluation) -> list[str]:
    return [one.id for one in evaluation.outcomes]


@pytest.mark.parametrize("task", TASKS)
def test_the_result_is_read_back_from_its_json(task: TaskName, tmp_path: Path) -> None:
    found = measured(task, *small(task, tmp_path))
    assert Evaluation.model_validate_json(found.model_dump_json()) == found
    assert {one.status for one in found.outcomes} == {"answered", "failed"}


@pytest.mark.parametrize("task", TASKS)
def test_the_result_names_the_prompts_of_the_task_and_their_hashes(
    task: TaskName, tmp_path: Path
) -> None:
    found = measured(task, *small(task, tmp_path))
    assert [one.name for one in found.prompts] == NAMED[task]
    for one in found.prompts:
        shipped = load_prompt(one.name)  # type: ignore[arg-type]
        assert (one.version, one.sha256) == (shipped.version, shipped.sha256)
    assert (found.task, found.model, found.settings) == (task, "m", FEW)


def test_a_prompt_of_the_users_is_used_and_recorded(tmp_path: Path) -> None:
    data, model = small("stance", tmp_path)
    prompts, text = tmp_path / "prompts", re.sub(r"version: \d+", "version: mine", SHIPPED)
    (edition,) = measured("stance", data, model, with_prompt(prompts, "classify", text)).prompts
    (shipped,) = measured("stance", data, model).prompts
    assert (edition.version, edition.sha256 != shipped.sha256) == ("mine", True)
    changed = with_prompt(prompts, "classify", f"{text}!")
    (other,) = measured("stance", data, model, changed).prompts
    assert other.sha256 != edition.sha256


def test_an_unreadable_prompt_is_told_before_any_item_is_done(tmp_path: Path) -> None:
    data, model = small("stance", tmp_path)
    told: list[int] = []
    settings = with_prompt(tmp_path / "prompts", "classify", SHIPPED)
    (tmp_path / "prompts" / "classify.md").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PromptError, match=r"classify\.md"):
        measured("stance", data, model, settings, lambda done, _: told.append(done))
    assert not told


def test_the_same_seed_draws_the_same_items_and_another_draws_others(tmp_path: Path) -> None:
    first, again, other = (ids(ten(tmp_path, 4, seed)) for seed in (7, 7, 8))
    assert len(first) == 4
    assert first == again != other


def test_what_is_drawn_is_counted_against_what_is_there(tmp_path: Path) -> None:
    found = ten(tmp_path, 4)
    assert (found.data.available, found.figures.items, found.figures.seed) == (10, 4, 0)


@pytest.mark.parametrize("limit", [None, 10, 11])
def test_a_limit_that_leaves_nothing_out_takes_all(tmp_path: Path, limit: int | None) -> None:
    assert ids(ten(tmp_path, limit, seed=3)) == TEN


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 2**40), st.randoms())
def test_a_sample_is_as_large_as_asked_for_and_in_the_order_of_the_data(
    size: int, limit: int, seed: int, chance: random.Random
) -> None:
    items = [GoldItem(id=f"{at}", document="d") for at in range(size)]
    chance.shuffle(items)
    sample = _drawn(items, EvaluationSettings(limit=limit, seed=seed))
    places = [items.index(one) for one in sample]
    assert places == sorted(set(places))
    assert len(sample) == min(size, limit)


@pytest.mark.parametrize("task", TASKS)
def test_done_items_are_told_up_to_the_last(task: TaskName, tmp_path: Path) -> None:
    data, model = small(task, tmp_path)
    told: list[tuple[int, int]] = []
    found = measured(task, data, model, FEW, lambda *both: told.append(both))
    total = len(found.outcomes)
    assert [both for both in told if both[0]] == [(done, total) for done in range(1, total + 1)]


def test_items_that_are_judged_together_are_told_as_items(tmp_path: Path) -> None:
    ids = ("s1", "s2", "s3", "s4")
    rows = [stance_row(one, "support", one) for one in ids]
    data = put_rows(tmp_path / "stance.jsonl", rows)
    told: list[tuple[int, int]] = []
    found = measured("stance", data, steady(*ids), FEW, lambda *both: told.append(both))
    total = len(found.outcomes)
    assert {known for _, known in told} == {total}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (total, total)


@pytest.mark.parametrize("task", TASKS)
def test_without_any_answer_the_first_reason_is_told(task: TaskName, tmp_path: Path) -> None:
    data, _ = small(task, tmp_path)
    first = {"stance": "of s1", "pairs": "of p1", "attribution": "north", "compare": "north"}[task]
    others = ["of s", "of p", "south"]
    with pytest.raises(LLMError) as caught:
        measured(task, data, Model(down=[first, *others]))
    assert f"out of order at {first}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_how_many_items_had_no_answer_is_told(tmp_path: Path) -> None:
    data, _ = small("pairs", tmp_path)
    with pytest.raises(LLMError, match=r"^no call was answered, 3 failed; the first: "):
        measured("pairs", data, Model(down=["bridge"]))


def hash_of(path: Path, rows: list[Row]) -> str:
    model = Model(stances={row["claim"]: likely("support") for row in rows})
    return measured("stance", put_rows(path, rows), model).data.sha256


ROWS = [stance_row("s1", "support"), stance_row("s2", "denial")]


@pytest.mark.parametrize("column", ["id", "document", "proposition", "claim", "stance", "speaker"])
def test_the_hash_changes_with_any_column_of_an_item(tmp_path: Path, column: str) -> None:
    new = "context" if column == "stance" else "Something else"
    changed = [ROWS[0], {**ROWS[1], column: new}]
    assert hash_of(tmp_path / "a.jsonl", changed) != hash_of(tmp_path / "a.jsonl", ROWS)


def test_the_hash_changes_with_the_order_and_the_sample(tmp_path: Path) -> None:
    hashes = {hash_of(tmp_path / "a.jsonl", rows) for rows in (ROWS, ROWS[::-1], ROWS[:1])}
    assert len(hashes) == 3
    assert len({ten(tmp_path, 4, seed).data.sha256 for seed in (7, 8, 7)}) == 2


def test_the_name_and_form_of_the_file_do_not_change_the_hash(tmp_path: Path) -> None:
    known = hash_of(tmp_path / "a.jsonl", ROWS)
    assert hash_of(tmp_path / "b.jsonl", ROWS) == known
    with (tmp_path / "c.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(ROWS[0]))
        table.writeheader()
        table.writerows(ROWS)
    found = measured("stance", tmp_path / "c.csv", steady("s1", "s2"))
    assert (found.data.name, found.data.sha256) == ("c.csv", known)


def test_the_name_of_the_file_does_not_change_the_hash_of_rows_without_ids(tmp_path: Path) -> None:
    rows = [{name: row[name] for name in row if name != "id"} for row in ROWS]
    assert hash_of(tmp_path / "a.jsonl", rows) == hash_of(tmp_path / "b.jsonl", rows)


def test_bad_rows_and_copies_reach_the_result(tmp_path: Path) -> None:
    odd = stance_row("s3", "perhaps")
    copy = {**ROWS[0], "id": "s4"}
    data = put_rows(tmp_path / "gold.jsonl", [*ROWS, odd, copy])
    found = measured("stance", data, steady("s1", "s2")).data
    assert (found.available, found.copies, len(found.bad_rows)) == (2, 1, 1)
    (bad,) = found.bad_rows
    assert (bad.path, bad.row) == (data.name, 3)
    assert "perhaps" in bad.reason


def test_the_curve_has_few_points_and_ends_with_all_items(tmp_path: Path) -> None:
    names = [f"s{at}" for at in range(60)]
    data = put_rows(tmp_path / "gold.jsonl", [stance_row(one, "support") for one in names])
    sure = {claim_of(one): likely("support", 0.5 + at / 200) for at, one in enumerate(names)}
    curve = measured("stance", data, Model(stances=sure, small=True)).risk_coverage or ()
    coverages = [one.coverage for one in curve]
    assert 19 <= len(curve) <= 21
    assert coverages == sorted(set(coverages))
    assert max(right - left for left, right in pairwise(coverages)) < 0.1
    assert (coverages[0] < 0.1, coverages[-1]) == (True, 1)


@pytest.mark.parametrize("task", ["attribution", "pairs", "compare"])
def test_only_stances_have_a_confusion_and_a_curve(task: TaskName, tmp_path: Path) -> None:
    found = measured(task, *small(task, tmp_path))
    assert (found.confusion, found.risk_coverage) == (None, None)


def test_data_without_a_stance_is_refused_by_name(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [stance_row("s1", "unrelated")])
    with pytest.raises(GoldError, match=r"gold\.jsonl: all rows are unrelated") as at:
        measured("stance", data, steady("s1"))
    assert at.value.path == data


@pytest.mark.parametrize("task", TASKS)
def test_data_of_another_task_is_refused(task: TaskName, tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [{"question": "Who?", "answer": "Ada Holm"}])
    with pytest.raises(GoldError, match=r"gold\.jsonl"):
        measured(task, data, Model())
