"""Desks as those see them who hand out the work."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future

from claimcompare.corpus.desk import Done
from claimcompare.corpus.drawing import Drawing
from claimcompare.corpus.records import Story

Step = Callable[[Sequence[Story]], Done]
# Handed out at a time, so that no desk has all of the last stories.
_PORTION = 32


class Seat:
    """A desk's step, if one is under way, and how many articles lie on it, at most `room`."""

    def __init__(self, executor: Executor, step: Step, room: int) -> None:
        self.step: Future[Done] | None = None
        self.held = 0
        self._executor = executor
        self._step = step
        self._room = room

    def begin(self, drawing: Drawing) -> None:
        """The next step, if there is any work and none is under way."""
        if self.step is not None:
            return
        given = drawing.take(min(self._room - self.held, _PORTION))
        self.held += sum(len(story.articles) for story in given)
        if self.held:
            self.step = self._executor.submit(self._step, given)

    def done(self) -> Done | None:
        """What came of a step that is over; raises what it raised."""
        if self.step is None or not self.step.done():
            return None
        done, self.step = self.step.result(), None
        self.held -= sum(len(result.articles) for result in done.results)
        return done
