"""Opposed statements."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support  # type: ignore[import-untyped]

from claimcompare.evaluation.metrics import PAIRS
from claimcompare.evaluation.outcomes import PairOutcome, Status
from claimcompare.evaluation.results import Sampling
from claimcompare.evaluation.statistics import figures

FEW = Sampling(resamples=20)
# What is right and what is predicted.
Labels = list[tuple[bool, bool]]
LABELS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12)


def outcomes(
    labels: Labels, status: Status = "answered", *, candidate: bool = True
) -> list[PairOutcome]:
    return [
        PairOutcome(
            id=f"{status} {candidate} {number}",
            document=str(number // 2),
            status=status,
            gold=gold,
            opposed=opposed,
            candidate=candidate,
        )
        for number, (gold, opposed) in enumerate(labels)
    ]


def values(made: list[PairOutcome]) -> dict[str, float | None]:
    return {name: one.value for name, one in figures(PAIRS, made, FEW).figures.items()}


@pytest.mark.parametrize("seed", range(5))
def test_precision_recall_and_f1_are_those_of_scikit_learn(seed: int) -> None:
    labels = np.random.default_rng(seed).integers(2, size=(40, 2)).astype(bool)
    theirs = precision_recall_fscore_support(labels[:, 0], labels[:, 1], average="binary")
    ours = values(outcomes([(bool(gold), bool(opposed)) for gold, opposed in labels]))
    assert [ours["precision"], ours["recall"], ours["f1"]] == pytest.approx(theirs[:3], abs=1e-6)


def test_figures_by_hand() -> None:
    made = outcomes([(True, True), (True, False), (False, True), (False, False)])
    missed = outcomes([(True, False)], candidate=False)
    assert values(made + missed) == {
        "precision": 0.5,
        "recall": pytest.approx(1 / 3, abs=1e-6),
        "f1": 0.4,
        "candidate_recall": pytest.approx(2 / 3, abs=1e-6),
    }


@pytest.mark.parametrize(
    ("labels", "expected"),
    [([], None), ([(False, False)], None), ([(True, False)], 0.0), ([(False, True)], 0.0)],
)
def test_figures_are_not_defined_only_where_nothing_is_opposed_at_all(
    labels: Labels, expected: float | None
) -> None:
    found = values(outcomes(labels))
    assert [found[name] for name in ("precision", "recall", "f1")] == [expected] * 3


def test_a_failure_is_an_error_whatever_is_right() -> None:
    answered = outcomes([(True, True)])
    assert values(answered + outcomes([(False, False)], "failed"))["precision"] == 0.5
    assert values(answered + outcomes([(True, True)], "failed"))["recall"] == 0.5


@given(LABELS)
def test_exchanging_gold_and_prediction_exchanges_precision_and_recall(labels: Labels) -> None:
    ahead = values(outcomes(labels))
    back = values(outcomes([(opposed, gold) for gold, opposed in labels]))
    assert (ahead["precision"], ahead["recall"]) == (back["recall"], back["precision"])
    assert ahead["f1"] == back["f1"]


@given(LABELS)
def test_gold_as_prediction_scores_1(labels: Labels) -> None:
    found = values(outcomes([(gold, gold) for gold, _ in labels]))
    assert set(found.values()) == {1.0 if any(gold for gold, _ in labels) else None}
