"""Stories as they are drawn from where they come from, which may take long."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Self

from claimcompare.corpus.records import Story

# In seconds: what comes soon is drawn together.
_SOON = 0.02
# Articles that lie ready for those who compare them.
_READY = 64

_Drawn = Future[list[Story]]


class Drawing:
    """Draws in one thread, since what an iterator has open, such as a database, may belong to it.

    `coming` is what is being drawn at the moment, None at the end and where enough lies ready.
    """

    def __init__(self, stories: Iterable[Story]) -> None:
        self.coming: _Drawn | None = None
        self._asked: SimpleQueue[_Drawn | None] = SimpleQueue()
        # Python waits at its end for what is no daemon; a pipe may bring nothing for ever.
        self._thread = Thread(
            target=copy_context().run,
            args=(_draw_as_asked, _begun(stories), self._asked),
            name="claimcompare-drawing",
            daemon=True,
        )
        self._ready: deque[Story] = deque()
        self._is_over = False

    def draw(self) -> None:
        """Put what was drawn with the rest, and have more drawn; raises what the source raises."""
        if self.coming is not None and self.coming.done():
            drawn, self.coming = self.coming.result(), None
            self._ready.extend(drawn)
            self._is_over = not drawn
        if not self._is_over and self.coming is None and _articles(self._ready) < _READY:
            self.coming = Future()
            self._asked.put(self.coming)

    def take(self, articles: int) -> list[Story]:
        """Stories that are ready, with so many articles or the rest of a story more."""
        taken: list[Story] = []
        while self._ready and _articles(taken) < articles:
            taken.append(self._ready.popleft())
        return taken

    def stop(self) -> None:
        """Draw no more, and begin nothing that lies ready."""
        self._is_over, self.coming = True, None
        self._ready.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.coming is not None:
            self.coming.cancel()
        self._asked.put(None)


def _begun(stories: Iterable[Story]) -> Iterator[Story]:
    """The stories, asked for their iterator by whoever draws."""
    yield from stories


def _draw_as_asked(source: Iterator[Story], asked: SimpleQueue[_Drawn | None]) -> None:
    while (drawn := asked.get()) is not None:
        if drawn.set_running_or_notify_cancel():
            try:
                drawn.set_result(_soon(source))
            except BaseException as error:  # noqa: BLE001 - whoever waits for it raises it
                drawn.set_exception(error)


def _soon(source: Iterator[Story]) -> list[Story]:
    """What comes soon, the next story at least; nothing at the end."""
    drawn: list[Story] = []
    until = monotonic() + _SOON
    for story in source:
        drawn.append(story)
        if monotonic() > until or _articles(drawn) >= _READY:
            break
    return drawn


def _articles(stories: Iterable[Story]) -> int:
    return sum(len(story.articles) for story in stories)
