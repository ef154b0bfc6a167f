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
from claimcompare.prompts import NAMES, PromptName
from claimcompare.stages import CompareSettings

TaskName = Literal["attribution", "stance", "pairs", "compare"]


class Task(NamedTuple):
    """One task; `prompts` are all that it may use."""

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
            return Task(read, run_attribution, metrics, AttributionOutcome, ("extract",))
        case "stance":
            # What is unrelated has no stance; it is for pairs.
            related = partial(read_relations, unrelated=False)
            return Task(
                related, run_stance, STANCE, StanceOutcome, ("classify", "classify_together")
            )
        case "pairs":
            return Task(read_pairs, run_pairs, PAIRS, PairOutcome, ("pair",))
        case "compare":
            return Task(read_comparisons, run_comparisons, COMPARISONS, ComparisonOutcome, NAMES)
    raise ValueError(f"there is no task {name!r}; there are {', '.join(get_args(TaskName))}")


def prompts_used(task: Task, settings: CompareSettings) -> tuple[PromptName, ...]:
    """The prompts of a task, with both ways to judge stances where the model decides on one."""
    unused = {"each": "classify_together", "together": "classify"}.get(settings.judging or "")
    return tuple(name for name in task.prompts if name != unused)
