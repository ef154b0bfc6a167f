"""How many requests may be under way at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slots:
    """A bound on requests in flight: halved when the endpoint has too many, then grown back.

    Belongs to one event loop. Additive increase, multiplicative decrease: Chiu and Jain 1989.
    """

    def __init__(self, most: int) -> None:
        self.limit = most
        self._most = most
        self._free = asyncio.Semaphore(most)
        # Slots to withdraw: the next to be taken or to come back.
        self._owed = 0
        self._answered = 0
        self._round = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[int]:
        """A slot, in the order of asking, and the round that it was given in."""
        await self._take()
        try:
            yield self._round
        finally:
            self._give_back()

    def answered(self) -> None:
        """Count an answer: as many as there are slots make one more."""
        self._answered += 1
        if self._answered >= self.limit < self._most:
            self._answered = 0
            self.limit += 1
            self._give_back()

    def too_many(self, given: int) -> None:
        """Halve the slots, once for all the requests that were under way together."""
        if given != self._round:
            return
        self._round += 1
        self._answered = 0
        self._owed += self.limit - max(1, self.limit // 2)
        self.limit = max(1, self.limit // 2)

    async def _take(self) -> None:
        await self._free.acquire()
        while self._owed:
            self._owed -= 1
            await self._free.acquire()

    def _give_back(self) -> None:
        if self._owed:
            self._owed -= 1
        else:
            self._free.release()
