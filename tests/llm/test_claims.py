"""Processes that share a cache send a request once, and wait for none that is gone."""

import asyncio
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from time import time

import pytest

from claimcompare.llm.cache import ResponseCache, clear_cache
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


def claimed(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "answers.sqlite3")) as file:
        return [row[0] for row in file.execute("SELECT owner FROM claims")]


def claim_all(folder: Path, owner: str, since: float) -> None:
    with closing(sqlite3.connect(folder / "answers.sqlite3")) as file:
        file.execute("UPDATE claims SET owner = ?, since = ?", (owner, since))
        file.commit()


async def take(cache: ResponseCache, key: str, most: float = 600) -> None:
    async with cache.turn(key, most):
        pass


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
    assert claimed(tmp_path) == []
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


@pytest.mark.parametrize("owner", ["gone", "alive"])
def test_a_claim_of_a_process_that_is_gone_or_too_slow_is_none(tmp_path: Path, owner: str) -> None:
    with (
        closing(ResponseCache(tmp_path, MOST)) as cache,
        closing(ResponseCache(tmp_path, MOST)) as other,
    ):
        assert other._claim("a", 600)
        assert not cache._claim("a", 600)
        if owner == "gone":
            claim_all(tmp_path, "0123456789abcdef", time())
        else:
            claim_all(tmp_path, claimed(tmp_path)[0], time() - 601)
        asyncio.run(asyncio.wait_for(take(cache, "a"), WAIT))
    assert claimed(tmp_path) == []


def test_what_a_closed_cache_had_claimed_is_free(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        with closing(ResponseCache(tmp_path, MOST)) as other:
            assert other._claim("a", 600)
        asyncio.run(asyncio.wait_for(take(cache, "a"), WAIT))


def test_nobody_waits_longer_than_a_call_may_take(tmp_path: Path) -> None:
    with (
        closing(ResponseCache(tmp_path, MOST)) as cache,
        closing(ResponseCache(tmp_path, MOST)) as other,
    ):
        assert other._claim("a", 600)
        claim_all(tmp_path, claimed(tmp_path)[0], time() + 10_000)
        asyncio.run(asyncio.wait_for(take(cache, "a", 0.01), WAIT))
        assert len(claimed(tmp_path)) == 1


def test_a_cache_that_is_cleared_meanwhile_is_of_use(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        asyncio.run(take(cache, "a"))
        clear_cache(tmp_path)
        asyncio.run(take(cache, "a"))
        assert cache._file is not None
