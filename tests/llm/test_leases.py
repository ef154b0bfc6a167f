"""Processes that share a cache send a request once, and wait for none that is gone."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from claimcompare.llm.cache import ResponseCache, clear_cache
from claimcompare.llm.leases import Leases
from tests.llm.server import ULM, ULM_JSON, City, FakeServer, fails, model_at, prompt, says
from tests.llm.test_flights import WAIT, Gate

MOST = 1_000_000_000
PROCESS = """
import sys
from pathlib import Path
from tests.llm.server import City, prompt
from claimcompare.llm import LLM, LLMSettings
settings = LLMSettings(cache_folder=Path(sys.argv[2]))
with LLM("m", base_url=sys.argv[1], api_key="none", settings=settings) as llm:
    print(llm.ask(prompt(), City).value.name)
"""


FORKED = """
import os
import sys
from pathlib import Path
from claimcompare.llm.cache import ResponseCache
cache = ResponseCache(Path(sys.argv[1]), 10**9)
assert cache._take("a")
if not (child := os.fork()):
    sys.exit()
os.waitpid(child, 0)
other = ResponseCache(Path(sys.argv[1]), 10**9)
print(other._take("a"), len([*Path(sys.argv[1]).glob("answers-*.lock")]))
"""
has_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")


def leased(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "answers.sqlite3")) as file:
        return [row[0] for row in file.execute("SELECT owner FROM leases")]


def lease_all(folder: Path, owner: str) -> None:
    with closing(sqlite3.connect(folder / "answers.sqlite3")) as file:
        file.execute("UPDATE leases SET owner = ?", (owner,))
        file.commit()


async def take(cache: ResponseCache, key: str) -> None:
    async with cache.turn(key):
        pass


@contextmanager
def two(folder: Path) -> Iterator[tuple[ResponseCache, ResponseCache]]:
    """Two caches in one file, the second of which has a lease."""
    with (
        closing(ResponseCache(folder, MOST)) as cache,
        closing(ResponseCache(folder, MOST)) as other,
    ):
        assert other._take("a")
        assert cache._take("a") is False
        yield cache, other


def test_processes_send_an_equal_request_once(server: FakeServer, tmp_path: Path) -> None:
    gate = Gate()
    server.will_always(gate)
    command = [sys.executable, "-W", "error", "-c", PROCESS, server.url, str(tmp_path)]
    root = Path(__file__).parents[2]
    with model_at(server, cache=True, cache_folder=tmp_path) as llm, ThreadPoolExecutor(1) as one:
        first = one.submit(llm.ask, prompt(), City)
        assert gate.reached.wait(WAIT)
        other = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
        # Both have a lock of their own once the other process is there.
        while len([*tmp_path.glob("answers-*.lock")]) < 2:
            Event().wait(0.01)
        gate.opened.set()
        assert first.result().value == ULM
        assert other.communicate(timeout=60)[0] == "Ulm\n"
    assert len(server.seen) == 1
    assert leased(tmp_path) == []
    assert not [*tmp_path.glob("answers-*.lock")]


def test_where_the_other_fails_one_asks_oneself(server: FakeServer, tmp_path: Path) -> None:
    server.will(fails(400), says(ULM_JSON))
    models = [model_at(server, cache=True, cache_folder=tmp_path) for _ in range(2)]

    async def both() -> list[object]:
        asked = (llm.aask(prompt(), City) for llm in models)
        found = await asyncio.gather(*asked, return_exceptions=True)
        for llm in models:
            await llm.aclose()
        return [*found]

    found = asyncio.run(both())
    assert sum(isinstance(one, Exception) for one in found) == 1
    assert len(server.seen) == 2


def test_who_waits_its_turn_is_waited_for_beyond_the_deadline(
    server: FakeServer, tmp_path: Path
) -> None:
    gate = Gate()
    server.will_always(gate)

    async def both() -> list[City]:
        first = model_at(server, cache=True, cache_folder=tmp_path)
        hasty = model_at(server, cache=True, cache_folder=tmp_path, deadline=0.05)
        asked = [asyncio.create_task(first.aask(prompt(), City))]
        await asyncio.to_thread(gate.reached.wait, WAIT)
        asked.append(asyncio.create_task(hasty.aask(prompt(), City)))
        await asyncio.sleep(0.5)
        gate.opened.set()
        try:
            return [(await one).value for one in asked]
        finally:
            for llm in (first, hasty):
                await llm.aclose()

    assert asyncio.run(both()) == [ULM, ULM]
    assert len(server.seen) == 1


def test_a_lease_of_a_process_that_is_gone_is_void_at_once(tmp_path: Path) -> None:
    with two(tmp_path) as (cache, _):
        lease_all(tmp_path, "0123456789abcdef")
        assert cache._take("a")


def test_what_a_closed_cache_had_leased_is_free(tmp_path: Path) -> None:
    with two(tmp_path) as (cache, other):
        other.close()
        assert cache._take("a")


def test_a_lease_that_an_event_loop_left_behind_is_taken_up(tmp_path: Path) -> None:
    with two(tmp_path) as (_, other):
        asyncio.run(asyncio.wait_for(take(other, "a"), WAIT))
    assert leased(tmp_path) == []


def test_who_waits_can_be_cancelled_and_leaves_the_lease(tmp_path: Path) -> None:
    with two(tmp_path) as (cache, _):
        with pytest.raises(TimeoutError):
            asyncio.run(asyncio.wait_for(take(cache, "a"), 0.01))
        assert len(leased(tmp_path)) == 1


def test_who_is_cancelled_gives_up_the_lease(tmp_path: Path) -> None:
    async def hold(cache: ResponseCache) -> None:
        async with cache.turn("b"):
            await asyncio.Event().wait()

    with two(tmp_path) as (cache, other):
        with pytest.raises(TimeoutError):
            asyncio.run(asyncio.wait_for(hold(other), 0.1))
        assert cache._take("b")


def test_nobody_waits_for_a_cache_that_was_given_up(tmp_path: Path) -> None:
    with two(tmp_path) as (cache, other):
        other._give_up(sqlite3.DatabaseError("torn"))
        assert cache._take("a")


def test_without_locks_what_was_leased_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, __: str) -> bool:
        raise OSError("no locks here")

    with two(tmp_path) as (cache, other):
        with monkeypatch.context() as patched:
            patched.setattr(Leases, "take", fails)
            assert other._take("b") is None
        assert cache._take("a")


@has_fork
def test_a_forked_child_leaves_the_lock_to_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FORKED, str(tmp_path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "False 2\n", done.stderr


def test_a_cache_that_is_cleared_meanwhile_is_of_use(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        asyncio.run(take(cache, "a"))
        clear_cache(tmp_path)
        asyncio.run(take(cache, "a"))
        assert cache._file is not None
