"""Time that passes without waiting."""

import asyncio
import selectors
from asyncio import sleep as really_sleep
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

import pytest

from claimcompare.llm import pace

R = TypeVar("R")
_TICK = 1e-6


class Clock:
    """What sleepers wait by, and paces go by; one sleeper at a time, among real connections."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.sleeps: list[float] = []

    @classmethod
    def installed(cls, monkeypatch: pytest.MonkeyPatch) -> Self:
        """A clock in the place of the real one."""
        clock = cls()
        monkeypatch.setattr(asyncio, "sleep", clock.sleep)
        monkeypatch.setattr(pace, "monotonic", lambda: clock.now)
        return clock

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass."""
        if seconds > 0:
            self.sleeps.append(seconds)
            self.now += seconds + _TICK
        await really_sleep(0)


class _Skipping(selectors.SelectSelector):
    """Waits for nothing but files: where there is none, time jumps to the next timer."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now."""
        self.now += _TICK + (timeout or 0.0)
        return super().select(None if timeout is None else 0.0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time only passes when all wait for it; for any number of sleepers."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._skipping.now


def virtually(main: Coroutine[Any, Any, R]) -> R:
    """The result of `main` in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def virtual_now() -> float:
    """The time of the running loop: stands in for `monotonic`."""
    return asyncio.get_running_loop().time()
