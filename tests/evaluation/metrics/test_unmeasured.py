"""Stances whose probabilities nobody measured."""

from claimcompare.evaluation.metrics import STANCE, risk_coverage
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.evaluation.results import Figure, Sampling
from claimcompare.evaluation.statistics import differences, figures
from claimcompare.schema import Stance
from tests.evaluation.metrics.test_stance import SURE, abstained, answered, failed

FEW = Sampling(resamples=50, permutations=50)
NEED_PROBABILITIES = {"brier", "calibration_error", "risk_coverage_area"}


def bare(name: str, gold: Stance, said: Stance | None) -> StanceOutcome:
    made = answered(name, gold, SURE[said]) if said else abstained(name, gold, SURE[gold])
    return made.model_copy(update={"probabilities": None})


SOME = [
    bare("a", "support", "support"),
    bare("b", "denial", "support"),
    bare("c", "context", None),
    failed("d", "context"),
]


def made(outcomes: list[StanceOutcome]) -> dict[str, Figure]:
    return figures(STANCE, outcomes, FEW).figures


def test_right_stances_and_abstentions_count_without_probabilities() -> None:
    found = {name: one.value for name, one in made(SOME).items()}
    assert (found["accuracy"], found["abstention_rate"]) == (0.25, 0.25)
    assert found["macro_f1"] == round((2 / 3) / 3, 6)
    assert found["with_probabilities"] == 0


def test_what_needs_probabilities_is_not_defined_and_says_why() -> None:
    found = made(SOME)
    none = {name for name, one in found.items() if one.value is None}
    assert none == NEED_PROBABILITIES
    assert {found[name].reason for name in none} == {"no item has probabilities"}
    assert {found[name].low for name in none} == {None}
    assert risk_coverage(SOME) == ()


def test_one_item_with_probabilities_defines_them_with_an_interval() -> None:
    found = made([*SOME, answered("e", "support", SURE["support"])])
    assert {found[name].reason for name in NEED_PROBABILITIES} == {None}
    assert (found["brier"].value, found["brier"].low, found["brier"].high) == (0, 0, 0)
    # A resample without that item has no area, where one with it would have one of at least 0.
    assert found["risk_coverage_area"].low is not None


def test_other_figures_that_are_not_defined_say_that_nothing_was_there() -> None:
    found = made([bare("a", "support", "support")])
    assert (found["denial_f1"].value, found["denial_f1"].reason) == (None, "nothing to count")


def test_a_difference_from_a_run_without_probabilities_is_not_defined() -> None:
    others = [one.model_copy(update={"probabilities": None}) for one in SOME]
    measured = [answered(one.id, one.gold, SURE[one.gold]) for one in SOME]
    found = differences(STANCE, measured, others, FEW).differences
    assert (found["brier"].value, found["brier"].reason) == (None, "not defined in both")
    assert found["accuracy"].value == 0.75
