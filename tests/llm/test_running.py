"""Async code run for callers that are not async, on a loop of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as really_wait
from contextvars import ContextVar
from threading import Event, current_thread, main_thread
from typing import Any

import pytest

from claimcompare.llm.running import BackgroundLoop

SETTING: ContextVar[str] = ContextVar("setting", default="unset")
Caller = Callable[[Callable[[], None]], None]


def plainly(test: Callable[[], None]) -> None:
    test()


def in_a_loop(test: Callable[[], None]) -> None:
    async def notebook() -> None:
        test()

    asyncio.run(notebook())


EVERYWHERE = pytest.mark.parametrize("caller", [plainly, in_a_loop])


async def nothing() -> None:
    pass


async def fail() -> None:
    await asyncio.sleep(0)
    raise LookupError("lost")


class Work:
    """Takes until it is cancelled, and some time after that."""

    def __init__(self) -> None:
        self.begun = Event()
        self.cleaned = False

    async def run(self) -> None:
        """Wait."""
        try:
            self.begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            self.cleaned = True


def interrupted_when(begun: Event, then: Callable[[], None] = lambda: None) -> Callable[..., Any]:
    """A wait in which Ctrl-C is pressed, once, after that event; only the main thread hears it."""
    pressed: list[bool] = []

    def wait(futures: list[Future[Any]], timeout: float | None = None) -> Any:
        if current_thread() is main_thread() and not pressed:
            pressed.append(True)
            assert begun.wait(5)
            raise KeyboardInterrupt
        then()
        return really_wait(futures, timeout)

    return wait


@EVERYWHERE
def test_results_come_back_one_after_another(caller: Caller, background: BackgroundLoop) -> None:
    async def number(value: int) -> int:
        await asyncio.sleep(0)
        return value

    def test() -> None:
        assert [background.run(number(value)) for value in range(3)] == [0, 1, 2]

    caller(test)


@EVERYWHERE
def test_a_failure_comes_through_and_is_not_the_end(
    caller: Caller, background: BackgroundLoop
) -> None:
    def test() -> None:
        for _ in range(2):
            with pytest.raises(LookupError, match="lost"):
                background.run(fail())

    caller(test)


@EVERYWHERE
def test_context_variables_of_the_caller_hold_inside(
    caller: Caller, background: BackgroundLoop
) -> None:
    async def read() -> str:
        return SETTING.get()

    def test() -> None:
        token = SETTING.set("set")
        try:
            assert background.run(read()) == "set"
        finally:
            SETTING.reset(token)
        assert background.run(read()) == "unset"

    caller(test)


def test_threads_share_the_loop_at_the_same_time(background: BackgroundLoop) -> None:
    arrived: list[asyncio.AbstractEventLoop] = []
    full = asyncio.Event()

    async def meet() -> None:
        arrived.append(asyncio.get_running_loop())
        if len(arrived) == 4:
            full.set()
        async with asyncio.timeout(5):
            await full.wait()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: background.run(meet()), range(4)))
    assert len(set(arrived)) == 1


def test_a_call_from_inside_its_own_thread_is_an_error_and_no_deadlock(
    background: BackgroundLoop,
) -> None:
    async def outer() -> None:
        background.run(nothing())

    with pytest.raises(RuntimeError, match="async twin"):
        background.run(outer())
