"""How a loop of its own ends, and what becomes of work then."""

import asyncio
import concurrent.futures
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread, current_thread

import anyio
import pytest

from claimcompare.llm import running
from claimcompare.llm.running import BackgroundLoop
from tests.llm.test_running import Work, fail, interrupted_when, nothing


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


def test_closing_leaves_no_coroutine_that_was_never_awaited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    background = BackgroundLoop()

    async def connect() -> None:
        background.close(nothing())
        await asyncio.sleep(0)
        # When the loop ends in its next turn, this one's child is yet to begin.
        async with anyio.create_task_group() as group:
            group.start_soon(anyio.sleep, 60)

    with pytest.raises(concurrent.futures.CancelledError):
        background.run(connect())
    gc.collect()
    assert told == []


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
