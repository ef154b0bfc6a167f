"""What changed between two evaluations, and whether a drop is too large."""

from collections.abc import Iterator
from typing import Any

from claimcompare.articles import one_line
from claimcompare.errors import GoldError
from claimcompare.evaluation.harness import Evaluation, Sample, sampling_of
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Counts,
    Outcome,
    PairOutcome,
    StanceOutcome,
)
from claimcompare.evaluation.statistics import DIGITS, Differences, differences
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
    _same_items(before, after)
    task = task_of(after.task)
    return EvaluationDiff(
        task=after.task,
        changed=tuple(_changed(before, after)),
        differences=differences(
            task.metrics, after.outcomes, before.outcomes, sampling_of(after.settings)
        ),
        flips=tuple(_flips(before, after)),
    )


def check_same(baseline: Evaluation, sample: Sample[Any]) -> None:
    """Raise GoldError unless an evaluation is of just these items."""
    _same_items(baseline, sample)


def dropped(baseline: Evaluation, now: Evaluation) -> float:
    """How far the headline figure has dropped, below zero where it rose; raises GoldError.

    A figure that is not defined any more has dropped to 0.
    """
    _same_items(baseline, now)
    return round(_headline(baseline) - _headline(now), DIGITS)


def _headline(evaluation: Evaluation) -> float:
    figures = evaluation.figures
    return figures.figures[figures.headline].value or 0.0


def _same_items(one: Evaluation, other: Evaluation | Sample[Any]) -> None:
    if one.task != other.task:
        raise GoldError(f"one evaluation is of '{one.task}', the other of '{other.task}'", path="")
    if one.data.sha256 != other.data.sha256:
        raise GoldError(
            f"the evaluations are not of the same items: {_of(one)}, and {_of(other)}; "
            "evaluate the same data with the same --limit and --seed",
            path=other.data.name,
        )


def _of(made: Evaluation | Sample[Any]) -> str:
    """Which items these are."""
    number = len(made.items if isinstance(made, Sample) else made.outcomes)
    return f"{number} of {one_line(made.data.name)} (items {made.data.sha256[:8]})"


def _changed(before: Evaluation, after: Evaluation) -> Iterator[str]:
    if before.claimcompare != after.claimcompare:
        yield f"claimcompare {before.claimcompare} → {after.claimcompare}"
    if before.model != after.model:
        yield f"model {before.model} → {after.model}"
    for old, new in zip(before.prompts, after.prompts, strict=True):
        if old.sha256 != new.sha256:
            yield f"prompt {new.name}: version {old.version} → {new.version}"
    if _apart_from_prompts(before) != _apart_from_prompts(after):
        yield f"settings {_apart_from_prompts(before)} → {_apart_from_prompts(after)}"


def _apart_from_prompts(evaluation: Evaluation) -> str:
    """How it compared; where the prompts lay says nothing of what they were."""
    return repr(evaluation.settings.compare.model_copy(update={"prompts": None}))


def _flips(before: Evaluation, after: Evaluation) -> Iterator[Flip]:
    known = {one.id: one for one in before.outcomes}
    for new in after.outcomes:
        old = known[new.id]
        was, became = in_words(old), in_words(new)
        if was != became:
            yield Flip(
                id=new.id,
                document=new.document,
                gold=_gold(new),
                before=was,
                after=became,
                better=_better(rightness(old), rightness(new)),
            )


def in_words(outcome: Outcome) -> str:
    """What the model made of an item."""
    failed = "failed; " if outcome.status == "failed" else ""
    match outcome:
        case StanceOutcome():
            return outcome.stance or outcome.status
        case PairOutcome():
            return "failed" if failed else "opposed" if outcome.opposed else "not opposed"
        case AttributionOutcome():
            return failed + _counted(outcome.pairs)
        case ComparisonOutcome():
            disputes, claims = _counted(outcome.disputes), _counted(outcome.claims)
            stances = f"{outcome.stances_right} of {outcome.stances_asked} right"
            return f"{failed}disputes {disputes}; claims {claims}; stances {stances}"
        case _:
            raise TypeError(f"no task has such an outcome: {outcome!r}")


def rightness(outcome: Outcome) -> float:
    """From 0, all wrong, to 1, all right; of an item that failed, what was found without it."""
    answered = outcome.status != "failed"
    match outcome:
        case StanceOutcome():
            return float(outcome.stance == outcome.gold)
        case PairOutcome():
            return float(answered and outcome.opposed == outcome.gold)
        case AttributionOutcome():
            return _f1(outcome.pairs, of_nothing=answered)
        case ComparisonOutcome():
            asked = outcome.stances_asked
            stances = outcome.stances_right / asked if asked else float(answered)
            found = (_f1(one, of_nothing=answered) for one in (outcome.disputes, outcome.claims))
            return (sum(found) + stances) / 3
        case _:
            raise TypeError(f"no task has such an outcome: {outcome!r}")


def _gold(outcome: Outcome) -> str:
    match outcome:
        case StanceOutcome():
            return outcome.gold
        case PairOutcome():
            return "opposed" if outcome.gold else "not opposed"
        case _:
            return ""


def _better(before: float, after: float) -> bool | None:
    return None if before == after else after > before


def _counted(counts: Counts) -> str:
    return f"{counts.right} right, {counts.wrong} wrong, {counts.missed} missed"


def _f1(counts: Counts, *, of_nothing: bool) -> float:
    whole = 2 * counts.right + counts.wrong + counts.missed
    return 2 * counts.right / whole if whole else float(of_nothing)
