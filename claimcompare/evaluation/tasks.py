"""The tasks: what gold each reads, what is run on it, and what that is scored by."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from claimcompare.evaluation.adapters import (
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
)
from claimcompare.evaluation.gold import Gold, RelationItem
from claimcompare.evaluation.metrics import ATTRIBUTION, COMPARISONS, PAIRS, STANCE
from claimcompare.evaluation.runs import (
    Run,
    run_attribution,
    run_comparisons,
    run_pairs,
    run_stance,
)
from claimcompare.evaluation.statistics import Task as Metrics
from claimcompare.schema import StageName

TaskName = Literal["attribution", "stance", "pairs", "compare"]


class Task(NamedTuple):
    """One task; `prompts` are those that it uses."""

    read: Callable[[Path], Gold[Any]]
    run: Run
    metrics: Metrics[Any]
    prompts: tuple[StageName, ...]


def task_of(name: TaskName) -> Task:
    """The task of that name."""
    match name:
        case "attribution":
            return Task(read_attributions, run_attribution, ATTRIBUTION, ("extract",))
        case "stance":
            return Task(_related, run_stance, STANCE, ("classify",))
        case "pairs":
            return Task(read_pairs, run_pairs, PAIRS, ("pair",))
        case "compare":
            prompts: tuple[StageName, ...] = ("extract", "pair", "classify")
            return Task(read_comparisons, run_comparisons, COMPARISONS, prompts)
    raise ValueError(f"there is no task {name!r}; there are {', '.join(get_args(TaskName))}")


def _related(path: Path) -> Gold[RelationItem]:
    """Without what is unrelated: that is no stance, and is for pairs."""
    gold = read_relations(path)
    items = tuple(item for item in gold.items if item.relation != "unrelated")
    return gold.model_copy(update={"items": items})
