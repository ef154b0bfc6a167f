"""Run async code for callers that are not async."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, wait
from inspect import CORO_CREATED, getcoroutinestate, iscoroutine
from threading import Lock, Thread, current_thread
from typing import Any, Generic, TypeVar

R = TypeVar("R")
# Waiting without an end would not hear Ctrl-C on Windows.
_GLANCE = 0.5


class Ended(RuntimeError):
    """Work that comes when the process ends."""


class BackgroundLoop:
    """An event loop on a thread of its own, for scripts, threads and running notebooks alike."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._closed = False
        self._left = False
        self._lock = Lock()
        self._thread = Thread(target=self._serve, name="claimcompare", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of `work`; whoever interrupts the waiting cancels it."""
        if current_thread() is self._thread:
            work.close()
            raise RuntimeError("called from inside a call: use the async twin there")
        job = _Job(work, lambda: self._left)
        self._submit(job)
        try:
            _wait_for(job.result)
        finally:
            if not job.result.done():
                self._loop.call_soon_threadsafe(job.cancel)
                _wait_for(job.result)
        return job.result.result()

    def close(self, last: Coroutine[Any, Any, None], *, leaving: bool = False) -> None:
        """Cancel what is under way, run `last`, end the thread.

        When `leaving` the process, threads that wait for a result wait on: they end with it, and
        have nobody to tell of it.
        """
        self._left = leaving
        asyncio.run_coroutine_threadsafe(self._end(last), self._loop)
        if current_thread() is not self._thread:
            self._thread.join()

    def _submit(self, job: "_Job[R]") -> None:
        with self._lock:
            if not self._closed:
                self._loop.call_soon_threadsafe(job.start)
                return
        job.work.close()
        raise RuntimeError("the model was closed while a call was on its way to it")

    def _serve(self) -> None:
        while not self._closed:
            try:
                self._loop.run_forever()
            except (SystemExit, KeyboardInterrupt):
                # Raised in a task, whose caller hears of it as soon as the loop goes on.
                continue
        self._loop.close()

    async def _end(self, last: Coroutine[Any, Any, None]) -> None:
        await _end_others()
        try:
            await last
        finally:
            with self._lock:
                self._closed = True
            # What was submitted before that line has yet to start.
            await asyncio.sleep(0)
            await _end_others()
            self._loop.stop()


class _Job(Generic[R]):
    """Work for the loop, and its result for whoever waits on another thread."""

    def __init__(self, work: Coroutine[Any, Any, R], is_left: Callable[[], bool]) -> None:
        self.work = work
        self._is_left = is_left
        self.result: Future[R] = Future()
        self._task: asyncio.Task[R] | None = None

    def start(self) -> None:
        """Begin; called on the loop's thread."""
        self._task = asyncio.get_running_loop().create_task(self.work)
        self._task.add_done_callback(self._pass_on)

    def cancel(self) -> None:
        """Cancel the work; called on the loop's thread, after `start`."""
        if self._task is not None:
            self._task.cancel()

    def _pass_on(self, task: "asyncio.Task[R]") -> None:
        error = CancelledError() if task.cancelled() else task.exception()
        if self._is_left():
            return
        if error is None:
            self.result.set_result(task.result())
        else:
            self.result.set_exception(error)


async def _end_others() -> None:
    ended: set[asyncio.Task[Any]] = set()
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        begun = set(filter(_has_begun, others))
        for task in begun - ended:
            task.cancel()
        ended |= begun
        if begun == others:
            await asyncio.gather(*others, return_exceptions=True)
        else:
            await asyncio.sleep(0)


def _has_begun(task: "asyncio.Task[Any]") -> bool:
    """Whether a task may be cancelled: before, the coroutine that it was given is never awaited."""
    work = task.get_coro()
    return not iscoroutine(work) or getcoroutinestate(work) != CORO_CREATED


def _wait_for(future: "Future[Any]") -> None:
    while not future.done():
        wait([future], timeout=_GLANCE)
