"""Stories on a Ray cluster, which runs in processes of its own: Ray never gets into this one."""

import os
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from claimcompare.corpus.rows import from_row
from tests.corpus.ray_apart import ran_apart
from tests.endpoint.process import EndpointProcess, Entry

# Of the lost actor; and what each story takes.
IN_FLIGHT, CALLS = 4, 5


# One test: a cluster takes its time to start, and tests of a module may run in many processes.
@pytest.mark.skipif(sys.platform != "linux", reason="Ray has clusters on Linux alone")
@pytest.mark.skipif(
    # In CI it fails instead.
    find_spec("ray") is None and "CI" not in os.environ,
    reason="Ray is not installed",
)
def test_a_lost_worker_costs_what_was_in_flight_and_no_story(tmp_path: Path) -> None:
    with EndpointProcess(tmp_path / "log", latency_ms=100) as endpoint:
        told = ran_apart("tests.corpus.ray_run", endpoint.url, str(tmp_path))
        asked = endpoint.log()
    assert told["said"][0] == "2 actors on Ray; each has for its part: concurrency 4"
    assert len(told["lost"]) == 1
    check_all_are_there(told["rows"], told["ids"])
    check_little_was_asked_again(asked, CALLS * len(told["ids"]))
    check_unread(told["unread"], told["ids"][0])


def check_all_are_there(rows: list[dict[str, Any]], ids: list[str]) -> None:
    results = [from_row(row) for row in rows]
    assert sorted(result.story_id for result in results) == sorted(ids)
    assert [result.failures for result in results if result.failures] == []
    assert {len(one.comparison.disputes) if one.comparison else 0 for one in results} == {1}
    assert {result.usage.calls for result in results} == {CALLS}


def check_little_was_asked_again(asked: list[Entry], different: int) -> None:
    times = Counter(entry.id for entry in asked)
    assert len(times) == different
    assert times.total() - different <= IN_FLIGHT


def check_unread(rows: list[dict[str, Any]], story_id: str) -> None:
    (result,) = [from_row(row) for row in rows]
    assert (result.story_id, result.comparison) == (story_id, None)
    assert "no answer after 1 attempts" in result.failures[0]
