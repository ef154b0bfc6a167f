"""Where claims stand on propositions."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from claimcompare.evaluation.metrics.calibration import STANCES, calibration
from claimcompare.evaluation.metrics.coverage import area_under_risk
from claimcompare.evaluation.metrics.rates import counted, ratio, share, together
from claimcompare.evaluation.outcomes import Counts, StanceOutcome
from claimcompare.evaluation.statistics import Metrics, Scorer, Values, Weights
from claimcompare.schema import Stance

Column = Stance | Literal["abstained", "failed"]
COLUMNS: tuple[Column, ...] = (*STANCES, "abstained", "failed")


def confusion(outcomes: Sequence[StanceOutcome]) -> dict[Stance, dict[Column, int]]:
    """Numbers of items, by what is right and then by what the model made of them."""
    table = {gold: dict.fromkeys(COLUMNS, 0) for gold in STANCES}
    for one in outcomes:
        table[one.gold][_column(one)] += 1
    return table


def _column(outcome: StanceOutcome) -> Column:
    if outcome.stance is not None:
        return outcome.stance
    return "failed" if outcome.status == "failed" else "abstained"


def _scorer(outcomes: Sequence[StanceOutcome]) -> Scorer:
    """An abstention and a failure both miss the gold stance, and count for no other."""
    every = [True] * len(outcomes)
    return together(
        _by_class(outcomes),
        share("accuracy", (one.stance == one.gold for one in outcomes), every),
        share("abstention_rate", (one.status == "abstained" for one in outcomes), every),
        calibration(outcomes),
        area_under_risk(outcomes),
    )


def _by_class(outcomes: Sequence[StanceOutcome]) -> Scorer:
    """Rates of each stance, and the mean F1 of those that occur in gold or among the answers."""
    of_each = together(
        *(counted(f"{stance}_", [_counts(one, stance) for one in outcomes]) for stance in STANCES)
    )

    def score(weights: Weights) -> Values:
        values = of_each(weights)
        f1 = np.array([values[f"{stance}_f1"] for stance in STANCES])
        occurs = (~np.isnan(f1)).sum(axis=0, dtype=np.float64)
        return {"macro_f1": ratio(np.nan_to_num(f1).sum(axis=0), occurs)} | values

    return score


def _counts(outcome: StanceOutcome, stance: Stance) -> Counts:
    gold, answered = outcome.gold == stance, outcome.stance == stance
    return Counts(
        right=gold and answered, wrong=answered and not gold, missed=gold and not answered
    )


STANCE = Metrics(
    headline="macro_f1",
    scorer=_scorer,
    lacking=dict.fromkeys(
        ("brier", "calibration_error", "risk_coverage_area"), "no item has probabilities"
    ),
)
