"""Run async code to its end from code that is not async."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

R = TypeVar("R")


def run_to_end(work: Coroutine[Any, Any, R], close: Callable[[], Awaitable[None]]) -> R:
    """The result of `work`; `close` is awaited after it, in the same event loop."""

    async def closing() -> R:
        try:
            return await work
        finally:
            await close()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(closing())
    # A notebook's loop is running already: it waits here while another thread runs ours.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, asyncio.run, closing()).result()
