"""A cache file that another program has locked costs answers, and neither the cache nor the run."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.completion import Completion
from tests.llm.test_broken_cache import ASKED, MOST, NAME, fill, warnings


@contextmanager
def locked(cache: ResponseCache) -> Iterator[None]:
    """Another program writes, for longer than the cache waits."""
    assert cache._file is not None
    cache._file.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_locked_file_costs_the_answers_of_that_time_and_is_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        fill(cache, 1)
        with locked(cache):
            for key in ("late", "later"):
                cache.put(key, ASKED, Completion(text="x"))
            assert cache._take("late") is None
            assert cache.get("0", ASKED)
        assert cache.get("late", ASKED) is None
        cache.put("after", ASKED, Completion(text="x"))
        assert cache.get("after", ASKED)
    (warning,) = warnings(caplog)
    assert NAME in warning
    assert "locked" in warning


def test_who_waits_for_another_only_reads(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        closing(ResponseCache(tmp_path, MOST)) as cache,
        closing(ResponseCache(tmp_path, MOST)) as other,
    ):
        assert other._take("a")
        with locked(cache):
            assert cache._take("a") is False
    assert not warnings(caplog)


def test_a_lease_that_cannot_be_ended_is_void(tmp_path: Path) -> None:
    async def turn_while_locked(cache: ResponseCache) -> None:
        with ExitStack() as stack:
            async with cache.turn("a"):
                stack.enter_context(locked(cache))

    with (
        closing(ResponseCache(tmp_path, MOST)) as cache,
        closing(ResponseCache(tmp_path, MOST)) as other,
    ):
        asyncio.run(turn_while_locked(other))
        assert cache._take("a")
        assert other._take("b")
        assert cache._take("b") is False
