"""Calls that are not async: one event loop for all, and what closes its connections."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from claimcompare.errors import LLMOutputError
from claimcompare.llm import LLM, LLMSettings
from tests.llm.server import KEY, City, FakeServer, Reply, Seen, fails, model_at, prompt, says

SCRIPT = """
import sys
from tests.llm.server import City, prompt
from claimcompare.llm import LLM, LLMSettings
llm = LLM("m", base_url=sys.argv[1], api_key="k", settings=LLMSettings(cache=False))
print(llm.ask(prompt("Ulm"), City).value.name)
"""


def echo(request: Seen) -> Reply:
    return says(City(name=request.user, people=0).model_dump_json())


class Closing:
    """Tells whether a generator was closed."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm
        self.closed = False

    async def names(self) -> AsyncGenerator[str]:
        """Three answers, asked for one after another."""
        try:
            for name in "abc":
                yield (await self._llm.aask(prompt(name), City)).value.name
        finally:
            await asyncio.sleep(0)
            self.closed = True


def test_calls_share_a_connection_until_closed(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)
    names = [llm.ask(prompt(name), City).value.name for name in "abc"]
    assert names == ["a", "b", "c"]
    assert server.connections == len(server.sockets) == 1
    llm.close()
    assert server.is_idle()


def test_a_failed_call_leaves_no_connection_after_closing(llm: LLM, server: FakeServer) -> None:
    server.will(fails(500), says(""))
    with pytest.raises(LLMOutputError):
        llm.ask(prompt(), City)
    llm.close()
    assert server.is_idle()


def test_the_end_of_a_block_closes(server: FakeServer) -> None:
    server.will_always(echo)
    with model_at(server) as llm:
        llm.ask(prompt(), City)
    assert server.is_idle()


def test_a_model_that_nobody_holds_any_more_is_closed(server: FakeServer) -> None:
    server.will_always(echo)
    model_at(server).ask(prompt(), City)
    gc.collect()
    assert server.is_idle()


def test_a_closed_model_opens_again(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)
    for number in range(1, 3):
        assert llm.ask(prompt("Ulm"), City).value.name == "Ulm"
        assert server.connections == number
        llm.close()
    assert server.is_idle()


def test_closing_twice_or_unused_does_nothing(llm: LLM, server: FakeServer) -> None:
    llm.close()
    server.will_always(echo)
    llm.ask(prompt(), City)
    llm.close()
    llm.close()
    assert server.connections == 1


def test_asking_inside_a_running_event_loop(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)

    async def in_a_notebook() -> list[str]:
        return [llm.ask(prompt(name), City).value.name for name in "ab"]

    assert asyncio.run(in_a_notebook()) == ["a", "b"]
    llm.close()
    assert server.is_idle()


def test_a_script_that_closes_nothing_ends_without_a_word(server: FakeServer) -> None:
    server.will_always(echo)
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, server.url],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.stdout.strip(), run.stderr, run.returncode) == ("Ulm", "", 0)


def test_a_stream_gives_items_as_they_come(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)
    work = Closing(llm)
    stream = llm.stream(work.names())
    assert next(stream) == "a"
    assert [request.user for request in server.seen] == ["a"]
    assert list(stream) == ["b", "c"]
    assert work.closed


def test_a_stream_left_early_is_closed(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)
    work = Closing(llm)
    for _ in llm.stream(work.names()):
        break
    gc.collect()
    assert work.closed
    assert len(server.seen) == 1


def test_a_failure_comes_through_a_stream(llm: LLM, server: FakeServer) -> None:
    server.will(says('{"name": "a", "people": 0}'), says(""))
    work = Closing(llm)
    stream = llm.stream(work.names())
    assert next(stream) == "a"
    with pytest.raises(LLMOutputError):
        next(stream)
    assert work.closed


def test_the_background_outlives_a_closed_loop_of_the_callers(server: FakeServer) -> None:
    server.will_always(echo)
    settings = LLMSettings(cache=False)

    async def twins(llm: LLM) -> None:
        await llm.aask(prompt("async"), City)
        llm.ask(prompt("sync"), City)
        await llm.aclose()

    with LLM("m", base_url=server.url, api_key=KEY, settings=settings) as llm:
        asyncio.run(twins(llm))
        llm.ask(prompt("sync"), City)
        assert server.connections == 2
    assert server.is_idle()
