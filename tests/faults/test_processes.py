"""Processes share one response cache."""

import multiprocessing
import os
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request
from claimcompare.schema import Prompt
from tests.faults.runs import endpoint
from tests.faults.workers import ended, files_in, started

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

OPENINGS = 40
PROMPT = Prompt(name="extract", version="1", system="", user="", sha256="0" * 64)
ASKED = Request(PROMPT, {"model": "m"})


def test_two_processes_at_once_share_a_cache(tmp_path: Path) -> None:
    one, other, third = (files_in(tmp_path, name, "shared") for name in ("one", "other", "third"))
    with endpoint(tmp_path / "log.jsonl", latency_ms=5) as server:
        workers = [started(server, files) for files in (one, other)]
        assert [ended(worker) for worker in workers] == ["", ""]
        log = server.log()
        assert ended(started(server, third)) == ""
        assert len(server.log()) == len(log)
    assert one.result.read_bytes() == other.result.read_bytes() == third.result.read_bytes()
    assert max(Counter(row.id for row in log).values()) <= 2
    assert third.finished_calls() == []
    with closing(sqlite3.connect(one.database)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((answers,),) = file.execute("SELECT count(*) FROM answers").fetchall()
    assert answers == len({row.id for row in log})


def opening_in_turn(folder: Path, start: "Barrier", told: "Queue[int]") -> None:
    """Open a new cache at the same moment as others, again and again."""
    opened = 0
    for number in range(OPENINGS):
        start.wait()
        cache = ResponseCache(folder / str(number), 1_000_000)
        cache.put(f"{os.getpid()}", ASKED, Completion(text="{}"))
        opened += cache.get(f"{os.getpid()}", ASKED) is not None
        cache.close()
    told.put(opened)


def test_processes_that_make_the_same_cache_at_once_can_all_use_it(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, told = spawn.Barrier(4), spawn.Queue()
    workers = [
        spawn.Process(target=opening_in_turn, args=(tmp_path, start, told)) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    assert [told.get(timeout=60) for _ in workers] == [OPENINGS] * 4
    for worker in workers:
        worker.join()
