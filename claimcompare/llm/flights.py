"""Work that several callers want at the same time, done once for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
# How often a caller makes sure that the event loop it waits for is still running.
_GLANCE = 1.0


class Flights(Generic[T]):
    """Work by key, shared by the callers of all threads and event loops."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, _Flight[T]] = {}
        self._lock = Lock()

    async def share(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """What the work brings, and whether it was another's.

        Where another's fails or is cancelled, the next of those who wait does its own.
        """
        while True:
            own = _Flight[T]()
            with self._lock:
                there = self._under_way.setdefault(key, own)
            if there is own:
                return await self._flown(key, own, work), False
            for brought in await self._landed(key, there):
                return brought, True

    async def _flown(
        self, key: Hashable, flight: "_Flight[T]", work: Callable[[], Awaitable[T]]
    ) -> T:
        try:
            flight.brought = (await work(),)
            return flight.brought[0]
        finally:
            self._over(key, flight)
            flight.end.set_result(None)

    async def _landed(self, key: Hashable, flight: "_Flight[T]") -> tuple[T, ...]:
        """What another's work brought; nothing where it failed, or its event loop was left."""
        end = asyncio.wrap_future(flight.end)
        while not flight.end.done():
            await asyncio.wait([end], timeout=_GLANCE)
            if not flight.loop.is_running():
                self._over(key, flight)
                break
        return flight.brought

    def _over(self, key: Hashable, flight: "_Flight[T]") -> None:
        with self._lock:
            if self._under_way.get(key) is flight:
                del self._under_way[key]


class _Flight(Generic[T]):
    """Work under way in the running event loop."""

    def __init__(self) -> None:
        self.brought: tuple[T, ...] = ()
        self.end: Future[None] = Future()
        self.loop = asyncio.get_running_loop()
