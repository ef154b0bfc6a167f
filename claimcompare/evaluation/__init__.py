"""Measure models and prompts on gold, live or from recordings."""

from claimcompare.evaluation import libraries  # noqa: F401 - the first, as it says what is missing
from claimcompare.evaluation.adapters import (
    Adapter,
    gold_schema,
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
)
from claimcompare.evaluation.changes import EvaluationDiff, Flip, check_same, diff, dropped
from claimcompare.evaluation.forms import evaluation_in
from claimcompare.evaluation.gold import (
    AttributionItem,
    BadRow,
    ComparisonItem,
    Gold,
    GoldAssertion,
    GoldAttribution,
    GoldClaim,
    GoldDispute,
    GoldItem,
    PairItem,
    RelationItem,
)
from claimcompare.evaluation.harness import (
    Data,
    Evaluation,
    EvaluationSettings,
    PromptEdition,
    Sample,
    aevaluate,
    draw,
    evaluate,
)
from claimcompare.evaluation.metrics import RiskAtCoverage
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Counts,
    PairOutcome,
    Part,
    StanceOutcome,
)
from claimcompare.evaluation.results import (
    Difference,
    Differences,
    Figure,
    Figures,
    Sampling,
)
from claimcompare.evaluation.reviews import (
    Written,
    write_gold,
)
from claimcompare.evaluation.showing import shown_in
from claimcompare.evaluation.tables import diff_in
from claimcompare.evaluation.tasks import TaskName
from claimcompare.evaluation.worst import Only, Showing, Shown, worst

__all__ = [
    "Adapter",
    "AttributionItem",
    "AttributionOutcome",
    "BadRow",
    "ComparisonItem",
    "ComparisonOutcome",
    "Counts",
    "Data",
    "Difference",
    "Differences",
    "Evaluation",
    "EvaluationDiff",
    "EvaluationSettings",
    "Figure",
    "Figures",
    "Flip",
    "Gold",
    "GoldAssertion",
    "GoldAttribution",
    "GoldClaim",
    "GoldDispute",
    "GoldItem",
    "Only",
    "PairItem",
    "PairOutcome",
    "Part",
    "PromptEdition",
    "RelationItem",
    "RiskAtCoverage",
    "Sample",
    "Sampling",
    "Showing",
    "Shown",
    "StanceOutcome",
    "TaskName",
    "Written",
    "aevaluate",
    "check_same",
    "diff",
    "diff_in",
    "draw",
    "dropped",
    "evaluate",
    "evaluation_in",
    "gold_schema",
    "read_attributions",
    "read_comparisons",
    "read_pairs",
    "read_relations",
    "shown_in",
    "worst",
    "write_gold",
]
