"""Requests and tokens a minute, and the pauses that an endpoint asks for."""

import asyncio
import os
from collections import deque
from threading import Lock
from time import monotonic
from typing import NamedTuple
from weakref import WeakKeyDictionary

from claimcompare.llm.line import Line

_MINUTE = 60.0


class Sent:
    """A request in the window of the last minute, with the tokens that it is thought to use."""

    __slots__ = ("at", "tokens")

    def __init__(self, at: float, tokens: int) -> None:
        self.at = at
        self.tokens = tokens


class Pause:
    """Until when an endpoint asked to be left alone, for all threads and event loops."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = Lock()

    def hold(self, seconds: float) -> None:
        """Send nothing for so long."""
        with self._lock:
            self._until = max(self._until, monotonic() + seconds)

    def left(self, now: float) -> float:
        """The seconds that it goes on, 0 or less where it is over."""
        return self._until - now


class Pace:
    """No more than so much in any minute, for all threads and event loops that share it."""

    def __init__(
        self, requests: int | None = None, tokens: int | None = None, pause: Pause | None = None
    ) -> None:
        self._requests = requests
        self._tokens = tokens
        self._pause = pause or Pause()
        self._window: deque[Sent] = deque()
        self._in_window = 0
        # A loop that ends takes along who waited there, so that nobody waits behind them.
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()
        self._lock = Lock()

    async def turn(self, tokens: int, *, again: bool = False) -> Sent:
        """Wait until a request of that many tokens may be sent, behind those asked for `again`."""
        with self._line().place(again=again) as place:
            while True:
                await place.may_go(lambda: True)
                sent = self._try(tokens)
                if isinstance(sent, Sent):
                    return sent
                await asyncio.sleep(sent)

    def used(self, sent: Sent, tokens: int) -> None:
        """Put what a request did use in the place of what it was thought to."""
        with self._lock:
            if self._window and sent.at >= self._window[0].at:
                self._in_window += tokens - sent.tokens
            sent.tokens = tokens

    def hold(self, seconds: float) -> None:
        """Send nothing to the endpoint for so long."""
        self._pause.hold(seconds)

    def _line(self) -> Line:
        with self._lock:
            return self._lines.setdefault(asyncio.get_running_loop(), Line())

    def _try(self, tokens: int) -> Sent | float:
        """The request as booked, or the seconds after which to try again."""
        with self._lock:
            now = monotonic()
            if (left := self._pause.left(now)) > 0:
                return left
            sent = Sent(now, tokens)
            if self._requests is None and self._tokens is None:
                return sent
            self._forget(now - _MINUTE)
            if self._is_full(tokens):
                return self._window[0].at + _MINUTE - now
            self._window.append(sent)
            self._in_window += tokens
            return sent

    def _is_full(self, tokens: int) -> bool:
        """Whether one more is too much; a request above the limit is sent when it is alone."""
        if not self._window:
            return False
        if self._requests is not None and len(self._window) >= self._requests:
            return True
        return self._tokens is not None and self._in_window + tokens > self._tokens

    def _forget(self, until: float) -> None:
        while self._window and self._window[0].at <= until:
            self._in_window -= self._window.popleft().tokens


class PaceKey(NamedTuple):
    """Calls that an endpoint counts together, and how many of them it allows a minute."""

    endpoint: str
    model: str
    requests: int | None
    tokens: int | None


# By process: what a fork leaves in its child may be locked by a thread that is not there.
_paces: dict[tuple[int, PaceKey], Pace] = {}
_pauses: dict[tuple[int, str], Pause] = {}


def shared_pace(key: PaceKey) -> Pace:
    """The one pace of this process for calls that are counted together.

    A pause holds for all calls to the endpoint, whatever their model and limits.
    """
    process = os.getpid()
    # Two threads may each make one: the first that is put there is everybody's.
    pause = _pauses.setdefault((process, key.endpoint), Pause())
    return _paces.setdefault((process, key), Pace(key.requests, key.tokens, pause))
