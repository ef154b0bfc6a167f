"""Where the calls of one model object go: an endpoint for each event loop."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary, finalize

from claimcompare.llm.address import Address
from claimcompare.llm.budget import Budget
from claimcompare.llm.events import Watch
from claimcompare.llm.prices import Pricing
from claimcompare.llm.running import BackgroundLoop, Ended
from claimcompare.llm.settings import LLMSettings

if TYPE_CHECKING:
    from claimcompare.llm.endpoint import Endpoint
    from claimcompare.llm.local import LocalServer

    Endpoints = WeakKeyDictionary[asyncio.AbstractEventLoop, Endpoint]

R = TypeVar("R")


class Shared(NamedTuple):
    """What the endpoints of all event loops have in common; `pricing` is by the provider."""

    model: str
    pricing: Callable[[str | None], Pricing]
    settings: LLMSettings
    budget: Budget
    watch: Watch


class Connections:
    """Endpoints, and a loop for callers that are not async; nothing is started before a call."""

    def __init__(self, given: Address, shared: Shared, *, embedded: bool) -> None:
        self._given = given
        self._shared = shared
        self._embedded = embedded
        # By process: of what a fork leaves in its child, no thread is there to answer.
        self._opened: dict[int, _Opened] = {}

    async def here(self) -> "Endpoint":
        """The endpoint of the running event loop, for the address that holds now."""
        from claimcompare.llm.endpoint import Endpoint

        endpoints, address = self._open().endpoints, await self._address()
        loop = asyncio.get_running_loop()
        endpoint = endpoints.get(loop)
        if endpoint is None or endpoint.address != address:
            endpoints[loop] = Endpoint(address, self._shared)
            if endpoint is not None:
                await endpoint.close()
        return endpoints[loop]

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work, for callers that are not async; raises Ended."""
        return self._open().loop_for(work).run(work)

    async def aclose(self) -> None:
        """Close the running event loop's connections; the next call opens new ones."""
        await self._open().close_here()

    def close(self) -> None:
        """Close what `run` has open; the next call opens it anew."""
        self._open().close()

    def _open(self) -> "_Opened":
        process = os.getpid()
        if process not in self._opened:
            opened = self._opened.setdefault(process, _Opened(process))
            finalize(self, opened.end)
        return self._opened[process]

    async def _address(self) -> Address:
        if not self._embedded:
            return self._given
        return (await self._open().served(self._shared.settings.gguf)).address


class _Opened:
    """What a process has open for a model object."""

    def __init__(self, process: int) -> None:
        # A connection belongs to one event loop, and threads may have loops of their own.
        self.endpoints: Endpoints = WeakKeyDictionary()
        self._process = process
        self._server: Future[LocalServer] | None = None
        self._background: BackgroundLoop | None = None
        self._ended = False
        self._lock = Lock()

    def loop_for(self, work: Coroutine[Any, Any, Any]) -> BackgroundLoop:
        """The loop for callers that are not async; raises Ended."""
        with self._lock:
            if self._ended:
                work.close()
                raise Ended("the process ends, and the model with it")
            if self._background is None:
                self._background = BackgroundLoop()
            return self._background

    async def served(self, gguf: Path | None) -> "LocalServer":
        """The embedded server, started once, in a thread; raises LLMError."""
        with self._lock:
            failed = self._server and self._server.done() and self._server.exception()
            if self._server is None or failed:
                self._server = _starting(gguf)
        # Whoever stops waiting stops nobody else's.
        return await asyncio.shield(asyncio.wrap_future(self._server))

    async def close_here(self) -> None:
        """Close the running event loop's connections."""
        endpoint = self.endpoints.pop(asyncio.get_running_loop(), None)
        if endpoint is not None:
            await endpoint.close()

    def close(self, *, leaving: bool = False) -> None:
        """Close the loop for callers that are not async."""
        with self._lock:
            background, self._background = self._background, None
        if background is not None:
            background.close(self.close_here(), leaving=leaving)

    def end(self) -> None:
        """Close all, since nobody uses it any more or the process ends."""
        if self._process != os.getpid():
            return
        self._ended = True
        self.close(leaving=True)
        if self._server is not None and self._server.done() and not self._server.exception():
            self._server.result().stop()


def _starting(gguf: Path | None) -> "Future[LocalServer]":
    from claimcompare.llm.local import LocalServer

    # Not a daemon: a process that ends while llama.cpp loads crashes.
    with_one = ThreadPoolExecutor(1, thread_name_prefix="claimcompare-loading")
    try:
        return with_one.submit(LocalServer, gguf)
    finally:
        with_one.shutdown(wait=False)
