"""The items of an evaluation, the worst first."""

from typing import Literal

from claimcompare.evaluation.harness import Evaluation
from claimcompare.evaluation.metrics.calibration import STANCES, confidence
from claimcompare.evaluation.outcomes import Outcome, PairOutcome, StanceOutcome, Told
from claimcompare.evaluation.tasks import TaskName
from claimcompare.schema import Record

Verdict = Literal["wrong", "abstained", "failed", "right"]
Only = Literal["all", "wrong", "abstained", "failed"]
_WORST_FIRST: tuple[Verdict, ...] = ("wrong", "abstained", "failed", "right")


class Shown(Record):
    """An item: what it was, what is right, and what the model made of it.

    `sure` is the probability of the most probable stance, where that was measured.
    """

    id: str
    document: str
    verdict: Verdict
    gold: str
    found: str
    sure: float | None
    reason: str | None
    about: tuple[Told, ...]


class Showing(Record):
    """Some items of an evaluation, the worst first, and of how many such items they are."""

    task: TaskName
    data: str
    model: str
    only: Only
    items: int
    shown: tuple[Shown, ...]


def worst(evaluation: Evaluation, *, only: Only = "all", limit: int | None = None) -> Showing:
    """At most `limit` items: the wrong ones, then those abstained from, failed, and right.

    Of wrong ones those with least that is right come first, then the surest; of right ones the
    least sure. An item of several parts is wrong if any part is.
    """
    fitting = [one for one in evaluation.outcomes if only in ("all", verdict_of(one))]
    ranked = sorted(fitting, key=_rank)
    return Showing(
        task=evaluation.task,
        data=evaluation.data.name,
        model=evaluation.model,
        only=only,
        items=len(ranked),
        shown=tuple(map(shown, ranked[:limit])),
    )


def verdict_of(outcome: Outcome) -> Verdict:
    """What became of an item."""
    if outcome.status != "answered":
        return outcome.status
    return "right" if outcome.rightness == 1 else "wrong"


def shown(outcome: Outcome) -> Shown:
    """An item as it is shown."""
    return Shown(
        id=outcome.id,
        document=outcome.document,
        verdict=verdict_of(outcome),
        gold=outcome.wanted,
        found=_found(outcome),
        sure=_sure(outcome),
        reason=outcome.reason,
        about=outcome.about,
    )


def _rank(outcome: Outcome) -> tuple[int, float, float, str]:
    verdict, sure = verdict_of(outcome), _sure(outcome) or 0.0
    # What is right and unsure is nearly wrong.
    order = sure if verdict == "right" else -sure
    return _WORST_FIRST.index(verdict), outcome.rightness, order, outcome.id


def _sure(outcome: Outcome) -> float | None:
    return confidence(outcome) if isinstance(outcome, StanceOutcome) else None


def _found(outcome: Outcome) -> str:
    """What the model made of an item, with what that rests on."""
    if isinstance(outcome, StanceOutcome) and (given := outcome.probabilities):
        shares = ", ".join(f"{one} {getattr(given, one):.2f}" for one in STANCES)
        return f"{outcome.in_words} ({shares})"
    if isinstance(outcome, PairOutcome) and outcome.status == "answered" and not outcome.candidate:
        return f"{outcome.in_words} (the model was not asked)"
    return outcome.in_words
