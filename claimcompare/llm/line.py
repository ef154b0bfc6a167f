"""Who waits in one event loop, and whose turn it is."""

import asyncio
from bisect import insort
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count

_RANK: ContextVar[int] = ContextVar("rank", default=0)


@contextmanager
def ranked(rank: int) -> Iterator[None]:
    """Calls inside the block go before those of a higher rank, which was begun later."""
    token = _RANK.set(rank)
    try:
        yield
    finally:
        _RANK.reset(token)


class Line:
    """Places by rank and in the order of asking, behind those that ask again.

    Belongs to one event loop.
    """

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._asked = count()

    @contextmanager
    def place(self, *, again: bool) -> Iterator["Place"]:
        """A place until the end of the block, whoever leaves it in whatever way."""
        place = Place(self, (not again, _RANK.get(), next(self._asked)))
        insort(self._places, place, key=lambda one: one.order)
        try:
            yield place
        finally:
            self._places.remove(place)
            self.move()

    def is_empty(self) -> bool:
        """Whether nobody waits."""
        return not self._places

    def is_first(self, place: "Place") -> bool:
        """Whether nobody is before it."""
        return self._places[0] is place

    def move(self) -> None:
        """Let the first look whether it may go."""
        if self._places:
            self._places[0].moved.set()


class Place:
    """A place in a line."""

    def __init__(self, line: Line, order: tuple[bool, int, int]) -> None:
        self.order = order
        self.moved = asyncio.Event()
        self._line = line

    async def may_go(self, is_free: Callable[[], bool]) -> None:
        """Wait until nobody is before it, and there is room."""
        while not (self._line.is_first(self) and is_free()):
            self.moved.clear()
            await self.moved.wait()
