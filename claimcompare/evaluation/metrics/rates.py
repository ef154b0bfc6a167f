"""Figures that are ratios of sums over items."""

from collections.abc import Iterable, Sequence

import numpy as np

from claimcompare.evaluation.outcomes import Counts
from claimcompare.evaluation.statistics import Floats, Scorer, Values, Weights, column, total


def counted(prefix: str, counts: Sequence[Counts]) -> Scorer:
    """Precision, recall and F1 of the sums of counts, under names with that prefix."""
    right = column(one.right for one in counts)
    wrong = column(one.wrong for one in counts)
    missed = column(one.missed for one in counts)
    return lambda weights: rates(
        prefix, total(weights, right), total(weights, wrong), total(weights, missed)
    )


def share(name: str, parts: Iterable[float], wholes: Iterable[float]) -> Scorer:
    """The sum of the parts over that of the wholes; not defined without a whole."""
    part, whole = column(parts), column(wholes)
    return lambda weights: {name: ratio(total(weights, part), total(weights, whole))}


def together(*scorers: Scorer) -> Scorer:
    """All figures of some scorers."""

    def score(weights: Weights) -> Values:
        return {name: value for scorer in scorers for name, value in scorer(weights).items()}

    return score


def rates(prefix: str, right: Floats, wrong: Floats, missed: Floats) -> Values:
    """Precision, recall and F1.

    None of them is defined where there is neither gold nor prediction; where only one is, all
    three are 0, as if nothing had been right.
    """
    found, gold = right + wrong, right + missed
    return {
        f"{prefix}precision": np.where(found > 0, ratio(right, found), ratio(right, gold)),
        f"{prefix}recall": np.where(gold > 0, ratio(right, gold), ratio(right, found)),
        f"{prefix}f1": ratio(2 * right, found + gold),
    }


def ratio(part: Floats, whole: Floats) -> Floats:
    """One over the other, nan where the other is 0."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
