"""Stories by the thousand: compared in this process or in several, and given as they are done."""

import multiprocessing
import pickle
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from claimcompare.corpus.desk import Desk, Task, begin, close_here, step_here
from claimcompare.corpus.drawing import Drawing
from claimcompare.corpus.models import Model
from claimcompare.corpus.outlook import Outlook
from claimcompare.corpus.records import Story, StoryResult
from claimcompare.corpus.seats import Seat, Step
from claimcompare.errors import ClaimCompareError
from claimcompare.stages import CompareSettings
from claimcompare.stages.flow import AHEAD

# Articles for each request at a time: most of a story's calls wait for the answer to another.
_ROOM = 4
# Waiting without an end would not hear Ctrl-C on Windows.
_GLANCE = 0.5


def compare_stories(
    stories: Iterable[Story],
    *,
    llm: Model,
    judge: Model | None = None,
    settings: CompareSettings | None = None,
    workers: int = 1,
) -> Generator[StoryResult]:
    """What comes of each story, as soon as it is done: not in their order.

    For any number of stories, which are drawn in a thread of their own: a few hundred articles are
    held at a time. Several workers are processes that share out the budget, the limits a minute
    and the requests at a time; a script that has them needs an `if __name__ == "__main__":`.

    Raises BudgetExceeded where a call was not made for want of budget, once the stories under way
    are given; those after them are not begun. LLMError where none of the first twenty is answered,
    ClaimCompareError where a worker was killed, and whatever `compare_story` raises.
    """
    part, judging = llm.shared_by(workers), judge and judge.shared_by(workers)
    if workers > 1:
        for model in filter(None, (llm, judge)):
            _check_shared(model, workers)
    return _results(stories, Task(part, judging, settings), workers)


def _check_shared(model: Model, workers: int) -> None:
    """That several processes may use it; raises ClaimCompareError."""
    if model.opened().is_local:
        raise ClaimCompareError(
            f"the embedded model keeps all processors busy: {workers} workers would load it "
            f"{workers} times, and be no faster; use one worker"
        )


def _results(stories: Iterable[Story], task: Task, workers: int) -> Generator[StoryResult]:
    room = max(AHEAD // workers, _ROOM * task.llm.settings.concurrency)
    outlook, refusal = Outlook(), None
    with ExitStack() as stack:
        seats = [Seat(*desk, room) for desk in _desks(task, workers, stack)]
        drawing = stack.enter_context(Drawing(stories))
        stack.enter_context(_telling_of_the_killed())
        while waiting := _under_way(drawing, seats):
            wait(waiting, timeout=_GLANCE, return_when=FIRST_COMPLETED)
            for done in filter(None, [seat.done() for seat in seats]):
                yield from done.results
                refusal = refusal or done.refusal
                if refusal is None:
                    outlook.hear(done.results)
            if refusal is not None:
                drawing.stop()
    if refusal is not None:
        raise refusal


def _desks(task: Task, workers: int, stack: ExitStack) -> list[tuple[Executor, Step]]:
    """Where each worker compares stories, and how; they end with the stack."""
    if workers == 1:
        thread = ThreadPoolExecutor(1, thread_name_prefix="claimcompare-stories")
        stack.callback(thread.shutdown)
        desk = Desk(task)
        stack.callback(desk.close)
        return [(thread, desk.step)]
    pickled = _pickled(task)
    return [(_worker(pickled, stack), partial(step_here, pickled)) for _ in range(workers)]


def _worker(pickled: bytes, stack: ExitStack) -> Executor:
    """A process; each has a pool of its own, since its stories go on from step to step."""
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=spawning, initializer=begin)
    stack.callback(_end, pool, pickled)
    return pool


def _end(pool: Executor, pickled: bytes) -> None:
    with suppress(BrokenProcessPool):
        pool.submit(close_here, pickled)
    pool.shutdown()


def _pickled(task: Task) -> bytes:
    try:
        return pickle.dumps(task)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ClaimCompareError(
            f"the settings cannot be sent to workers ({error}); parts and stores must be functions "
            "of a module there, or be called by their names"
        ) from error


def _under_way(drawing: Drawing, seats: list[Seat]) -> list[Future[Any]]:
    """What is waited for, once all that can begin has begun."""
    drawing.draw()
    for seat in sorted(seats, key=lambda seat: seat.held):
        seat.begin(drawing)
    return [future for future in (drawing.coming, *(seat.step for seat in seats)) if future]


@contextmanager
def _telling_of_the_killed() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise ClaimCompareError(
            "a worker ended before its work was done: it was killed, as it is where memory runs "
            'out, or the script that started it has no `if __name__ == "__main__":`; what is done '
            "is kept, and the same again goes on from there"
        ) from error
