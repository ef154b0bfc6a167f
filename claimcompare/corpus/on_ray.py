"""Stories by the million, compared by a pool of actors on a Ray cluster."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import TYPE_CHECKING

from claimcompare.corpus.columns import columns
from claimcompare.corpus.models import Model
from claimcompare.corpus.opening import open_here
from claimcompare.corpus.outlook import Outlook
from claimcompare.corpus.records import Story, StoryResult
from claimcompare.corpus.rows import to_row
from claimcompare.corpus.work import acompare_story
from claimcompare.extras import needs
from claimcompare.llm.line import ranked
from claimcompare.stages import CompareSettings

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import ActorPoolStrategy, Dataset

_log = logging.getLogger(__name__)
# Stories of a Ray task, which costs some hundredths of a second; what a lost node was at is
# asked again task by task.
_STORIES = 8
# An actor's tasks at a time: their stories are twice its requests, since most of the calls of a
# story wait for an answer to another.
_FEWEST_TASKS = 4
# It waits for answers most of the time.
_PROCESSORS = 0.25
_PUT_AT_A_TIME = 1_000
_SHARED = ("concurrency", "requests_per_minute", "tokens_per_minute", "max_cost", "max_tokens")


def compare_on_ray(
    stories: "Iterable[Story] | Dataset",
    *,
    llm: Model,
    judge: Model | None = None,
    settings: CompareSettings | None = None,
    workers: int,
) -> "Dataset":
    """A lazy Dataset, one row for each story, failed or not: the columns of a shard.

    Write it (`write_parquet` with `min_rows_per_file`, else each few stories are a file), or go
    through it: rows that nobody takes hold up what is asked. Each actor opens the model where it
    runs, with the key of that node's environment, and keeps answers on that node's disk, or in
    `LLMSettings.cache_folder`, which nodes may share. It has its part of the budget, of the limits
    a minute and of the requests at a time. What a lost node was at, Ray does again elsewhere.

    Args:
        stories: They are put into Ray's object store, which spills to disk, at once; or a Dataset
            with a column `story`, each a `Story` as JSON, which Ray reads as it goes.
        llm: The model that reads.
        judge: The model that says where claims stand; else `llm`.
        settings: How the stages work.
        workers: Actors, each of which takes a quarter of a processor. Some node needs a whole one
            beside, to read and cut the Dataset.

    Raises ModuleNotFoundError without the extra `ray`. The Dataset raises, in an error of Ray's,
    what fails every story alike, and LLMError where none of an actor's first twenty is answered.
    """
    part = _part(llm, workers)
    with needs("ray", "comparing on Ray"):
        from ray.data import Dataset
    told = stories if isinstance(stories, Dataset) else _put(stories)
    return told.repartition(target_num_rows_per_block=_STORIES).map_batches(
        _Actor,
        fn_constructor_args=(part, judge and judge.shared_by(workers), settings),
        batch_size=None,
        batch_format="pyarrow",
        num_cpus=_PROCESSORS,
        compute=_actors(workers, part.settings.concurrency),
    )


def _actors(workers: int, concurrency: int) -> "ActorPoolStrategy":
    """So many actors, each with threads for the stories of which it may ask at a time."""
    from ray.data import ActorPoolStrategy

    return ActorPoolStrategy(
        size=workers,
        max_concurrent_calls_per_actor=max(_FEWEST_TASKS, 2 * concurrency // _STORIES),
        enable_true_multi_threading=True,
    )


class _Actor:
    """A process of the cluster, with the models that are open there."""

    def __init__(self, llm: Model, judge: Model | None, settings: CompareSettings | None) -> None:
        self._llm = open_here(llm)
        self._judge = open_here(judge) if judge else None
        self._settings = settings
        self._outlook = Outlook()
        self._begun = count()

    def __call__(self, batch: "pa.Table") -> "pa.Table":
        """What came of stories; calls of other threads share this one's event loop."""
        import pyarrow as pa

        stories = [Story.from_json(told) for told in batch["story"].to_pylist()]
        rows = [to_row(result) for result in self._llm.run(self._compared(stories))]
        return pa.Table.from_pylist(rows, columns(pa))

    async def _compared(self, stories: list[Story]) -> list[StoryResult]:
        results = await asyncio.gather(*map(self._in_turn, stories))
        if self._llm.refusal is None:
            self._outlook.hear(results)
        return results

    async def _in_turn(self, story: Story) -> StoryResult:
        with ranked(next(self._begun)):
            return await acompare_story(
                story, llm=self._llm, judge=self._judge, settings=self._settings
            )


def _put(stories: Iterable[Story]) -> "Dataset":
    """The stories in the object store; here only so many at a time."""
    import pyarrow as pa
    import ray.data

    texts = (story.to_json() for story in stories)
    parts: Iterator[list[str]] = iter(lambda: list(islice(texts, _PUT_AT_A_TIME)), [])
    return ray.data.from_arrow_refs([ray.put(pa.table({"story": part})) for part in parts])


def _part(llm: Model, workers: int) -> Model:
    """What each actor has of what holds for a process, which is said."""
    part = llm.shared_by(workers)
    given = {name: getattr(part.settings, name) for name in _SHARED}
    told = ", ".join(f"{name} {value:g}" for name, value in given.items() if value is not None)
    _log.info("%d actors on Ray; each has for its part: %s", workers, told)
    return part
