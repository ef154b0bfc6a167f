"""Async code run to its end, whether or not a loop is running."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar

import pytest

from claimcompare.llm.running import run_to_end

SETTING: ContextVar[str] = ContextVar("setting", default="unset")
Caller = Callable[[Callable[[], None]], None]


def plainly(test: Callable[[], None]) -> None:
    test()


def in_a_loop(test: Callable[[], None]) -> None:
    async def notebook() -> None:
        test()

    asyncio.run(notebook())


class Resource:
    """Remembers the loop it was closed in."""

    def __init__(self) -> None:
        self.closed_in: list[asyncio.AbstractEventLoop] = []

    async def close(self) -> None:
        """Close."""
        await asyncio.sleep(0)
        self.closed_in.append(asyncio.get_running_loop())


async def current_loop() -> asyncio.AbstractEventLoop:
    await asyncio.sleep(0)
    return asyncio.get_running_loop()


async def fail() -> None:
    await asyncio.sleep(0)
    raise LookupError("lost")


def nothing() -> Awaitable[None]:
    return asyncio.sleep(0)


EVERYWHERE = pytest.mark.parametrize("caller", [plainly, in_a_loop])


@EVERYWHERE
def test_the_result_comes_back_and_the_resource_is_closed_in_the_same_loop(caller: Caller) -> None:
    def test() -> None:
        resource = Resource()
        loop = run_to_end(current_loop(), resource.close)
        assert resource.closed_in == [loop]
        assert loop.is_closed()

    caller(test)


@EVERYWHERE
def test_a_failure_comes_through_and_the_resource_is_closed(caller: Caller) -> None:
    def test() -> None:
        resource = Resource()
        with pytest.raises(LookupError, match="lost"):
            run_to_end(fail(), resource.close)
        assert len(resource.closed_in) == 1

    caller(test)


@EVERYWHERE
def test_context_variables_of_the_caller_hold_inside(caller: Caller) -> None:
    async def read() -> str:
        return SETTING.get()

    def test() -> None:
        token = SETTING.set("set")
        try:
            assert run_to_end(read(), nothing) == "set"
        finally:
            SETTING.reset(token)

    caller(test)


@EVERYWHERE
def test_it_runs_several_times_in_a_row(caller: Caller) -> None:
    async def number(value: int) -> int:
        return value

    def test() -> None:
        assert [run_to_end(number(value), nothing) for value in range(3)] == [0, 1, 2]

    caller(test)
