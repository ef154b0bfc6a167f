"""What a model has no room to answer at once is asked for in parts, in every stage by one rule."""

import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from claimcompare.stages.log import StageLog
from claimcompare.stages.nearness import windows_near

# Of a window whose answer was cut off, in each of those that are read in its place.
_PART = 0.6
_NEIGHBOURS = 10
_FEWEST = 2


class Answered(Protocol):
    """What came of one call: if its answer was cut off, less is to be asked at once."""

    @property
    def log(self) -> StageLog:
        """What it cost, and what became of all that was asked."""

    @property
    def cut_off(self) -> bool:
        """Whether the model had no room to end its answer."""


T = TypeVar("T")
A = TypeVar("A", bound=Answered)
Near = Callable[[Sequence[T], int], Sequence[Sequence[int]]]


async def in_parts(
    ask: Callable[[T], Awaitable[A]],
    whole: T,
    split: Callable[[T], Sequence[T]],
    most: float = math.inf,
) -> tuple[list[A], StageLog]:
    """What comes of a task, or of its parts in order where its answer is cut off.

    A part that is cut off is split in its turn; one that `split` makes no parts of stays as it was
    answered. The largest come first, and no more than `most` are asked: an endpoint that cuts off
    every answer must not be asked for ever. The log holds what answers cost that were replaced.
    """
    found: dict[tuple[int, ...], A] = {}
    replaced = StageLog()
    waiting: deque[tuple[tuple[int, ...], T]] = deque([((), whole)])
    asked = 0
    while waiting:
        place, task = waiting.popleft()
        answer = await ask(task)
        asked += 1
        parts = split(task) if answer.cut_off else ()
        if parts and asked + len(waiting) + len(parts) <= most:
            waiting.extend(((*place, at), part) for at, part in enumerate(parts))
            replaced += answer.log.without_rows()
        else:
            found[place] = answer
    return [found[place] for place in sorted(found)], replaced


def smaller_windows(items: Sequence[T], near: Near[T]) -> list[list[T]]:
    """Windows that share items, in the place of one of them all; none where there are but two.

    `near` gives for each item the places of so many that must not be parted from it.
    """
    if len(items) <= _FEWEST:
        return []
    size = math.ceil(_PART * len(items))
    count = min(_NEIGHBOURS, max(1, size // 3))
    return [[items[at] for at in window] for window in windows_near(near(items, count), size)]
