"""Stories on a Ray cluster, which runs in processes of its own: Ray never gets into this one."""

import os
import sys
from collections import Counter
from importlib.util import find_spec
from typing import Any, NamedTuple

import pytest

from claimcompare.corpus.rows import from_row
from tests.corpus.ray_apart import ran_apart
from tests.endpoint.process import EndpointProcess, Entry

# Of the lost actor; how many calls each story takes.
IN_FLIGHT, CALLS = 4, 5

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Ray has clusters on Linux alone"),
    # In CI it fails instead.
    pytest.mark.skipif(
        find_spec("ray") is None and "CI" not in os.environ, reason="Ray is not installed"
    ),
]


class Run(NamedTuple):
    """What a run gave, what it should have, and what was asked for it."""

    ids: list[str]
    rows: list[dict[str, Any]]
    lost: list[str]
    said: list[str]
    unread: list[dict[str, Any]]
    asked: list[Entry]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("ray")
    with EndpointProcess(folder / "log", latency_ms=100) as endpoint:
        told = ran_apart("tests.corpus.ray_run", endpoint.url, str(folder))
        return Run(**told, asked=endpoint.log())


def test_an_actor_was_lost_with_its_worker(run: Run) -> None:
    assert len(run.lost) == 1


def test_every_story_is_a_row_and_none_failed(run: Run) -> None:
    assert sorted(row["story_id"] for row in run.rows) == sorted(run.ids)
    assert [row["failures"] for row in run.rows if row["failures"]] == []
    results = [from_row(row) for row in run.rows]
    assert {len(one.comparison.disputes) for one in results if one.comparison} == {1}
    assert {one.usage.calls for one in results} == {CALLS}


def test_no_more_is_asked_again_than_was_in_flight(run: Run) -> None:
    times = Counter(entry.id for entry in run.asked)
    assert len(times) == CALLS * len(run.ids)
    assert times.total() - len(times) <= IN_FLIGHT


def test_a_story_of_a_dataset_that_nobody_reads_is_a_row(run: Run) -> None:
    (result,) = [from_row(row) for row in run.unread]
    assert (result.story_id, result.comparison) == (run.ids[0], None)
    assert "no answer after 1 attempts" in result.failures[0]


def test_what_each_actor_has_is_said(run: Run) -> None:
    assert run.said[0] == "2 actors on Ray; each has for its part: concurrency 4"
