"""What changed between two evaluations, and whether a drop is too large."""

from collections.abc import Iterator
from typing import Any

from claimcompare.articles import one_line
from claimcompare.errors import GoldError
from claimcompare.evaluation.harness import Evaluation, Sample
from claimcompare.evaluation.results import Differences
from claimcompare.evaluation.statistics import DIGITS, differences
from claimcompare.evaluation.tasks import TaskName, task_of
from claimcompare.schema import Record


class Flip(Record):
    """An item that came out otherwise; `better` is None where it is right or wrong as before."""

    id: str
    document: str
    gold: str
    before: str
    after: str
    better: bool | None


class EvaluationDiff(Record):
    """What was changed, by how much the figures moved (after less before), and which items did."""

    task: TaskName
    changed: tuple[str, ...]
    differences: Differences
    flips: tuple[Flip, ...]


def diff(before: Evaluation, after: Evaluation) -> EvaluationDiff:
    """How two evaluations of the same items differ; raises GoldError if they are of others."""
    check_same(before, after)
    task = task_of(after.task)
    return EvaluationDiff(
        task=after.task,
        changed=tuple(_changed(before, after)),
        differences=differences(
            task.metrics, after.outcomes, before.outcomes, after.settings.sampling
        ),
        flips=tuple(_flips(before, after)),
    )


def check_same(one: Evaluation, other: Evaluation | Sample[Any]) -> None:
    """Raise GoldError unless both are of the same items."""
    if one.task != other.task:
        raise GoldError(f"one evaluation is of '{one.task}', the other of '{other.task}'", path="")
    items = other.items if isinstance(other, Sample) else other.outcomes
    of_one, of_other = ({(it.id, it.document) for it in some} for some in (one.outcomes, items))
    if one.data.sha256 != other.data.sha256 or of_one != of_other:
        raise GoldError(
            f"the evaluations are not of the same items: {_of(one)}, and {_of(other)}; "
            "evaluate the same data with the same --limit and --seed",
            path=other.data.name,
        )


def dropped(baseline: Evaluation, now: Evaluation) -> float:
    """How far the headline figure has dropped, below zero where it rose; raises GoldError.

    A figure that is not defined any more has dropped to 0.
    """
    check_same(baseline, now)
    return round(_headline(baseline) - _headline(now), DIGITS)


def _headline(evaluation: Evaluation) -> float:
    figures = evaluation.figures
    return figures.figures[figures.headline].value or 0.0


def _of(made: Evaluation | Sample[Any]) -> str:
    """Which items these are."""
    number = len(made.items if isinstance(made, Sample) else made.outcomes)
    return f"{number} of {one_line(made.data.name)} (items {made.data.sha256[:8]})"


def _changed(before: Evaluation, after: Evaluation) -> Iterator[str]:
    if before.claimcompare != after.claimcompare:
        yield f"claimcompare {before.claimcompare} → {after.claimcompare}"
    if before.model != after.model:
        yield f"model {before.model} → {after.model}"
    old = {prompt.name: prompt for prompt in before.prompts}
    for new in after.prompts:
        if new.name not in old or old[new.name].sha256 != new.sha256:
            was = old[new.name].version if new.name in old else "none"
            yield f"prompt {new.name}: version {was} → {new.version}"
    if before.settings.compare != after.settings.compare:
        yield f"settings {before.settings.compare!r} → {after.settings.compare!r}"


def _flips(before: Evaluation, after: Evaluation) -> Iterator[Flip]:
    known = {one.id: one for one in before.outcomes}
    for new in after.outcomes:
        old = known[new.id]
        if old.in_words != new.in_words:
            yield Flip(
                id=new.id,
                document=new.document,
                gold=new.wanted,
                before=old.in_words,
                after=new.in_words,
                better=_better(old.rightness, new.rightness),
            )


def _better(before: float, after: float) -> bool | None:
    return None if before == after else after > before
