"""The async twins: their connections, and how many of their requests are under way."""

import asyncio
import time
from threading import Barrier, BrokenBarrierError, Event

from claimcompare.llm import LLM
from tests.llm.server import City, FakeServer, Reply, Seen, fails, model_at, prompt, says


def echo(request: Seen) -> Reply:
    return says(City(name=request.user, people=0).model_dump_json())


def test_the_async_twin_keeps_its_connection_until_closed(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)

    async def twice() -> list[str]:
        try:
            return [(await llm.aask(prompt(name), City)).value.name for name in "ab"]
        finally:
            await llm.aclose()

    assert asyncio.run(twice()) == ["a", "b"]
    assert server.connections == 1
    assert server.is_idle()


def test_an_async_block_closes_the_loops_connections(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)

    async def asked() -> str:
        async with llm as opened:
            found = (await opened.aask(prompt("a"), City)).value.name
        assert server.is_idle()
        return found

    assert asyncio.run(asked()) == "a"


def test_a_closed_model_opens_again_in_the_same_and_in_another_loop(
    llm: LLM, server: FakeServer
) -> None:
    server.will_always(echo)

    async def reopening() -> None:
        for name in "ab":
            assert (await llm.aask(prompt(name), City)).value.name == name
            await llm.aclose()

    asyncio.run(reopening())
    asyncio.run(reopening())
    assert server.is_idle()


def test_closing_an_unused_model_does_nothing(llm: LLM, server: FakeServer) -> None:
    asyncio.run(llm.aclose())
    assert server.connections == 0


def test_concurrent_answers_reach_their_callers(llm: LLM, server: FakeServer) -> None:
    overtaken = Event()

    def echo_the_first_one_last(request: Seen) -> Reply:
        if request.user == "0":
            overtaken.wait(timeout=5)
        elif request.user == "1":
            overtaken.set()
        return echo(request)

    server.will_always(echo_the_first_one_last)

    async def fifty() -> list[str]:
        asked = (llm.aask(prompt(str(number)), City) for number in range(50))
        return [answer.value.name for answer in await asyncio.gather(*asked)]

    assert llm.run(fifty()) == [str(number) for number in range(50)]
    assert overtaken.is_set()


def test_as_many_requests_as_set_are_in_flight_and_no_more(server: FakeServer) -> None:
    llm = model_at(server, concurrency=4)
    full = Barrier(4)

    def when_four_wait(request: Seen) -> Reply:
        try:
            full.wait(timeout=5)
        except BrokenBarrierError:
            return fails(400, "fewer than four at once")
        time.sleep(0.01)
        return echo(request)

    server.will_always(when_four_wait)

    async def forty_eight() -> int:
        asked = (llm.aask(prompt(str(number)), City) for number in range(48))
        return len(await asyncio.gather(*asked))

    assert llm.run(forty_eight()) == 48
    assert server.peak == 4
