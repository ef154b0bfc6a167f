"""Equal requests at the same time: sent once, from whatever thread or event loop they come."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.llm.client import Answer
from claimcompare.llm.flights import Flights
from tests.llm.server import ULM, ULM_JSON, City, FakeServer, Reply, Seen, model_at, prompt, says

WAIT = 20


class Gate:
    """Answers once it is opened."""

    def __init__(self) -> None:
        self.reached = Event()
        self.opened = Event()

    def __call__(self, _: Seen) -> Reply:
        self.reached.set()
        assert self.opened.wait(WAIT)
        return says(ULM_JSON)


@pytest.fixture(params=[True, False], ids=["cache", "no cache"])
def shared(server: FakeServer, tmp_path: Path, request: pytest.FixtureRequest) -> LLM:
    return model_at(server, cache=request.param, cache_folder=tmp_path / "cache")


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - set by other threads
        await asyncio.sleep(0.005)


def waiting(llm: LLM) -> int:
    """How many wait for another's answer."""
    flights = [*llm._gateway._store._here().flights._under_way.values()]
    return sum(len(vars(one.end)["_done_callbacks"]) for one in flights)


async def one_and_a_waiter(
    llm: LLM, gate: Gate
) -> tuple[asyncio.Task[Answer[City]], asyncio.Task[Answer[City]]]:
    """A call whose request is held at the gate, and an equal call that waits for its answer."""
    first = asyncio.create_task(llm.aask(prompt(), City))
    await until(gate.reached.is_set)
    second = asyncio.create_task(llm.aask(prompt(), City))
    await until(lambda: waiting(llm))
    return first, second


def test_equal_requests_of_many_threads_are_sent_once(shared: LLM, server: FakeServer) -> None:
    gate = Gate()
    server.will_always(gate)

    async def asked() -> City:
        try:
            return (await shared.aask(prompt(), City)).value
        finally:
            await shared.aclose()

    with ThreadPoolExecutor(4) as threads:
        own_loop = threads.submit(asyncio.run, asked())
        assert gate.reached.wait(WAIT)
        others = [threads.submit(shared.ask, prompt(), City) for _ in range(3)]
        while waiting(shared) < len(others):
            Event().wait(0.005)
        gate.opened.set()
        assert own_loop.result() == ULM
        assert [one.result().value for one in others] == [ULM] * 3
    assert len(server.seen) == 1
    assert shared.spent.calls == 1


def test_who_waits_is_not_cancelled_with_the_first(shared: LLM, server: FakeServer) -> None:
    gate = Gate()
    server.will_always(gate)

    async def run() -> City:
        first, second = await one_and_a_waiter(shared, gate)
        first.cancel()
        gate.opened.set()
        found = (await second).value
        assert first.cancelled()
        return found

    assert shared.run(run()) == ULM
    assert len(server.seen) == 2


def test_the_first_is_not_cancelled_with_who_waits(shared: LLM, server: FakeServer) -> None:
    gate = Gate()
    server.will_always(gate)

    async def run() -> City:
        first, second = await one_and_a_waiter(shared, gate)
        second.cancel()
        gate.opened.set()
        return (await first).value

    assert shared.run(run()) == ULM
    assert len(server.seen) == 1


def test_work_in_an_event_loop_that_was_left_is_waited_for_by_nobody() -> None:
    flights: Flights[str] = Flights()
    left = asyncio.new_event_loop()

    async def never() -> str:
        await asyncio.sleep(WAIT * 10)
        return "late"

    async def ours() -> str:
        return "ours"

    thread = Thread(target=left.run_forever)
    thread.start()
    task = asyncio.run_coroutine_threadsafe(flights.share("a", never), left)
    while not flights._under_way:
        Event().wait(0.005)
    left.call_soon_threadsafe(left.stop)
    thread.join()
    assert asyncio.run(flights.share("a", ours)) == ("ours", False)
    left.call_soon(task.cancel)
    left.run_until_complete(asyncio.sleep(0.01))
    left.close()


def test_where_work_fails_the_next_does_its_own() -> None:
    flights: Flights[str] = Flights()

    async def fails() -> str:
        await asyncio.sleep(0)
        raise LLMError("no luck")

    async def works() -> str:
        await asyncio.sleep(0)
        return "done"

    async def all_at_once() -> list[object]:
        asked = (flights.share("a", one) for one in (fails, works, works))
        return [*await asyncio.gather(*asked, return_exceptions=True)]

    failed, own, others = asyncio.run(all_at_once())
    assert isinstance(failed, LLMError)
    assert (own, others) == (("done", False), ("done", True))
