"""Where stories are compared, many at once, a step at a time: in this process or in another."""

import asyncio
import pickle
import signal
from collections.abc import Sequence
from contextvars import copy_context
from functools import lru_cache
from itertools import count
from multiprocessing import parent_process
from os import _exit
from threading import Thread
from typing import NamedTuple

from claimcompare.corpus.models import Model
from claimcompare.corpus.records import Story, StoryResult
from claimcompare.corpus.work import acompare_story
from claimcompare.errors import BudgetExceeded, ClaimCompareError
from claimcompare.llm import LLM
from claimcompare.llm.line import ranked
from claimcompare.stages import CompareSettings

# In seconds: stories that were drawn meanwhile are taken, and whoever interrupts is heard.
_STEP = 0.5


class Task(NamedTuple):
    """How stories are compared."""

    llm: Model
    judge: Model | None
    settings: CompareSettings | None


class Done(NamedTuple):
    """Stories that are done, and the call that was not made for want of budget, if any."""

    results: tuple[StoryResult, ...]
    refusal: BudgetExceeded | None


class Desk:
    """Stories under way with one model; what a step leaves unfinished goes on between steps."""

    def __init__(self, task: Task) -> None:
        self._llm = task.llm.opened()
        self._judge = self._other(task)
        self._settings = task.settings
        # Whether answers are recorded or replayed is known where a run was begun.
        self._context = copy_context()
        self._under_way: set[asyncio.Task[StoryResult | ClaimCompareError]] = set()
        self._begun = count()

    def step(self, stories: Sequence[Story]) -> Done:
        """Take more stories, and give what is done as soon as anything is, or half a second on.

        Raises what would fail every story alike, as `compare_story` does.
        """
        return self._context.run(self._llm.run, self._step(stories))

    def close(self) -> None:
        """Cancel what is under way."""
        self._llm.close()
        if self._judge is not None:
            self._judge.close()

    def _other(self, task: Task) -> LLM | None:
        """The judge; the same model has one budget."""
        if task.judge is None:
            return None
        return self._llm if task.judge == task.llm else task.judge.opened()

    async def _step(self, stories: Sequence[Story]) -> Done:
        for story in stories:
            self._under_way.add(asyncio.create_task(self._compared(story)))
            # It prepares what it sends: many that begin together would hold up all others.
            await asyncio.sleep(0)
        done, self._under_way = await asyncio.wait(
            self._under_way, timeout=_STEP, return_when=asyncio.FIRST_COMPLETED
        )
        found = [task.result() for task in done]
        for one in found:
            if isinstance(one, ClaimCompareError):
                raise one
        results = tuple(one for one in found if isinstance(one, StoryResult))
        judging = self._judge.refusal if self._judge else None
        return Done(results, self._llm.refusal or judging)

    async def _compared(self, story: Story) -> StoryResult | ClaimCompareError:
        """What came of a story; an error as a value, since others may be raised in its place."""
        try:
            # What is begun is brought to its end: a budget that is spent on the first calls of
            # many stories is spent for nothing.
            with ranked(next(self._begun)):
                return await acompare_story(
                    story, llm=self._llm, judge=self._judge, settings=self._settings
                )
        except ClaimCompareError as error:
            return error


def begin() -> None:
    """Make this process a worker: it ends with the one that started it, and not by Ctrl-C."""
    # The one that started it hears Ctrl-C, too, and ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, name="claimcompare-parent", daemon=True).start()


def step_here(task: bytes, stories: Sequence[Story]) -> Done:
    """A step at the desk of this process, for a task as a pickle."""
    return _desk_here(task).step(stories)


def close_here(task: bytes) -> None:
    """Cancel what is under way in this process: when it ends, what that needs is gone before."""
    _desk_here(task).close()


@lru_cache(maxsize=1)
def _desk_here(task: bytes) -> Desk:
    return Desk(pickle.loads(task))  # noqa: S301 - made by the process that started this one


def _end_with_parent() -> None:
    """Whoever is killed ends no workers: these would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        _exit(1)
