"""Many pieces of work at once: their order, their number, and their end."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from contextvars import ContextVar
from threading import Event, current_thread, get_ident
from typing import Any

import pytest

from claimcompare.stages.flow import Count, aside, each, in_order

AHEAD = 3
SETTING: ContextVar[str] = ContextVar("setting", default="unset")


class Numbers(Sequence[int]):
    """Numbers that are there, and how many of them were taken."""

    def __init__(self) -> None:
        self.pulled = 0

    def __len__(self) -> int:
        return 1_000

    def __getitem__(self, at: Any) -> Any:
        self.pulled += 1
        return at


class Bench:
    """Work that goes on until it is let go, and what became of it."""

    def __init__(self) -> None:
        self.items = Numbers()
        self.begun: list[int] = []
        self.cancelled: list[int] = []
        self.most = 0
        self._under_way = 0
        self._gates: dict[int, asyncio.Event] = {}

    async def work(self, number: int) -> int:
        """The number, negated, once it is let go."""
        self.begun.append(number)
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        try:
            await self._gate(number).wait()
        except asyncio.CancelledError:
            # What it takes to end is awaited, too.
            await asyncio.sleep(0)
            self.cancelled.append(number)
            raise
        finally:
            self._under_way -= 1
        return -number

    def let_go(self, *numbers: int) -> None:
        for number in numbers:
            self._gate(number).set()

    def _gate(self, number: int) -> asyncio.Event:
        return self._gates.setdefault(number, asyncio.Event())


async def settled() -> None:
    """Return when everything has gone as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


def run(test: Callable[[Bench], Awaitable[None]]) -> Bench:
    bench = Bench()

    async def within_a_loop() -> None:
        await test(bench)

    asyncio.run(within_a_loop())
    return bench


async def at_once(number: int) -> int:
    return -number


async def fails(number: int) -> int:
    raise ValueError(number)


async def fails_at_two(number: int) -> int:
    return await (fails(number) if number == 2 else at_once(number))


@pytest.mark.parametrize("ahead", [1, 2, 5, 100])
def test_results_come_in_the_order_of_the_items(ahead: int) -> None:
    async def later_for_earlier(number: int) -> int:
        for _ in range(10 - number):
            await asyncio.sleep(0)
        return -number

    async def test() -> list[int]:
        return [one async for one in in_order(later_for_earlier, range(10), ahead)]

    assert asyncio.run(test()) == [-number for number in range(10)]


def test_of_no_items_nothing_becomes() -> None:
    async def test() -> list[int]:
        return [one async for one in in_order(at_once, [])]

    assert asyncio.run(test()) == []


def test_only_a_few_are_under_way_and_no_more_are_pulled() -> None:
    async def test(bench: Bench) -> None:
        async with aclosing(in_order(bench.work, bench.items, AHEAD)) as results:
            for number in range(5):
                coming = asyncio.ensure_future(anext(results))
                await settled()
                assert bench.items.pulled == len(bench.begun) == number + AHEAD
                bench.let_go(number)
                assert await coming == -number

    assert run(test).most == AHEAD


def test_what_waits_for_an_earlier_one_counts_as_under_way() -> None:
    async def test(bench: Bench) -> None:
        bench.let_go(1, 2, 3, 4)
        async with aclosing(in_order(bench.work, bench.items, AHEAD)) as results:
            coming = asyncio.ensure_future(anext(results))
            await settled()
            assert bench.items.pulled == AHEAD
            bench.let_go(0)
            assert await coming == 0
            assert [await anext(results) for _ in range(4)] == [-1, -2, -3, -4]

    run(test)


def test_a_failing_one_ends_those_under_way() -> None:
    async def test(bench: Bench) -> None:
        async def work(number: int) -> int:
            return await (fails(number) if number == 0 else bench.work(number))

        with pytest.raises(ValueError, match="0"):
            async for _ in in_order(work, bench.items, AHEAD):
                pass
        assert sorted(bench.cancelled) == [1, 2]

    assert run(test).items.pulled == AHEAD


def test_a_failing_one_comes_after_those_before_it() -> None:
    async def test(_: Bench) -> None:
        results = in_order(fails_at_two, range(5))
        assert [await anext(results) for _ in range(2)] == [0, -1]
        with pytest.raises(ValueError, match="2"):
            await anext(results)

    run(test)


def test_failures_that_nobody_waits_for_any_more_are_not_complained_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def test() -> None:
        async for _ in in_order(fails, range(5)):
            pass

    with pytest.raises(ValueError, match="0"):
        asyncio.run(test())
    gc.collect()
    assert [record.getMessage() for record in caplog.records] == []


def test_items_that_fail_to_come_end_those_under_way() -> None:
    async def test(bench: Bench) -> None:
        def items() -> Iterator[int]:
            yield 0
            bench.let_go(0)
            yield 1
            raise OSError("no more of them")

        results = in_order(bench.work, items(), 2)
        assert await anext(results) == 0
        with pytest.raises(OSError, match="no more of them"):
            await anext(results)
        assert len(asyncio.all_tasks()) == 1

    run(test)


def test_closing_early_ends_those_under_way() -> None:
    async def test(bench: Bench) -> None:
        bench.let_go(0)
        results = in_order(bench.work, bench.items, AHEAD)
        assert await anext(results) == 0
        await settled()
        await results.aclose()
        assert sorted(bench.cancelled) == [1, 2]

    run(test)


def test_whoever_is_cancelled_ends_those_under_way() -> None:
    async def test(bench: Bench) -> None:
        reading = asyncio.ensure_future(anext(in_order(bench.work, bench.items, AHEAD)))
        await settled()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert sorted(bench.cancelled) == [0, 1, 2]

    run(test)


def test_each_counts_what_is_done() -> None:
    told: list[tuple[str, int, int]] = []
    calls = Count("pair", lambda *progress: told.append(progress))
    assert asyncio.run(each(at_once, range(3), calls)) == [0, -1, -2]
    assert told == [("pair", done, 3) for done in range(4)]


def test_a_count_grows_with_what_becomes_known() -> None:
    told: list[tuple[int, int]] = []
    calls = Count("extract", lambda _, *progress: told.append(progress))
    calls.more(2)
    asyncio.run(calls.one(at_once, 1))
    calls.more(1)
    assert told == [(0, 2), (1, 2), (1, 3)]


def test_what_fails_does_not_count_as_done() -> None:
    told: list[tuple[int, int]] = []
    calls = Count("extract", lambda _, *progress: told.append(progress))
    with pytest.raises(ValueError, match="2"):
        asyncio.run(each(fails_at_two, range(3), calls))
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_nobody_has_to_watch() -> None:
    assert asyncio.run(each(at_once, [5], Count("classify", None))) == [-5]


def test_items_that_take_long_to_come_hold_up_nobody() -> None:
    async def test() -> list[int]:
        def items() -> Iterator[int]:
            yield 1
            assert going_on.wait(5)
            yield 2

        async def work(number: int) -> int:
            going_on.set()
            return -number

        return [one async for one in in_order(work, items())]

    going_on = Event()
    assert asyncio.run(test()) == [-1, -2]


def test_an_iterator_stays_on_one_thread_and_sees_the_callers_settings() -> None:
    seen: list[tuple[int, str]] = []

    def items() -> Iterator[int]:
        for number in range(20):
            seen.append((get_ident(), SETTING.get()))
            yield number

    async def test() -> None:
        SETTING.set("set")
        async for _ in in_order(at_once, items()):
            pass

    asyncio.run(test())
    ((thread, setting),) = set(seen)
    assert thread != get_ident()
    assert (setting, len(seen)) == ("set", 20)


def test_long_work_is_done_aside_with_the_callers_settings() -> None:
    def long(number: int, *, by: int) -> tuple[int, str, bool]:
        return number * by, SETTING.get(), current_thread() is here

    async def test() -> tuple[int, str, bool]:
        SETTING.set("set")
        return await aside(long, 3, by=2)

    here = current_thread()
    assert asyncio.run(test()) == (6, "set", False)
