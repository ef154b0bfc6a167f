"""Where the calls of one model object go: an endpoint for each event loop."""

import asyncio
from collections.abc import Callable, Coroutine
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary, finalize

from claimcompare.llm.address import Address
from claimcompare.llm.budget import Budget
from claimcompare.llm.events import Watch
from claimcompare.llm.prices import Pricing
from claimcompare.llm.recording import replaying
from claimcompare.llm.running import BackgroundLoop
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
        # A connection belongs to one event loop, and threads may have loops of their own.
        self._endpoints: Endpoints = WeakKeyDictionary()
        self._server: LocalServer | None = None
        self._background: BackgroundLoop | None = None
        self._shut: finalize[[BackgroundLoop, Endpoints], Connections] | None = None
        self._lock = Lock()

    async def here(self) -> "Endpoint":
        """The endpoint of the running event loop, for the address that holds now."""
        from claimcompare.llm.endpoint import Endpoint

        loop, address = asyncio.get_running_loop(), self._address()
        endpoint = self._endpoints.get(loop)
        if endpoint is None or endpoint.address != address:
            self._endpoints[loop] = Endpoint(address, self._shared)
            if endpoint is not None:
                await endpoint.close()
        return self._endpoints[loop]

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work, for callers that are not async."""
        with self._lock:
            if self._background is None:
                self._background = BackgroundLoop()
                self._shut = finalize(self, _shut, self._background, self._endpoints)
            background = self._background
        return background.run(work)

    async def aclose(self) -> None:
        """Close the running event loop's connections; the next call opens new ones."""
        await _close_here(self._endpoints)

    def close(self) -> None:
        """Close what `run` has open; the next call opens it anew."""
        with self._lock:
            shut, self._shut, self._background = self._shut, None, None
        if shut is not None:
            shut()

    def _address(self) -> Address:
        if replaying():
            return Address(self._given.base_url or "http://127.0.0.1/v1", "replayed")
        if not self._embedded:
            return self._given
        from claimcompare.llm.local import LocalServer

        with self._lock:
            if self._server is None:
                self._server = LocalServer(self._shared.settings.gguf)
        return self._server.address


async def _close_here(endpoints: "Endpoints") -> None:
    endpoint = endpoints.pop(asyncio.get_running_loop(), None)
    if endpoint is not None:
        await endpoint.close()


def _shut(background: BackgroundLoop, endpoints: "Endpoints") -> None:
    background.close(_close_here(endpoints))
