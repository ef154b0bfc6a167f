"""Requests and tokens a minute, and the pauses that an endpoint asks for."""

import asyncio
from collections import deque
from functools import cache
from threading import Lock
from time import monotonic
from typing import NamedTuple

_MINUTE = 60.0
_MAKING = Lock()


class Sent:
    """A request in the window of the last minute, with the tokens that it is thought to use."""

    __slots__ = ("at", "tokens")

    def __init__(self, at: float, tokens: int) -> None:
        self.at = at
        self.tokens = tokens


class Pace:
    """No more than so much in any minute, for all threads and event loops that share it."""

    def __init__(self, requests: int | None = None, tokens: int | None = None) -> None:
        self._requests = requests
        self._tokens = tokens
        self._window: deque[Sent] = deque()
        self._in_window = 0
        self._held_until = 0.0
        self._lock = Lock()

    async def turn(self, tokens: int) -> Sent:
        """Wait until a request of that many tokens may be sent."""
        while True:
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
        """Send nothing for so long."""
        with self._lock:
            self._held_until = max(self._held_until, monotonic() + seconds)

    def _try(self, tokens: int) -> Sent | float:
        """The request as booked, or the seconds after which to try again."""
        with self._lock:
            now = monotonic()
            if now < self._held_until:
                return self._held_until - now
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


def shared_pace(key: PaceKey) -> Pace:
    """The one pace of this process for calls that are counted together."""
    # Two threads could each make one: the memory of functools does not lock.
    with _MAKING:
        return _pace(key)


@cache
def _pace(key: PaceKey) -> Pace:
    return Pace(key.requests, key.tokens)
