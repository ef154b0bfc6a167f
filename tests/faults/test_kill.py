"""A run that is killed again and again pays for no answer twice."""

import sys
import time
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import pytest

from tests.endpoint.process import EndpointProcess, Entry
from tests.faults.runs import endpoint
from tests.faults.worker import CONCURRENCY
from tests.faults.workers import Files, Worker, ended, files_in, started

pytestmark = pytest.mark.long

KILLS = 20
GLANCE = 0.001
SIGKILLED = 1 if sys.platform == "win32" else -9


class Kill(NamedTuple):
    """When a worker was dead, and which calls were finished then."""

    at: float
    finished: frozenset[str]


class Story(NamedTuple):
    """An uninterrupted run, a run killed again and again, and what the endpoint saw of it."""

    whole: bytes
    resumed: bytes
    calls: int
    kills: list[Kill]
    log: list[Entry]


def killed(worker: Worker, files: Files, moment: int) -> Kill:
    """Kill a worker as soon as so many calls are finished, or its cache begins to be."""
    while worker.poll() is None:
        finished = len(files.finished_calls())
        if finished >= moment and (moment or files.database.exists()):
            worker.kill()
            break
        time.sleep(GLANCE)
    worker.communicate()
    assert worker.returncode == SIGKILLED
    return Kill(time.time(), frozenset(files.finished_calls()))


def killed_at(server: EndpointProcess, files: Files, moments: Sequence[int]) -> list[Kill]:
    """One kill after another; between two of them at least one call is finished."""
    kills: list[Kill] = []
    for moment in moments:
        before = len(files.finished_calls())
        least = max(moment, before + 1) if kills else moment
        kills.append(killed(started(server, files), files, least))
    return kills


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("kill")
    whole, resumed = files_in(folder, "whole"), files_in(folder, "resumed")
    with endpoint(folder / "log.jsonl", latency_ms=10) as server:
        ended(started(server, whole))
        calls = len(server.log())
        # The first one dies while it makes its cache.
        moments = [0, *sorted(Random(20).sample(range(1, calls - KILLS), KILLS - 1))]  # noqa: S311
        kills = killed_at(server, resumed, moments)
        assert ended(started(server, resumed)) == ""
    results = (whole.result.read_bytes(), resumed.result.read_bytes())
    return Story(*results, calls, kills, server.log()[calls:])


def test_it_is_killed_at_many_stages_of_its_work(story: Story) -> None:
    assert len(story.kills) == KILLS
    finished = [len(kill.finished) for kill in story.kills]
    assert len(set(finished)) == KILLS
    assert finished[-1] > story.calls / 2


def test_no_finished_call_is_repeated(story: Story) -> None:
    repeated = [
        row.prompt
        for kill in story.kills
        for row in story.log
        if row.at > kill.at and row.prompt in kill.finished
    ]
    assert repeated == []


def test_only_calls_cut_off_are_sent_again(story: Story) -> None:
    assert len({row.id for row in story.log}) == story.calls
    assert story.calls <= len(story.log) <= story.calls + KILLS * CONCURRENCY


def test_the_comparison_is_that_of_an_uninterrupted_run(story: Story) -> None:
    assert story.resumed == story.whole
