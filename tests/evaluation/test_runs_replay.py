"""Evaluations from recordings: the figures of the recording, digit for digit, from no endpoint."""

import os
import sys
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from claimcompare.errors import RecordingError
from claimcompare.evaluation import Evaluation, EvaluationSettings, TaskName, evaluate
from claimcompare.llm.recording import record, replay
from tests.evaluation.making import FEW, put_rows, serving, small, stance_row
from tests.evaluation.model import Model, claim_of, steady
from tests.llm.server import FakeServer, Reply, Script, Seen, ballot, fails, model_at

TWO = ("s1", "s2")
ROWS = [stance_row(one, "support", one) for one in TWO]
TASKS: tuple[TaskName, ...] = ("attribution", "stance", "pairs", "compare")


def recorded(task: TaskName, data: Path, script: Script, tape: Path, **settings: Any) -> Evaluation:
    with serving(script, **settings) as llm, record(tape):
        return evaluate(task, data, llm=llm, settings=FEW)


def replayed(
    task: TaskName,
    data: Path,
    tape: Path,
    settings: EvaluationSettings = FEW,
    **of_the_model: Any,
) -> Evaluation:
    """Replayed beside an endpoint that is shut."""
    with closing(FakeServer()) as server:
        server.close()
        with closing(model_at(server, **{"small": False, **of_the_model})) as llm, replay(tape):
            return evaluate(task, data, llm=llm, settings=settings)


@pytest.mark.parametrize("task", TASKS)
def test_replays_are_alike_to_the_byte_and_like_the_recording(
    task: TaskName, tmp_path: Path
) -> None:
    data, model = small(task, tmp_path)
    first = recorded(task, data, model, tmp_path / "tape")
    tape = tmp_path / "tape"
    again = [replayed(task, data, tape, concurrency=at_once) for at_once in (16, 16, 1)]
    assert len({one.model_dump_json().encode() for one in again}) == 1
    assert (again[0].figures, again[0].outcomes) == (first.figures, first.outcomes)
    assert again[0].usage.tokens == first.usage.tokens > 0


def test_many_long_items_replay_to_the_figures_of_the_recording(tmp_path: Path) -> None:
    names = [f"s{at}" for at in range(500)]
    rows = [
        {**stance_row(one, "support", f"d{at // 5}"), "proposition": "The bridge. " * 830 + one}
        for at, one in enumerate(names)
    ]
    data, model = put_rows(tmp_path / "gold.jsonl", rows), steady(*names)
    first = recorded("stance", data, model, tmp_path / "tape")
    again = replayed("stance", data, tmp_path / "tape")
    assert again.figures.items == 500
    assert (again.figures, again.outcomes, again.usage) == (
        first.figures,
        first.outcomes,
        first.usage,
    )


def votes_only(script: Script) -> Script:
    """An endpoint without log-probabilities; everybody denies."""
    return lambda seen: (
        fails(400, "'logprobs' is not supported by this model")
        if "logprobs" in seen.body
        else ballot("denial")
        if "answer" in str(seen.body["response_format"]["json_schema"]["schema"]["properties"])
        else script(seen)
    )


def test_votes_replay_to_the_figures_of_the_recording(tmp_path: Path) -> None:
    data, tape = put_rows(tmp_path / "gold.jsonl", [stance_row("s1", "denial")]), tmp_path / "tape"
    first = recorded("stance", data, votes_only(Model()), tape, small=True)
    again = replayed("stance", data, tape, small=True)
    assert first.usage.calls > 1
    assert (again.figures, again.outcomes) == (first.figures, first.outcomes)


def test_votes_replay_whichever_item_was_done_first(tmp_path: Path) -> None:
    data, tape = put_rows(tmp_path / "gold.jsonl", ROWS), tmp_path / "tape"
    model, voted = votes_only(Model()), Event()

    def slow_for_the_first(seen: Seen) -> Reply:
        if "of s1" in seen.user:
            voted.wait(10)
        reply = model(seen)
        if "of s2" in seen.user and "seed" in seen.body:
            voted.set()
        return reply

    first = recorded("stance", data, slow_for_the_first, tape, small=True)
    assert voted.is_set()
    assert replayed("stance", data, tape, small=True).outcomes == first.outcomes


def test_a_recording_is_continued_by_items_that_it_lacks(tmp_path: Path) -> None:
    tape = tmp_path / "tape"
    recorded("stance", put_rows(tmp_path / "gold.jsonl", ROWS[:1]), steady("s1"), tape)
    data, asked = put_rows(tmp_path / "gold.jsonl", ROWS), list[str]()

    def noting(seen: Seen) -> Reply:
        asked.append(seen.user)
        return steady(*TWO)(seen)

    whole = recorded("stance", data, noting, tape)
    assert [claim_of("s2") in user for user in asked] == [True]
    assert replayed("stance", data, tape) == whole


def test_a_sample_is_replayed_from_the_recording_of_all(tmp_path: Path) -> None:
    data, tape = put_rows(tmp_path / "g.jsonl", ROWS), tmp_path / "tape"
    recorded("stance", data, steady(*TWO), tape)
    one = FEW.model_copy(update={"limit": 1})
    assert replayed("stance", data, tape, settings=one).figures.items == 1


def test_an_item_that_is_not_recorded_ends_the_replay_and_is_no_failure(tmp_path: Path) -> None:
    tape = tmp_path / "tape"
    recorded("stance", put_rows(tmp_path / "a.jsonl", ROWS[:1]), steady("s1"), tape)
    with pytest.raises(RecordingError, match="is not recorded"):
        replayed("stance", put_rows(tmp_path / "b.jsonl", ROWS), tape)


def test_the_second_of_two_recorded_evaluations_is_replayed_alone(tmp_path: Path) -> None:
    one, other = (put_rows(tmp_path / f"{row['id']}.jsonl", [row]) for row in ROWS)
    tape = tmp_path / "tape"
    with serving(votes_only(Model()), small=True) as llm, record(tape):
        evaluate("stance", one, llm=llm, settings=FEW)
        second = evaluate("stance", other, llm=llm, settings=FEW)
    assert replayed("stance", one, tape, small=True).figures.failed == 0
    assert replayed("stance", other, tape, small=True).outcomes == second.outcomes


def test_an_item_whose_endpoint_was_away_is_replayed_as_failed(tmp_path: Path) -> None:
    data, tape = put_rows(tmp_path / "g.jsonl", ROWS), tmp_path / "tape"
    model = steady("s1")
    first = recorded(
        "stance", data, lambda seen: fails(503) if "of s2" in seen.user else model(seen), tape
    )
    assert [one.status for one in first.outcomes] == ["answered", "failed"]
    assert replayed("stance", data, tape).figures == first.figures


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_evaluated(tmp_path: Path) -> None:
    data = put_rows(tmp_path / os.fsdecode(b"gold\xff.jsonl"), ROWS)
    with serving(steady(*TWO)) as llm:
        found = evaluate("stance", data, llm=llm, settings=FEW)
    assert Evaluation.model_validate_json(found.model_dump_json()) == found
