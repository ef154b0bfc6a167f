"""Many calls at once, in order and without holding all of them."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import copy_context
from functools import partial
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from claimcompare.schema import StageName

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")
Work = Callable[[T], Coroutine[Any, Any, R]]
Progress = Callable[[StageName, int, int], None]
# Results wait here for an earlier one that takes long; more than requests go out at once.
AHEAD = 256


class Count:
    """Tells how many calls of a stage are done, of those known so far."""

    def __init__(self, stage: StageName, progress: Progress | None) -> None:
        self._stage = stage
        self._progress = progress
        self._done = 0
        self._known = 0

    def more(self, calls: int) -> None:
        """So many calls are to come."""
        self._known += calls
        self._tell()

    async def one(self, work: Work[T, R], item: T) -> R:
        """What becomes of an item, counted as done."""
        result = await work(item)
        self._done += 1
        self._tell()
        return result

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._stage, self._done, self._known)


async def aside(work: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
    """The result of work that takes long, done in a thread: the event loop goes on meanwhile."""
    return await asyncio.to_thread(work, *args, **options)


async def in_order(work: Work[T, R], items: Iterable[T], ahead: int = AHEAD) -> AsyncGenerator[R]:
    """What becomes of each item, in order, while work on at most `ahead` of them goes on.

    What is no sequence is read in a thread of its own, since the next item may take long to come.
    """
    window: deque[asyncio.Task[R]] = deque()
    try:
        async with aclosing(_as_they_come(items)) as coming:
            async for item in coming:
                window.append(asyncio.create_task(work(item)))
                # It prepares what it sends: hundreds that begin together would hold up all others.
                await asyncio.sleep(0)
                if len(window) >= ahead:
                    yield await window[0]
                    window.popleft()
        while window:
            yield await window[0]
            window.popleft()
    finally:
        await _end(window)


async def each(work: Work[T, R], items: Sequence[T], count: Count) -> list[R]:
    """What becomes of all items, in their order."""
    count.more(len(items))
    return [result async for result in in_order(partial(count.one, work), items)]


async def _as_they_come(items: Iterable[T]) -> AsyncGenerator[T]:
    if isinstance(items, Sequence):
        for item in items:
            yield item
        return
    # One thread for all items: what an iterator has open, such as a database, may belong to it.
    reading = ThreadPoolExecutor(1, thread_name_prefix="claimcompare-reading")
    context, loop = copy_context(), asyncio.get_running_loop()

    async def here(work: Callable[[], R]) -> R:
        return await loop.run_in_executor(reading, partial(context.run, work))

    try:
        coming = await here(partial(iter, items))
        # As a list, since a StopIteration does not come through a future.
        while found := await here(lambda: list(islice(coming, 1))):
            yield found[0]
    finally:
        reading.shutdown(wait=False)


async def _end(tasks: Iterable[asyncio.Task[R]]) -> None:
    """Wait until all have come to an end, in whatever way."""
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
