"""How many requests may be under way at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from claimcompare.llm.line import Line

# Turns of the loop after which a request that was given a slot is on the wire.
_TURNS = 4


class Slots:
    """A bound on requests in flight: halved when the endpoint has too many, then grown back.

    Belongs to one event loop. Additive increase, multiplicative decrease: Chiu and Jain 1989.
    """

    def __init__(self, most: int) -> None:
        self.limit = most
        self._most = most
        self._taken = 0
        self._line = Line()
        self._answered = 0
        self._round = 0

    @asynccontextmanager
    async def one(self, *, again: bool = False) -> AsyncIterator[int]:
        """A slot, in the order of asking but first `again`, and the round that it was given in."""
        with self._line.place(again=again) as place:
            await place.may_go(self._is_free)
            self._taken += 1
        try:
            yield self._round
        finally:
            self._taken -= 1
            self._line.move()

    async def pass_on(self) -> None:
        """Let a request that waits for a slot be sent before the caller goes on."""
        if self._line.is_empty():
            return
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    def answered(self) -> None:
        """Count an answer: as many as there are slots make one more."""
        self._answered += 1
        if self._answered >= self.limit < self._most:
            self._answered = 0
            self.limit += 1
            self._line.move()

    def too_many(self, given: int) -> None:
        """Halve the slots, once for all the requests that were under way together."""
        if given != self._round:
            return
        self._round += 1
        self._answered = 0
        self.limit = max(1, self.limit // 2)

    def _is_free(self) -> bool:
        return self._taken < self.limit
