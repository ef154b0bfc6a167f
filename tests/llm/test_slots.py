"""Slots: how many requests are under way, now and after an endpoint had too many."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimcompare.errors import LLMUnavailable
from claimcompare.llm.events import CallEvent
from claimcompare.llm.slots import Slots
from tests.llm.server import ULM_JSON, City, FakeServer, Reply, Seen, fails, model_at, prompt, says

MOST = 8
ACTIONS = st.tuples(
    st.sampled_from(["ask", "ask", "ask", "answer", "answer", "fail", "too many", "cancel"]),
    st.integers(0, 30),
)


class Bench:
    """Requests that hold a slot until they are told to end."""

    def __init__(self, most: int = MOST) -> None:
        self.slots = Slots(most)
        self.waiting: list[asyncio.Task[None]] = []
        self.under_way: list[asyncio.Task[None]] = []
        self.started: list[int] = []
        self._ends: dict[asyncio.Task[None], asyncio.Future[str]] = {}
        self._asked = 0

    async def ask(self, count: int = 1) -> None:
        """Ask for slots, one after another."""
        for _ in range(count):
            self.waiting.append(asyncio.create_task(self._request(self._asked)))
            self._asked += 1
            await self._settle()

    async def end(self, how: str, place: int = 0) -> None:
        """End a request that is under way."""
        if self.under_way:
            task = self.under_way.pop(place % len(self.under_way))
            self._ends.pop(task).set_result(how)
            await self._settle()

    async def cancel(self, place: int) -> None:
        """Cancel any request."""
        everyone = [*self.waiting, *self.under_way]
        if everyone:
            task = everyone[place % len(everyone)]
            (self.waiting if task in self.waiting else self.under_way).remove(task)
            task.cancel()
            await self._settle()

    async def close(self) -> None:
        """Cancel all."""
        while self.waiting or self.under_way:
            await self.cancel(0)

    async def _request(self, number: int) -> None:
        task = asyncio.current_task()
        assert task is not None
        async with self.slots.one() as given:
            self.started.append(number)
            self.waiting.remove(task)
            self.under_way.append(task)
            self._ends[task] = asyncio.get_running_loop().create_future()
            how = await self._ends[task]
            if how == "too many":
                self.slots.too_many(given)
            elif how == "answer":
                self.slots.answered()

    async def _settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


def at_a_bench(test: Callable[[Bench], Coroutine[Any, Any, None]], most: int = MOST) -> None:
    async def run() -> None:
        bench = Bench(most)
        try:
            await test(bench)
        finally:
            await bench.close()

    asyncio.run(run())


def test_slots_are_given_in_the_order_of_asking() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(20)
        for place in range(20):
            await bench.end("fail", place)
        assert bench.started == list(range(20))

    at_a_bench(test, most=3)


def test_a_round_that_is_too_many_halves_the_slots_once() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(8)
        for _ in range(5):
            await bench.end("too many")
        assert bench.slots.limit == 4

    at_a_bench(test)


def test_the_next_round_halves_them_again_and_never_below_one() -> None:
    async def test(bench: Bench) -> None:
        found = []
        for _ in range(5):
            await bench.ask()
            await bench.end("too many")
            found.append(bench.slots.limit)
        assert found == [4, 2, 1, 1, 1]

    at_a_bench(test)


def test_nothing_starts_until_fewer_are_under_way() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(10)
        await bench.end("too many")
        for _ in range(3):
            await bench.end("fail")
        assert len(bench.started) == 8
        await bench.end("fail")
        assert len(bench.started) == 9
        assert len(bench.under_way) == 4

    at_a_bench(test)


def test_as_many_answers_as_slots_give_one_more() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(8)
        await bench.end("too many")
        await bench.ask(20)
        found = []
        for _ in range(9):
            await bench.end("answer")
            found.append(bench.slots.limit)
        assert found == [4, 4, 4, 5, 5, 5, 5, 5, 6]
        assert len(bench.under_way) == 6

    at_a_bench(test)


def test_answers_give_no_more_than_the_most() -> None:
    async def test(bench: Bench) -> None:
        for how in ("too many", *["answer"] * 50):
            await bench.ask()
            await bench.end(how)
        await bench.ask(20)
        assert bench.slots.limit == len(bench.under_way) == 8

    at_a_bench(test)


def test_a_failure_of_another_kind_changes_nothing() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(8)
        for _ in range(8):
            await bench.end("fail")
        assert bench.slots.limit == 8

    at_a_bench(test)


def test_a_cancelled_waiter_loses_no_slot() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask(4)
        for _ in range(3):
            await bench.cancel(0)
        await bench.end("fail")
        await bench.ask(3)
        assert len(bench.under_way) == 2

    at_a_bench(test, most=2)


@given(st.lists(ACTIONS, max_size=80), st.integers(1, 6))
def test_whatever_happens_no_slot_is_lost_or_won(actions: list[tuple[str, int]], most: int) -> None:
    async def test(bench: Bench) -> None:
        for action, place in actions:
            if action == "ask":
                await bench.ask()
            elif action == "cancel":
                await bench.cancel(place)
            else:
                await bench.end(action, place)
            assert 1 <= bench.slots.limit <= most
            assert len(bench.under_way) <= most
            assert not bench.waiting or len(bench.under_way) >= bench.slots.limit
        assert bench.started == sorted(bench.started)

    at_a_bench(test, most)


def test_free_slots_are_withdrawn_at_once() -> None:
    async def test(bench: Bench) -> None:
        await bench.ask()
        await bench.end("too many")
        await bench.ask(20)
        assert len(bench.under_way) == bench.slots.limit == 4

    at_a_bench(test)


def test_an_endpoint_that_has_too_many_gets_fewer(server: FakeServer) -> None:
    def of_many(request: Seen) -> Reply:
        return says('{"name": "a", "people": 0}') if request.user == "later" else fails(429)

    async def all_at_once() -> None:
        first = [llm.aask(prompt("first"), City) for _ in range(8)]
        failed = await asyncio.gather(*first, return_exceptions=True)
        assert {type(one) for one in failed} == {LLMUnavailable}
        server.peak = 0
        await asyncio.gather(*(llm.aask(prompt("later"), City) for _ in range(8)))

    llm = model_at(server.will_always(of_many), concurrency=8, attempts=1)
    llm.run(all_at_once())
    assert server.peak <= 4


def test_the_next_request_is_under_way_before_an_answer_is_told_of(server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    sent: list[bool] = []

    def hear(event: CallEvent) -> None:
        if event.kind == "answered" and not sent:
            # What holds up the loop holds up no request that had only to wait for a slot.
            with server.changed:
                sent.append(server.changed.wait_for(lambda: len(server.seen) == 2, timeout=5))

    llm = model_at(server, on_event=hear, concurrency=1)

    async def ask() -> None:
        await asyncio.gather(*(llm.aask(prompt(name), City) for name in "ab"))
        await llm.aclose()

    asyncio.run(ask())
    assert sent == [True]


def test_an_answer_is_kept_before_the_next_request_is_sent(
    server: FakeServer, tmp_path: Path
) -> None:
    server.will_always(says(ULM_JSON))
    asked: list[asyncio.Task[object]] = []
    kept: list[int] = []

    def hear(event: CallEvent) -> None:
        if event.kind == "sent" and len(server.seen) == 1:
            with closing(sqlite3.connect(tmp_path / "answers.sqlite3")) as file:
                kept.extend(file.execute("SELECT count(*) FROM answers").fetchone())
            asked[0].cancel()

    llm = model_at(server, on_event=hear, concurrency=1, cache=True, cache_folder=tmp_path)

    async def ask() -> None:
        asked.extend(asyncio.create_task(llm.aask(prompt(name), City)) for name in "ab")
        await asyncio.wait(asked)
        assert asked[0].cancelled()
        await llm.aask(prompt("a"), City)
        await llm.aclose()

    asyncio.run(ask())
    assert kept == [1]
    assert [one.user for one in server.seen] == ["a", "b"]
