"""What is gained by leaving out the answers that the model is least sure of."""

from collections.abc import Sequence

import numpy as np

from claimcompare.evaluation.metrics.calibration import confidence, most_probable
from claimcompare.evaluation.metrics.rates import ratio
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.evaluation.statistics import (
    Floats,
    Scorer,
    Values,
    Weights,
    column,
    on_grid,
    total,
)
from claimcompare.schema import Record


class RiskAtCoverage(Record):
    """The share of wrong answers among the `coverage` of items at least as sure as `confidence`.

    Items without probabilities come last, at no confidence.
    """

    confidence: float | None
    coverage: float
    risk: float


def risk_coverage(outcomes: Sequence[StanceOutcome]) -> tuple[RiskAtCoverage, ...]:
    """The curve, from the surest items to all of them; items as sure as each other come together.

    As in Geifman & El-Yaniv 2017. An abstention is judged by its most probable stance, as the
    curve asks what other thresholds would have done; an item that failed is wrong. Where no item
    has probabilities there is no curve.
    """
    ranking = _Ranking(outcomes)
    if not ranking.known.any():
        return ()
    covered, risks = ranking.risks(np.ones((1, len(outcomes))))
    coverages = covered[0] / max(1, len(outcomes))
    return tuple(
        RiskAtCoverage(confidence=sure if sure >= 0 else None, coverage=coverage, risk=risk)
        for sure, coverage, risk in zip(
            ranking.confidences.tolist(), coverages.tolist(), risks[0].tolist(), strict=True
        )
    )


def area_under_risk(outcomes: Sequence[StanceOutcome]) -> Scorer:
    """`risk_coverage_area`: the mean over items of the risk at their coverage; lower is better.

    It is not defined where no item has probabilities.
    """
    ranking = _Ranking(outcomes)

    def score(weights: Weights) -> Values:
        covered, risks = ranking.risks(weights)
        sizes = np.diff(covered, axis=1, prepend=0.0)
        area = ratio((sizes * on_grid(risks)).sum(axis=1), weights.sum(axis=1))
        return {"risk_coverage_area": np.where(total(weights, ranking.known) > 0, area, np.nan)}

    return score


class _Ranking:
    """Groups of items as sure as each other, the surest first."""

    def __init__(self, outcomes: Sequence[StanceOutcome]) -> None:
        sure = [confidence(one) for one in outcomes]
        keys = np.array([-1.0 if one is None else one for one in sure])
        self.known: Floats = column(one is not None for one in sure)
        wrong = np.array([most_probable(one) != one.gold for one in outcomes], dtype=np.float64)
        self._order = np.argsort(-keys, kind="stable")
        self._wrong = wrong[self._order]
        rising, counts = np.unique(keys, return_counts=True)
        self.confidences: Floats = rising[::-1]
        self._ends = counts[::-1].cumsum() - 1

    def risks(self, weights: Weights) -> tuple[Floats, Floats]:
        """The weight down to each group, and the share of wrong answers in it, 0 before any."""
        # `take` keeps rows together in memory, as an index does not.
        ranked = weights.take(self._order, axis=1)
        covered = ranked.cumsum(axis=1).take(self._ends, axis=1)
        wrong = (ranked * self._wrong).cumsum(axis=1).take(self._ends, axis=1)
        return covered, np.nan_to_num(ratio(wrong, covered))
