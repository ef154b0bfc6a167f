"""What each task is scored by: `figures(STANCE, outcomes)`, `differences(STANCE, one, other)`."""

from claimcompare.evaluation.metrics.attribution import ATTRIBUTION, attribution_outcome
from claimcompare.evaluation.metrics.comparisons import COMPARISONS, comparison_outcome
from claimcompare.evaluation.metrics.coverage import RiskAtCoverage, risk_coverage
from claimcompare.evaluation.metrics.pairs import PAIRS
from claimcompare.evaluation.metrics.stance import STANCE, confusion

__all__ = [
    "ATTRIBUTION",
    "COMPARISONS",
    "PAIRS",
    "STANCE",
    "RiskAtCoverage",
    "attribution_outcome",
    "comparison_outcome",
    "confusion",
    "risk_coverage",
]
