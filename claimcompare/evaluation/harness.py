"""`evaluate()`: a task and gold in, figures and every item's outcome out."""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Generic, Self

from pydantic import Field, model_validator

from claimcompare.errors import GoldError, LLMError
from claimcompare.evaluation.adapters import Adapter
from claimcompare.evaluation.adapters.fields import in_utf8
from claimcompare.evaluation.gold import BadRow, Gold, GoldItem, Item
from claimcompare.evaluation.metrics import RiskAtCoverage, confusion, risk_coverage
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Outcome,
    PairOutcome,
    StanceOutcome,
)
from claimcompare.evaluation.results import Figures, Sampling
from claimcompare.evaluation.runs import Means, OnItems
from claimcompare.evaluation.statistics import figures
from claimcompare.evaluation.tasks import TaskName, gold_for, prompts_used, task_of
from claimcompare.llm import LLM
from claimcompare.plugins import BY_NAME, called
from claimcompare.prompts import PromptName, load_prompt
from claimcompare.schema import Record
from claimcompare.stages import CompareSettings
from claimcompare.usage import Usage

_CURVE_POINTS = 20
# Articles got these later; no task looks at them, and earlier evaluations stay comparable.
_LATER: dict[str, Any] = {"author": True, "sha256": True}
_NOT_JUDGED: dict[str, Any] = {"article": _LATER, "articles": {"__all__": _LATER}}


class EvaluationSettings(Record):
    """How to evaluate: `limit` items drawn by `seed`, which the intervals are drawn by, too.

    A result does not say where `compare.prompts` lay, but what they were.
    """

    compare: CompareSettings = CompareSettings()
    limit: int | None = Field(default=None, ge=1)
    seed: int = Field(default=0, ge=0)
    resamples: int = Field(default=2_000, ge=1)
    adapter: Annotated[str | Adapter | None, BY_NAME] = Field(
        default=None,
        description="What reads the data, by the name under which another package brings it; else "
        "its form is recognised.",
    )

    @property
    def sampling(self) -> Sampling:
        """How often chance is asked, and from which seed."""
        return Sampling(resamples=self.resamples, seed=self.seed)


class PromptEdition(Record):
    """A prompt file that was used, with the hash of its text."""

    name: str
    version: str
    sha256: str


class Data(Record):
    """What was evaluated on: the file's name, and the hash of the items that were drawn from it.

    `copies` of items in the file, what is `unrelated` in it, and its bad rows are not among the
    `available`.
    """

    name: str
    sha256: str
    available: int
    copies: int
    unrelated: int
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

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        kind = task_of(self.task).outcome
        if not all(isinstance(one, kind) for one in self.outcomes):
            raise ValueError(f"an outcome is none of the task '{self.task}'")
        if len({one.id for one in self.outcomes}) < len(self.outcomes):
            raise ValueError("two outcomes have the same id")
        if self.figures.headline not in self.figures.figures:
            raise ValueError(f"the headline figure {self.figures.headline!r} is missing")
        return self


class Sample(Record, Generic[Item]):
    """The items of a data set that are drawn for a task, and where they come from."""

    task: TaskName
    items: tuple[Item, ...]
    data: Data
    settings: EvaluationSettings


def draw(
    name: TaskName, data: Path | str, settings: EvaluationSettings | None = None
) -> Sample[Any]:
    """The items to evaluate on, the same for the same seed, in their order.

    Raises GoldError where no item can be read, and ValueError where there is no such task.
    """
    settings, path = settings or EvaluationSettings(), Path(data)
    gold = gold_for(name, path, settings.adapter)
    if not gold.items:
        raise GoldError(f"{path}: holds no item for the task '{name}'", path=path)
    items = _drawn(gold.items, settings)
    return Sample(task=name, items=items, data=_data(path, gold, items), settings=settings)


async def aevaluate(
    name: TaskName,
    data: Path | str | Sample[Any],
    *,
    llm: LLM,
    settings: EvaluationSettings | None = None,
    on_items: OnItems | None = None,
) -> Evaluation:
    """How well a model does a task on a data set, or on what `draw` took from it.

    What was drawn brings its own settings; raises ValueError for others, or another task.
    `on_items` is called with the number of items that are done, and their total. An item that
    fails is an error in the figures. Raises GoldError (no item can be read), PromptError,
    RecordingError, and LLMError where no item at all is answered, or none of the first twenty
    articles.
    """
    sample = data if isinstance(data, Sample) else draw(name, data, settings)
    if sample.task != name or settings not in (None, sample.settings):
        raise ValueError(f"this was drawn for '{sample.task}' with {sample.settings!r}")
    settings, task = sample.settings, task_of(name)
    prompts = tuple(_editions(await prompts_used(task, llm), settings))
    means = Means(llm, settings.compare, on_items or _tell_nobody)
    outcomes, usage = await task.run(sample.items, means)
    failed = [one.reason for one in outcomes if one.status == "failed"]
    if failed and not usage.calls:
        raise LLMError(f"no call was answered, {len(failed)} failed; the first: {failed[0]}")
    return Evaluation(
        task=name,
        claimcompare=version("claimcompare"),
        model=llm.identity,
        prompts=prompts,
        settings=_portable(settings),
        data=sample.data,
        figures=figures(task.metrics, outcomes, settings.sampling),
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


def _portable(settings: EvaluationSettings) -> EvaluationSettings:
    told, adapter = settings.compare, settings.adapter
    compare = told.model_copy(update={"prompts": None, "parts": told.parts and called(told.parts)})
    return settings.model_copy(update={"compare": compare, "adapter": adapter and called(adapter)})


def _editions(names: Sequence[PromptName], settings: EvaluationSettings) -> Iterator[PromptEdition]:
    for name in names:
        file = load_prompt(name, settings.compare.prompts)
        yield PromptEdition(name=file.name, version=file.version, sha256=file.sha256)


def _data(path: Path, gold: Gold[Any], items: Sequence[GoldItem]) -> Data:
    digest = hashlib.sha256()
    for item in items:
        told = item.model_dump_json(exclude=_NOT_JUDGED)
        digest.update(told.encode("utf-8", "surrogatepass"))
    return Data(
        name=in_utf8(path.resolve().name),
        sha256=digest.hexdigest(),
        available=len(gold.items),
        copies=gold.copies,
        unrelated=gold.unrelated,
        bad_rows=tuple(_within(path, row) for row in gold.bad_rows),
    )


def _within(data: Path, row: BadRow) -> BadRow:
    """The row by its place in the data, wherever that is."""
    home = data if data.is_dir() else data.parent
    place = Path(row.path)
    place = place.relative_to(home) if place.is_relative_to(home) else Path(place.name)
    return row.model_copy(update={"path": in_utf8(place.as_posix())})


def _in_detail(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    stances = [one for one in outcomes if isinstance(one, StanceOutcome)]
    if not stances:
        return {}
    curve = risk_coverage(stances)
    return {"confusion": confusion(stances), "risk_coverage": _thinned(curve) if curve else None}


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
