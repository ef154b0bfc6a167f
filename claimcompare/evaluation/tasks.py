"""The tasks: what gold each reads, what is run on it, and what that is scored by."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from claimcompare.evaluation.adapters import (
    Adapter,
    read_attributions,
    read_brought,
    read_comparisons,
    read_pairs,
    read_relations,
)
from claimcompare.evaluation.gold import (
    AttributionItem,
    ComparisonItem,
    Gold,
    GoldItem,
    PairItem,
    RelationItem,
)
from claimcompare.evaluation.metrics import ATTRIBUTION, COMPARISONS, PAIRS, STANCE
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Outcome,
    PairOutcome,
    StanceOutcome,
)
from claimcompare.evaluation.runs import (
    Run,
    run_attribution,
    run_comparisons,
    run_pairs,
    run_stance,
)
from claimcompare.evaluation.statistics import Metrics
from claimcompare.llm import LLM
from claimcompare.prompts import NAMES, PromptName

TaskName = Literal["attribution", "stance", "pairs", "compare"]
_SMALL = "small/"
_OF_READING: tuple[PromptName, ...] = ("extract", "small/extract")
_OF_PAIRING: tuple[PromptName, ...] = ("pair", "small/pair")
_OF_STANCES: tuple[PromptName, ...] = ("classify", "decide", "small/classify")


class Task(NamedTuple):
    """One task; `prompts` are all that it may use, of models of either kind.

    It reads data sets of forms that are known; of what an adapter reads, it takes one kind of item.
    """

    read: Callable[[Path], Gold[Any]]
    item: type[GoldItem]
    run: Run
    metrics: Metrics[Any]
    outcome: type[Outcome]
    prompts: tuple[PromptName, ...]


def task_of(name: TaskName) -> Task:
    """The task of that name."""
    match name:
        case "attribution":
            read, metrics = read_attributions, ATTRIBUTION
            return Task(
                read, AttributionItem, run_attribution, metrics, AttributionOutcome, _OF_READING
            )
        case "stance":
            # What is unrelated has no stance; it is for pairs.
            related = partial(read_relations, unrelated=False)
            return Task(related, RelationItem, run_stance, STANCE, StanceOutcome, _OF_STANCES)
        case "pairs":
            return Task(read_pairs, PairItem, run_pairs, PAIRS, PairOutcome, _OF_PAIRING)
        case "compare":
            of_events = (
                read_comparisons,
                ComparisonItem,
                run_comparisons,
                COMPARISONS,
                ComparisonOutcome,
            )
            return Task(*of_events, NAMES)
    raise ValueError(f"there is no task {name!r}; there are {', '.join(get_args(TaskName))}")


def gold_for(name: TaskName, path: Path, adapter: str | Adapter | None = None) -> Gold[Any]:
    """What a data set holds for a task, in a form that is known or as an adapter reads it.

    Raises GoldError, PluginError, and ValueError where there is no such task.
    """
    task = task_of(name)
    if adapter is None:
        return task.read(path)
    # As above: what is unrelated has no stance.
    return read_brought(adapter, path, task.item, unrelated=name != "stance")


async def prompts_used(task: Task, llm: LLM) -> tuple[PromptName, ...]:
    """The prompts that a task may use of a model."""
    small, decides = await llm.ais_small(), llm.settings.decisions in ("openai", "systemone")
    return tuple(
        name
        for name in task.prompts
        if name.startswith(_SMALL) == small and (name != "decide" or decides)
    )
