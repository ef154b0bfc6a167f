"""Pace: so many requests and tokens in any minute, and the pauses asked for."""

import asyncio
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.llm import pace
from claimcompare.llm.pace import Pace, PaceKey
from tests.llm.clock import virtual_now, virtually

MINUTE = 60.0
LIMIT = 100
KEY = PaceKey("http://127.0.0.1/v1/", "m", 2, None)


class Turn(NamedTuple):
    """When a request was sent, and its size."""

    at: float
    tokens: int


@pytest.fixture(autouse=True)
def _virtual_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "monotonic", virtual_now)


async def turns(pace: Pace, *sizes: int) -> list[Turn]:
    """Send requests of these sizes as soon as may be, all asked for at once."""

    async def one(tokens: int) -> Turn:
        await pace.turn(tokens)
        return Turn(virtual_now(), tokens)

    return sorted(await asyncio.gather(*map(one, sizes)))


def seconds(found: list[Turn]) -> list[int]:
    return [round(turn.at) for turn in found]


def windows(found: list[Turn]) -> list[list[Turn]]:
    """The requests in the minute that begins with each of them."""
    return [[one for one in found if 0 <= one.at - turn.at < MINUTE] for turn in found]


def test_without_limits_nothing_waits() -> None:
    assert seconds(virtually(turns(Pace(), *[10**9] * 20))) == [0] * 20


def test_as_many_requests_as_set_are_sent_in_a_minute() -> None:
    found = virtually(turns(Pace(requests=3), *[1] * 10))
    assert seconds(found) == [0, 0, 0, 60, 60, 60, 120, 120, 120, 180]


def test_the_minute_is_any_minute() -> None:
    async def test() -> None:
        pace, found = Pace(requests=2), []
        for wait in (0, 50, 11, 0, 0):
            await asyncio.sleep(wait)
            found += await turns(pace, 1)
        assert seconds(found) == [0, 50, 61, 110, 121]

    virtually(test())


@given(st.integers(1, 4), st.lists(st.integers(0, 40), max_size=12))
def test_no_minute_has_more_requests_than_set(limit: int, waits: list[int]) -> None:
    async def later(pace: Pace, wait: int) -> list[Turn]:
        await asyncio.sleep(wait)
        return await turns(pace, 1)

    async def test() -> None:
        pace = Pace(requests=limit)
        each = await asyncio.gather(*(later(pace, wait) for wait in waits))
        found = sorted(turn for found in each for turn in found)
        assert len(found) == len(waits)
        assert all(len(window) <= limit for window in windows(found))

    virtually(test())


@given(st.lists(st.integers(0, 130), max_size=10))
def test_no_minute_has_more_tokens_than_set(sizes: list[int]) -> None:
    found = virtually(turns(Pace(tokens=LIMIT), *sizes))
    assert sorted(turn.tokens for turn in found) == sorted(sizes)
    for window in windows(found):
        assert sum(turn.tokens for turn in window) <= LIMIT or len(window) == 1


def test_a_request_above_the_limit_is_sent_when_it_is_alone() -> None:
    async def test() -> None:
        pace, found = Pace(tokens=LIMIT), []
        for size in (500, 1, 500, 1):
            found += await turns(pace, size)
        assert seconds(found) == [0, 60, 120, 180]

    virtually(test())


@pytest.mark.parametrize(("used", "expected"), [(10, 0), (90, 60), (200, 60)])
def test_what_was_used_counts_in_the_place_of_what_was_thought(used: int, expected: int) -> None:
    async def test() -> None:
        pace = Pace(tokens=LIMIT)
        pace.used(await pace.turn(50), used)
        assert seconds(await turns(pace, 60)) == [expected]

    virtually(test())


def test_what_was_used_leaves_the_window_whole() -> None:
    async def test() -> None:
        pace = Pace(tokens=LIMIT)
        pace.used(await pace.turn(90), 30)
        await asyncio.sleep(61)
        assert seconds(await turns(pace, 100, 100)) == [61, 121]

    virtually(test())


def test_what_was_used_a_minute_ago_frees_no_room() -> None:
    async def test() -> None:
        pace = Pace(tokens=LIMIT)
        late = await pace.turn(90)
        await asyncio.sleep(61)
        await pace.turn(90)
        pace.used(late, 10)
        assert seconds(await turns(pace, 20)) == [121]

    virtually(test())


@pytest.mark.parametrize("limits", [(None, None), (10, None), (None, 10)])
def test_a_pause_holds_for_everything(limits: tuple[int | None, int | None]) -> None:
    async def test() -> None:
        pace = Pace(*limits)
        await pace.turn(1)
        pace.hold(30)
        assert seconds(await turns(pace, 1, 1)) == [30, 30]

    virtually(test())


def test_a_shorter_pause_shortens_none() -> None:
    async def test() -> None:
        pace = Pace()
        pace.hold(30)
        pace.hold(5)
        assert seconds(await turns(pace, 1)) == [30]

    virtually(test())


def test_a_pause_may_be_prolonged_while_others_wait() -> None:
    async def test() -> None:
        pace = Pace()
        pace.hold(10)
        waiting = asyncio.create_task(turns(pace, 1))
        await asyncio.sleep(5)
        pace.hold(20)
        assert seconds(await waiting) == [25]

    virtually(test())


def test_a_cancelled_wait_takes_no_room() -> None:
    async def test() -> None:
        pace = Pace(requests=1)
        await pace.turn(1)
        waiting = asyncio.create_task(pace.turn(1))
        await asyncio.sleep(30)
        waiting.cancel()
        assert seconds(await turns(pace, 1)) == [60]

    virtually(test())
