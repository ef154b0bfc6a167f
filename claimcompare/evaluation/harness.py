"""`evaluate()`: a task and gold in, figures and every item's outcome out."""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic

from pydantic import Field

from claimcompare.errors import GoldError, LLMError
from claimcompare.evaluation.gold import BadRow, Gold, GoldItem, Item
from claimcompare.evaluation.metrics import RiskAtCoverage, confusion, risk_coverage
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Outcome,
    PairOutcome,
    StanceOutcome,
)
from claimcompare.evaluation.runs import Means, OnItems
from claimcompare.evaluation.statistics import Figures, Sampling, figures
from claimcompare.evaluation.tasks import Task, TaskName, task_of
from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from claimcompare.schema import Record
from claimcompare.stages import CompareSettings
from claimcompare.usage import Usage

_CURVE_POINTS = 20


class EvaluationSettings(Record):
    """How to evaluate: `limit` items drawn by `seed`, which the intervals are drawn by, too."""

    compare: CompareSettings = CompareSettings()
    limit: int | None = Field(default=None, ge=1)
    seed: int = Field(default=0, ge=0)
    resamples: int = Field(default=2_000, ge=1)


class PromptEdition(Record):
    """A prompt file that was used, with the hash of its text."""

    name: str
    version: str
    sha256: str


class Data(Record):
    """What was evaluated on: the file's name, and the hash of the items that were drawn from it.

    `copies` of items in the file, and its bad rows, are not among the `available`.
    """

    name: str
    sha256: str
    available: int
    copies: int
    bad_rows: tuple[BadRow, ...]


class Evaluation(Record):
    """A run's figures, what they rest on, and every item's outcome."""

    task: TaskName
    claimcompare: str
    model: str
    prompts: tuple[PromptEdition, ...]
    settings: EvaluationSettings
    data: Data
    figures: Figures
    confusion: Mapping[str, Mapping[str, int]] | None = None
    risk_coverage: tuple[RiskAtCoverage, ...] | None = None
    usage: Usage
    outcomes: tuple[StanceOutcome | PairOutcome | AttributionOutcome | ComparisonOutcome, ...]


class Sample(Record, Generic[Item]):
    """The items of a data set that are drawn for a task, and where they come from."""

    task: TaskName
    items: tuple[Item, ...]
    data: Data


def draw(
    name: TaskName, data: Path | str, settings: EvaluationSettings | None = None
) -> Sample[Any]:
    """The items to evaluate on, the same for the same seed, in their order.

    Raises GoldError where no item can be read, and ValueError where there is no such task.
    """
    settings, path = settings or EvaluationSettings(), Path(data)
    gold = task_of(name).read(path)
    if not gold.items:
        raise GoldError(f"{path}: holds no item for the task '{name}'", path=path)
    items = _drawn(gold.items, settings)
    return Sample(task=name, items=items, data=_data(path, gold, items))


async def aevaluate(
    name: TaskName,
    data: Path | str | Sample[Any],
    *,
    llm: LLM,
    settings: EvaluationSettings | None = None,
    on_items: OnItems | None = None,
) -> Evaluation:
    """How well a model does a task on a data set, or on what `draw` took from it.

    `on_items` is called with the number of items that are done, and their total. An item that
    fails is an error in the figures. Raises GoldError (no item can be read), PromptError,
    RecordingError, and LLMError where no item at all is answered, or none of the first twenty
    articles.
    """
    settings = settings or EvaluationSettings()
    sample = data if isinstance(data, Sample) else draw(name, data, settings)
    task = task_of(name)
    prompts = tuple(_editions(task, settings))
    means = Means(llm, settings.compare, on_items or _tell_nobody)
    outcomes, usage = await task.run(sample.items, means)
    if not usage.calls and all(one.status == "failed" for one in outcomes):
        reason = outcomes[0].reason
        raise LLMError(f"none of {len(outcomes)} items was answered; the first: {reason}")
    return Evaluation(
        task=name,
        claimcompare=version("claimcompare"),
        model=llm.model,
        prompts=prompts,
        settings=settings,
        data=sample.data,
        figures=figures(task.metrics, outcomes, sampling_of(settings)),
        **_in_detail(outcomes),
        usage=usage,
        outcomes=outcomes,
    )


def evaluate(
    name: TaskName,
    data: Path | str | Sample[Any],
    *,
    llm: LLM,
    settings: EvaluationSettings | None = None,
    on_items: OnItems | None = None,
) -> Evaluation:
    """Like `aevaluate`, from code that is not async."""
    return llm.run(aevaluate(name, data, llm=llm, settings=settings, on_items=on_items))


def _drawn(items: Sequence[Item], settings: EvaluationSettings) -> tuple[Item, ...]:
    if settings.limit is None or settings.limit >= len(items):
        return tuple(items)
    chosen = random.Random(settings.seed).sample(range(len(items)), settings.limit)  # noqa: S311
    return tuple(items[at] for at in sorted(chosen))


def sampling_of(settings: EvaluationSettings) -> Sampling:
    """How often chance is asked, and from which seed."""
    return Sampling(resamples=settings.resamples, seed=settings.seed)


def _editions(task: Task, settings: EvaluationSettings) -> Iterator[PromptEdition]:
    for name in task.prompts:
        file = load_prompt(name, settings.compare.prompts)
        yield PromptEdition(name=file.name, version=file.version, sha256=file.sha256)


def _data(path: Path, gold: Gold[Any], items: Sequence[GoldItem]) -> Data:
    digest = hashlib.sha256()
    for item in items:
        digest.update(item.model_dump_json().encode("utf-8", "surrogatepass"))
    return Data(
        name=path.resolve().name.encode("utf-8", "replace").decode(),
        sha256=digest.hexdigest(),
        available=len(gold.items),
        copies=gold.copies,
        bad_rows=gold.bad_rows,
    )


def _in_detail(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    stances = [one for one in outcomes if isinstance(one, StanceOutcome)]
    if not stances:
        return {}
    return {"confusion": confusion(stances), "risk_coverage": _thinned(risk_coverage(stances))}


def _thinned(curve: Sequence[RiskAtCoverage]) -> tuple[RiskAtCoverage, ...]:
    """About twenty points of the curve, at even steps of coverage, and its end."""
    steps = [int(point.coverage * _CURVE_POINTS) for point in curve]
    return tuple(
        point
        for point, step, following in zip(curve, steps, [*steps[1:], -1], strict=True)
        if step != following
    )


def _tell_nobody(done: int, total: int) -> None:
    """Where nobody asked to hear of items."""
