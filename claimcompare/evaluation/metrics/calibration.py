"""Whether stances are as probable as the model has them."""

from collections.abc import Sequence
from typing import get_args

import numpy as np

from claimcompare.evaluation.metrics.rates import ratio, share, together
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.evaluation.statistics import Scorer, Values, Weights, column, on_grid, total
from claimcompare.schema import Stance

STANCES: tuple[Stance, ...] = get_args(Stance)
# A probability on an edge is in the bin below.
EDGES = np.arange(1, 10) / 10


def calibration(outcomes: Sequence[StanceOutcome]) -> Scorer:
    """Brier score and expected calibration error, the lower the better.

    `brier`: the squared errors of the three probabilities, summed; their mean over items, from 0
    to 2 (Brier 1950). `calibration_error`: how far, in 10 equal bins of the probability of the
    most probable stance, the share that is right lies from the mean probability (Naeini 2015, Guo
    2017). Both judge every item with probabilities, abstentions too; an item that failed, or for
    which none were measured, is left out: `with_probabilities` is the share that the two rest on.
    """
    known = [one.probabilities is not None for one in outcomes]
    return together(
        share("brier", map(_squared_error, outcomes), known),
        _calibration_error(outcomes),
        share("with_probabilities", known, (True for _ in outcomes)),
    )


def most_probable(outcome: StanceOutcome) -> Stance | None:
    """The stance with the highest probability, of equals the one answered; else the answer."""
    probable = _probabilities(outcome)
    return max(
        probable, key=lambda one: (probable[one], one == outcome.stance), default=outcome.stance
    )


def confidence(outcome: StanceOutcome) -> float | None:
    """The probability of the most probable stance."""
    return max(_probabilities(outcome).values(), default=None)


def _probabilities(outcome: StanceOutcome) -> dict[Stance, float]:
    """By stance; empty where there are none."""
    given = outcome.probabilities
    return {stance: getattr(given, stance) for stance in STANCES} if given else {}


def _squared_error(outcome: StanceOutcome) -> float:
    probable = _probabilities(outcome)
    return sum((value - (stance == outcome.gold)) ** 2 for stance, value in probable.items())


def _calibration_error(outcomes: Sequence[StanceOutcome]) -> Scorer:
    known = column(one.probabilities is not None for one in outcomes)
    sure = np.array([confidence(one) or 0.0 for one in outcomes])
    right = column(most_probable(one) == one.gold for one in outcomes)
    in_bin = np.searchsorted(EDGES, sure)[:, None] == np.arange(len(EDGES) + 1)
    excess = in_bin * ((on_grid(sure) - right) * known)[:, None]

    def score(weights: Weights) -> Values:
        return {
            "calibration_error": ratio(
                np.abs(total(weights, excess)).sum(axis=1), total(weights, known)
            )
        }

    return score
