"""Intervals that hold the truth as often as they say, and tests that seldom cry wolf."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.evaluation.metrics.rates import share
from claimcompare.evaluation.outcomes import Outcome, Status, Told
from claimcompare.evaluation.results import Difference, Figure, Sampling
from claimcompare.evaluation.statistics import (
    Metrics,
    Scorer,
    column,
    differences,
    figures,
)


class Marked(Outcome):
    """An item with a number between 0 and 1; no number leaves its figure undefined."""

    mark: float | None

    @property
    def about(self) -> tuple[Told, ...]:
        return ()

    @property
    def in_words(self) -> str:
        return str(self.mark)

    @property
    def rightness(self) -> float:
        return self.mark or 0.0


def _scorer(outcomes: Sequence[Marked]) -> Scorer:
    marked = [one.mark is not None for one in outcomes]
    return share("mean", (one.mark or 0.0 for one in outcomes), marked)


MEAN = Metrics(headline="mean", scorer=_scorer)
FEW = Sampling(resamples=200, permutations=200, seed=3)


def marked(
    marks: Sequence[float | None], each: int = 1, status: Status = "answered"
) -> list[Marked]:
    """Items with these marks, `each` to a document."""
    return [
        Marked(id=f"{at:04}", document=f"d{at // each:04}", status=status, mark=mark)
        for at, mark in enumerate(marks)
    ]


def simulated(random: np.random.Generator, documents: int, each: int) -> list[Marked]:
    """Items that share their document's luck; the mean that they are drawn from is one half."""
    luck = np.repeat(random.beta(2, 2, size=documents), each)
    return marked((random.random(luck.size) < luck).astype(float).tolist(), each)


def mean(outcomes: list[Marked], sampling: Sampling = FEW) -> Figure:
    return figures(MEAN, outcomes, sampling).figures["mean"]


def gap(one: list[Marked], other: list[Marked], sampling: Sampling = FEW) -> Difference:
    return differences(MEAN, one, other, sampling).differences["mean"]


def test_the_report_says_what_it_rests_on() -> None:
    outcomes = marked([1, 0, 1, 1], each=2)
    outcomes[0] = outcomes[0].model_copy(update={"status": "failed"})
    outcomes[1] = outcomes[1].model_copy(update={"status": "abstained"})
    report = figures(MEAN, outcomes, FEW)
    assert report.figures["mean"] == Figure(value=0.75, low=0.5, high=1.0)
    assert (report.headline, report.items, report.documents) == ("mean", 4, 2)
    assert (report.failed, report.abstained, report.resamples, report.seed) == (1, 1, 200, 3)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    random = np.random.default_rng(0)
    intervals = [mean(simulated(random, 60, 8)) for _ in range(200)]
    held = sum((one.low or 0) <= 0.5 <= (one.high or 0) for one in intervals)
    assert 180 <= held <= 198


def test_items_of_a_document_are_drawn_together() -> None:
    marks = [float(at // 5 % 2) for at in range(100)]
    together, alone = mean(marked(marks, each=5)), mean(marked(marks))
    assert (together.high or 0) - (together.low or 0) > 1.5 * ((alone.high or 0) - (alone.low or 0))


def test_a_resample_without_the_figure_is_left_out_of_the_interval() -> None:
    assert mean(marked([1.0, None, None, None])) == Figure(value=1.0, low=1.0, high=1.0)


@pytest.mark.parametrize("marks", [[], [None, None]])
def test_a_figure_that_is_not_defined_is_none_and_says_why(marks: list[float | None]) -> None:
    none = {"value": None, "low": None, "high": None}
    assert mean(marked(marks)) == Figure(**none, reason="nothing to count")
    difference = gap(marked(marks), marked(marks))
    assert difference == Difference(**none, p=None, reason="not defined in both")


def test_one_document_gives_no_interval() -> None:
    assert mean(marked([1, 0], each=2)) == Figure(value=0.5, low=None, high=None)


def test_the_seed_decides() -> None:
    outcomes = simulated(np.random.default_rng(1), 30, 2)
    assert mean(outcomes) == mean(outcomes)
    assert mean(outcomes) != mean(outcomes, FEW.model_copy(update={"seed": 4}))


def test_batches_are_one_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = marked([1, 0, 1, 1, 0.5]), marked([0, 0, 1, 0.25, 1])
    whole = figures(MEAN, one, FEW), differences(MEAN, one, other, FEW)
    monkeypatch.setattr("claimcompare.evaluation.statistics._CELLS", 35)
    assert (figures(MEAN, one, FEW), differences(MEAN, one, other, FEW)) == whole


@given(st.permutations(range(12)))
def test_the_order_of_items_changes_nothing(order: list[int]) -> None:
    one = marked([0.1 * at for at in range(10)] + [None, 0.3], each=3)
    other = marked([0.7, 0.1, 0.3] * 4, each=3)
    assert figures(MEAN, [one[at] for at in order], FEW) == figures(MEAN, one, FEW)
    mixed = differences(MEAN, [one[at] for at in order], other, FEW)
    assert mixed == differences(MEAN, one, other, FEW)


def test_sums_are_exact_in_any_order() -> None:
    values = column(np.random.default_rng(0).random(1_000))
    assert values.sum() == values[::-1].cumsum()[-1] == sum(sorted(values.tolist()))


def test_an_id_must_not_occur_twice() -> None:
    outcomes = marked([1, 0])
    with pytest.raises(ValueError, match="two outcomes have the id '0000'"):
        figures(MEAN, [*outcomes, outcomes[0].model_copy(update={"document": "other"})], FEW)


@pytest.mark.parametrize("each", [2, 3])
def test_runs_over_other_items_are_not_compared(each: int) -> None:
    other = marked([1, 0] if each == 2 else [1, 0, 1], each=each)
    with pytest.raises(ValueError, match="same items"):
        differences(MEAN, marked([1, 0]), other, FEW)


def test_a_run_does_not_differ_from_itself() -> None:
    outcomes = simulated(np.random.default_rng(0), 20, 3)
    assert gap(outcomes, outcomes) == Difference(value=0.0, low=0.0, high=0.0, p=1.0)


def test_what_is_rounded_to_0_has_no_sign() -> None:
    found = gap(marked([0.5, 0.5]), marked([0.50000001, 0.50000001]))
    assert str(found.value) == "0.0"


def test_a_clear_difference_is_seen() -> None:
    found = gap(marked([1.0] * 20), marked([0.0] * 19 + [1.0]))
    assert found == Difference(value=0.95, low=0.85, high=1.0, p=round(1 / 201, 6))


def test_turning_runs_round_turns_the_difference_round() -> None:
    random = np.random.default_rng(2)
    one, other = simulated(random, 20, 2), simulated(random, 20, 2)
    ahead, back = gap(one, other), gap(other, one)
    assert (ahead.value, ahead.p) == (-(back.value or 0), back.p)
    assert (ahead.low, ahead.high) == pytest.approx((-(back.high or 0), -(back.low or 0)))


def test_p_is_the_share_of_exchanges_that_differ_as_much() -> None:
    # Of the 8 exchanges of 3 documents, 2 give 1 and -1, all others less.
    found = gap(
        marked([1, 1, 1]), marked([0, 0, 0]), FEW.model_copy(update={"permutations": 4_000})
    )
    assert found.p == pytest.approx(2 / 8, abs=0.02)


def test_documents_change_places_as_wholes() -> None:
    assert gap(marked([1.0] * 12, each=12), marked([0.0] * 12, each=12)).p == 1.0


def test_a_difference_of_intervals_is_paired() -> None:
    luck = np.random.default_rng(5).random(40) * 0.9
    found = gap(marked((luck + 0.1).tolist()), marked(luck.tolist()))
    assert (found.low, found.high) == pytest.approx((0.1, 0.1), abs=1e-5)


def test_runs_that_are_alike_seldom_differ() -> None:
    random = np.random.default_rng(11)
    found = [gap(simulated(random, 30, 4), simulated(random, 30, 4)).p or 0 for _ in range(300)]
    assert 5 <= sum(p < 0.05 for p in found) <= 27
    assert 0.4 < float(np.mean(found)) < 0.6
