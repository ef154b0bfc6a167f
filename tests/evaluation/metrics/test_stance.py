"""Stances: right ones, and probabilities that can be relied on."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn.metrics import (  # type: ignore[import-untyped]
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
)

from claimcompare.evaluation.metrics import STANCE, confusion, risk_coverage
from claimcompare.evaluation.metrics.calibration import STANCES
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.evaluation.results import Sampling
from claimcompare.evaluation.statistics import figures
from claimcompare.schema import Probabilities, Stance

FEW = Sampling(resamples=20)
Shares = tuple[float, float, float]
SURE: dict[Stance, Shares] = {"support": (1, 0, 0), "denial": (0, 1, 0), "context": (0, 0, 1)}


def answered(name: str, gold: Stance, shares: Shares) -> StanceOutcome:
    """An answer with the stance that has the largest share."""
    return StanceOutcome(
        id=name,
        document=name[:1],
        status="answered",
        gold=gold,
        stance=STANCES[shares.index(max(shares))],
        probabilities=probabilities(shares),
    )


def probabilities(shares: Shares) -> Probabilities:
    return Probabilities(support=shares[0], denial=shares[1], context=shares[2])


def abstained(name: str, gold: Stance, shares: Shares) -> StanceOutcome:
    return StanceOutcome(
        id=name,
        document=name[:1],
        status="abstained",
        gold=gold,
        stance=None,
        probabilities=probabilities(shares),
    )


def failed(name: str, gold: Stance) -> StanceOutcome:
    return StanceOutcome(
        id=name, document=name[:1], status="failed", gold=gold, stance=None, probabilities=None
    )


def drawn(seed: int, golds: tuple[Stance, ...] = STANCES) -> list[StanceOutcome]:
    """Forty outcomes, of which a few failed or were abstentions."""
    random = np.random.default_rng(seed)
    made: list[StanceOutcome] = []
    for number in range(40):
        gold = golds[int(random.integers(len(golds)))]
        support, denial, context = random.dirichlet([1, 1, 1]).tolist()
        name, kind = f"{number % 7} {number}", random.random()
        shares = (support, denial, context)
        if kind < 0.1:
            made.append(failed(name, gold))
        else:
            made.append((abstained if kind < 0.2 else answered)(name, gold, shares))
    return made


def values(outcomes: list[StanceOutcome]) -> dict[str, float | None]:
    return {name: one.value for name, one in figures(STANCE, outcomes, FEW).figures.items()}


def labels(outcomes: list[StanceOutcome]) -> tuple[list[str], list[str]]:
    """As scikit-learn has them: a missing answer is a label of its own."""
    return [one.gold for one in outcomes], [one.stance or one.status for one in outcomes]


CASES = [*map(drawn, range(4)), drawn(4, ("support", "context")), drawn(5, ("denial",))]


@pytest.mark.parametrize("outcomes", CASES)
def test_rates_are_those_of_scikit_learn(outcomes: list[StanceOutcome]) -> None:
    gold, predicted = labels(outcomes)
    ours = values(outcomes)
    there = [stance for stance in STANCES if stance in gold or stance in predicted]
    macro = f1_score(gold, predicted, labels=there, average="macro", zero_division=0)
    assert ours["macro_f1"] == pytest.approx(macro, abs=1e-6)
    assert ours["accuracy"] == pytest.approx(accuracy_score(gold, predicted), abs=1e-6)
    rates = precision_recall_fscore_support(gold, predicted, labels=there, zero_division=0)
    for name, theirs in zip(("precision", "recall", "f1"), rates[:3], strict=True):
        found = [ours[f"{stance}_{name}"] for stance in there]
        assert found == pytest.approx(list(theirs), abs=1e-6)


@pytest.mark.parametrize("outcomes", CASES)
def test_the_table_is_that_of_scikit_learn(outcomes: list[StanceOutcome]) -> None:
    columns = [*STANCES, "abstained", "failed"]
    theirs = confusion_matrix(*labels(outcomes), labels=columns)[:3]
    table = confusion(outcomes)
    assert list(table) == list(STANCES)
    assert [list(row) for row in table.values()] == [columns] * 3
    assert [list(row.values()) for row in table.values()] == theirs.tolist()


@pytest.mark.parametrize("outcomes", CASES)
def test_the_brier_score_is_the_sum_of_scikit_learns_for_each_stance(
    outcomes: list[StanceOutcome],
) -> None:
    known = [(one.gold, one.probabilities) for one in outcomes if one.probabilities]
    theirs = sum(
        brier_score_loss(
            [gold == stance for gold, _ in known],
            [getattr(given, stance) for _, given in known],
            pos_label=True,
        )
        for stance in STANCES
    )
    assert values(outcomes)["brier"] == pytest.approx(theirs, abs=1e-6)


def test_a_stance_that_occurs_nowhere_is_not_defined_and_not_averaged() -> None:
    ours = values([answered("a", "support", SURE["support"]), failed("b", "denial")])
    assert ours["context_f1"] is None
    assert ours["denial_f1"] == ours["denial_precision"] == 0.0
    assert ours["macro_f1"] == 0.5


def test_nothing_is_defined_without_outcomes() -> None:
    assert set(values([]).values()) == {None}
    assert risk_coverage([]) == ()


def test_abstentions_and_failures_miss_what_is_right_and_claim_nothing() -> None:
    some = [
        answered("a", "denial", SURE["denial"]),
        abstained("b", "denial", SURE["denial"]),
        failed("c", "denial"),
        failed("d", "denial"),
    ]
    ours = values(some)
    assert (ours["denial_precision"], ours["denial_recall"], ours["accuracy"]) == (1, 0.25, 0.25)
    assert (ours["abstention_rate"], ours["with_probabilities"]) == (0.25, 0.5)
    assert ours["brier"] == 0.0


@pytest.mark.parametrize(
    ("shares", "gold", "brier"),
    [((1, 0, 0), "support", 0), ((1, 0, 0), "denial", 2), ((0.5, 0.25, 0.25), "support", 0.375)],
)
def test_the_brier_score_goes_from_0_to_2(shares: Shares, gold: Stance, brier: float) -> None:
    assert values([answered("a", gold, shares)])["brier"] == brier


def test_the_calibration_error_by_hand() -> None:
    some = [
        answered("a", "support", (0.9, 0.1, 0)),
        answered("b", "denial", (0.85, 0.1, 0.05)),
        answered("c", "support", (0.6, 0.4, 0)),
        abstained("d", "denial", (0.2, 0.4, 0.4)),
        failed("e", "denial"),
    ]
    # (0.8, 0.9]: |0.9 + 0.85 - 1|; (0.5, 0.6]: |0.6 - 1|; (0.3, 0.4]: the first of equals, right.
    assert values(some)["calibration_error"] == pytest.approx((0.75 + 0.4 + 0.6) / 4)


def test_an_answer_without_probabilities_is_not_in_the_calibration() -> None:
    bare = answered("a", "support", SURE["support"]).model_copy(update={"probabilities": None})
    ours = values([bare, answered("b", "support", (0.75, 0.25, 0))])
    assert (ours["brier"], ours["calibration_error"]) == (0.125, 0.25)
    assert (ours["with_probabilities"], ours["risk_coverage_area"]) == (0.5, 0)


def test_of_equals_the_answer_is_the_most_probable() -> None:
    tied = answered("a", "context", (0.2, 0.4, 0.4)).model_copy(update={"stance": "context"})
    assert values([tied])["calibration_error"] == pytest.approx(0.6)
    assert values([tied])["risk_coverage_area"] == 0.0


def test_the_curve_and_its_area_by_hand() -> None:
    some = [
        answered("a", "support", (0.9, 0.1, 0)),
        answered("b", "denial", (0.7, 0.3, 0)),
        answered("c", "support", (0.7, 0.3, 0)),
        abstained("d", "support", (0.5, 0.3, 0.2)),
        failed("e", "support"),
    ]
    curve = [(one.confidence, one.coverage, one.risk) for one in risk_coverage(some)]
    assert curve == [(0.9, 0.2, 0), (0.7, 0.6, 1 / 3), (0.5, 0.8, 0.25), (None, 1, 0.4)]
    area = (0 + 2 / 3 + 0.25 + 0.4) / 5
    assert values(some)["risk_coverage_area"] == pytest.approx(area, abs=1e-6)


def test_the_area_without_ties_is_the_mean_of_the_risks() -> None:
    outcomes = [one for one in drawn(3) if one.status != "failed"]
    ranked = sorted(outcomes, key=lambda one: -max(dict(one.probabilities or ()).values()))
    wrong = [max(one.probabilities or (), key=lambda it: it[1])[0] != one.gold for one in ranked]
    risks = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    area = values(outcomes)["risk_coverage_area"]
    assert area == pytest.approx(float(risks.mean()), abs=1e-6)
    assert all(one.coverage < other.coverage for one, other in pairwise(risk_coverage(outcomes)))


# A third of them as sure as each other.
TIED = [
    answered(one.id, one.gold, (0.5, 0.3, 0.2)) if number % 3 == 0 else one
    for number, one in enumerate(drawn(1))
]


@given(st.permutations(range(40)))
def test_the_order_of_items_changes_nothing(order: list[int]) -> None:
    mixed = [TIED[number] for number in order]
    assert figures(STANCE, mixed, FEW) == figures(STANCE, TIED, FEW)
    assert risk_coverage(mixed) == risk_coverage(TIED)


@given(st.lists(st.sampled_from(STANCES), min_size=1))
def test_gold_as_prediction_scores_1(golds: list[Stance]) -> None:
    some = [answered(str(number), gold, SURE[gold]) for number, gold in enumerate(golds)]
    ours = values(some)
    assert ours["macro_f1"] == ours["accuracy"] == ours["with_probabilities"] == 1
    assert ours["brier"] == ours["calibration_error"] == ours["risk_coverage_area"] == 0


@pytest.mark.parametrize(
    "change",
    [{"stance": None}, {"status": "abstained"}, {"status": "failed"}],
)
def test_an_outcome_has_what_its_status_says(change: dict[str, object]) -> None:
    made = answered("a", "support", SURE["support"]).model_dump() | change
    with pytest.raises(ValidationError):
        StanceOutcome.model_validate(made)


def test_a_failure_has_no_probabilities() -> None:
    made = abstained("a", "support", SURE["support"]).model_dump() | {"status": "failed"}
    with pytest.raises(ValidationError, match="probabilities"):
        StanceOutcome.model_validate(made)
