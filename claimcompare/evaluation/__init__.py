"""Measure models and prompts on gold, live or from recordings."""

from claimcompare.evaluation import libraries  # noqa: F401 - the first, as it says what is missing
from claimcompare.evaluation.adapters import (
    gold_schema,
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
)
from claimcompare.evaluation.changes import EvaluationDiff, Flip, check_same, diff, dropped
from claimcompare.evaluation.forms import evaluation_in
from claimcompare.evaluation.gold import BadRow, Gold
from claimcompare.evaluation.harness import (
    Evaluation,
    EvaluationSettings,
    Sample,
    aevaluate,
    draw,
    evaluate,
)
from claimcompare.evaluation.results import Difference, Figure
from claimcompare.evaluation.reviews import write_gold
from claimcompare.evaluation.showing import shown_in
from claimcompare.evaluation.tables import diff_in
from claimcompare.evaluation.tasks import TaskName
from claimcompare.evaluation.worst import Only, Showing, Shown, worst

__all__ = [
    "BadRow",
    "Difference",
    "Evaluation",
    "EvaluationDiff",
    "EvaluationSettings",
    "Figure",
    "Flip",
    "Gold",
    "Only",
    "Sample",
    "Showing",
    "Shown",
    "TaskName",
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
