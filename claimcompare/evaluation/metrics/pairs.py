"""Which statements oppose each other."""

from collections.abc import Sequence

from claimcompare.evaluation.metrics.rates import counted, share, together
from claimcompare.evaluation.outcomes import Counts, PairOutcome
from claimcompare.evaluation.statistics import Metrics, Scorer


def _scorer(outcomes: Sequence[PairOutcome]) -> Scorer:
    """Of opposed pairs; a failure is an error on either side, so that failing never pays.

    `candidate_recall` is the share of opposed pairs that the model was asked about.
    """
    return together(
        counted("", [_counts(one) for one in outcomes]),
        share(
            "candidate_recall",
            (one.gold and one.candidate for one in outcomes),
            (one.gold for one in outcomes),
        ),
    )


def _counts(outcome: PairOutcome) -> Counts:
    opposed = not outcome.gold if outcome.status == "failed" else outcome.opposed
    return Counts(
        right=outcome.gold and opposed,
        wrong=opposed and not outcome.gold,
        missed=outcome.gold and not opposed,
    )


PAIRS = Metrics(headline="f1", scorer=_scorer)
