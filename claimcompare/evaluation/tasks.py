"""The tasks: what gold each reads, what is run on it, and what that is scored by."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from claimcompare.evaluation.adapters import (
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
)
from claimcompare.evaluation.gold import Gold
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
    """One task; `prompts` are all that it may use, of models of either kind."""

    read: Callable[[Path], Gold[Any]]
    run: Run
    metrics: Metrics[Any]
    outcome: type[Outcome]
    prompts: tuple[PromptName, ...]


def task_of(name: TaskName) -> Task:
    """The task of that name."""
    match name:
        case "attribution":
            read, metrics = read_attributions, ATTRIBUTION
            return Task(read, run_attribution, metrics, AttributionOutcome, _OF_READING)
        case "stance":
            # What is unrelated has no stance; it is for pairs.
            related = partial(read_relations, unrelated=False)
            return Task(related, run_stance, STANCE, StanceOutcome, _OF_STANCES)
        case "pairs":
            return Task(read_pairs, run_pairs, PAIRS, PairOutcome, _OF_PAIRING)
        case "compare":
            of_events = (read_comparisons, run_comparisons, COMPARISONS, ComparisonOutcome)
            return Task(*of_events, NAMES)
    raise ValueError(f"there is no task {name!r}; there are {', '.join(get_args(TaskName))}")


async def prompts_used(task: Task, llm: LLM) -> tuple[PromptName, ...]:
    """The prompts that a task may use of a model."""
    small, decides = await llm.ais_small(), llm.settings.decisions in ("openai", "systemone")
    return tuple(
        name
        for name in task.prompts
        if name.startswith(_SMALL) == small and (name != "decide" or decides)
    )
