"""Async code run for callers that are not async, on a loop of its own."""

import asyncio
import concurrent.futures
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as really_wait
from contextvars import ContextVar
from threading import Event, Thread, current_thread, main_thread
from typing import Any

import pytest

from claimcompare.llm import running
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


@pytest.fixture
def background() -> Iterator[BackgroundLoop]:
    """A loop that is closed with the test."""
    loop = BackgroundLoop()
    yield loop
    loop.close(nothing())


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


def test_closing_runs_the_last_work_and_ends_the_thread() -> None:
    seen: list[Thread] = []

    async def last() -> None:
        await asyncio.sleep(0)
        seen.append(current_thread())

    background = BackgroundLoop()
    background.close(last())
    (thread,) = seen
    assert thread is not current_thread()
    assert not thread.is_alive()


def test_closing_ends_the_thread_where_the_last_work_fails() -> None:
    background = BackgroundLoop()
    thread = background.run(whoever())
    background.close(fail())
    assert not thread.is_alive()


def test_closing_cancels_what_is_under_way_and_waits_for_its_clean_up() -> None:
    background, work = BackgroundLoop(), Work()

    async def last() -> None:
        assert work.cleaned

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(background.run, work.run())
        assert work.begun.wait(5)
        background.close(last())
        with pytest.raises(concurrent.futures.CancelledError):
            waiting.result(5)
    assert work.cleaned


def test_closing_from_inside_does_not_wait_for_itself() -> None:
    background = BackgroundLoop()
    thread = background.run(whoever())

    async def close() -> None:
        background.close(nothing())

    background.run(close())
    thread.join(5)
    assert not thread.is_alive()


def test_an_interrupt_cancels_the_work_and_waits_for_its_clean_up(
    background: BackgroundLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    monkeypatch.setattr(running, "wait", interrupted_when(work.begun))
    with pytest.raises(KeyboardInterrupt):
        background.run(work.run())
    assert work.cleaned


def test_an_interrupt_is_heard_before_the_work_begins(
    background: BackgroundLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        ran.append(True)

    ran: list[bool] = []
    idle, now = Event(), Event()
    now.set()
    background._loop.call_soon_threadsafe(idle.wait, 5)
    monkeypatch.setattr(running, "wait", interrupted_when(now, idle.set))
    with pytest.raises(KeyboardInterrupt):
        background.run(work())
    assert not ran


def test_an_interrupt_leaves_the_work_of_others_alone(
    background: BackgroundLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def other() -> str:
        await asyncio.to_thread(over.wait, 5)
        return "done"

    over, work = Event(), Work()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(background.run, other())
        monkeypatch.setattr(running, "wait", interrupted_when(work.begun))
        with pytest.raises(KeyboardInterrupt):
            background.run(work.run())
        over.set()
        assert waiting.result(5) == "done"


async def whoever() -> Thread:
    """The thread that runs this."""
    return current_thread()


def test_work_that_comes_while_the_last_work_runs_is_cancelled() -> None:
    background, late, begun = BackgroundLoop(), Work(), Event()

    async def last() -> None:
        begun.set()
        await asyncio.to_thread(late.begun.wait, 5)

    with ThreadPoolExecutor(2) as threads:
        closing = threads.submit(background.close, last())
        assert begun.wait(5)
        waiting = threads.submit(background.run, late.run())
        with pytest.raises(concurrent.futures.CancelledError):
            waiting.result(5)
        closing.result(5)
    assert late.cleaned


def test_after_closing_the_error_says_so() -> None:
    background = BackgroundLoop()
    background.close(nothing())
    with pytest.raises(RuntimeError, match="the model was closed while a call was on its way"):
        background.run(nothing())


@pytest.mark.parametrize("exit_of", [SystemExit, KeyboardInterrupt])
def test_an_exit_in_the_work_reaches_its_caller_and_ends_nothing_else(
    background: BackgroundLoop, exit_of: type[BaseException]
) -> None:
    async def leave() -> None:
        await asyncio.sleep(0)
        raise exit_of(3)

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(background.run, leave())
        with pytest.raises(exit_of):
            waiting.result(5)
    assert background.run(whoever()) is not current_thread()
