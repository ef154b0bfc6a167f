"""How often the model is right where it is how sure."""

from collections.abc import Sequence

import numpy as np

from claimcompare.evaluation.metrics.calibration import EDGES, confidence, most_probable
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.schema import Record


class ReliabilityBin(Record):
    """Items about as sure: their mean probability, from 0 to 1, and the share that is right."""

    confidence: float
    right: float
    items: int


def reliability(outcomes: Sequence[StanceOutcome]) -> tuple[ReliabilityBin, ...]:
    """The bins that hold any item, of the ten that `calibration_error` is measured in.

    Items without probabilities are in none.
    """
    known = [(sure, one) for one in outcomes if (sure := confidence(one)) is not None]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, one in known:
        is_right = most_probable(one) == one.gold
        bins.setdefault(int(np.searchsorted(EDGES, sure)), []).append((sure, is_right))
    return tuple(_bin(bins[at]) for at in sorted(bins))


def _bin(items: Sequence[tuple[float, bool]]) -> ReliabilityBin:
    return ReliabilityBin(
        confidence=sum(sure for sure, _ in items) / len(items),
        right=sum(is_right for _, is_right in items) / len(items),
        items=len(items),
    )
