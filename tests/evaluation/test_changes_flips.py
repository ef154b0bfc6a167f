"""Which items are said to have come out otherwise, and whether for the better."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.evaluation import Evaluation, TaskName, diff
from claimcompare.evaluation.harness import Data, PromptEdition
from claimcompare.evaluation.outcomes import (
    AttributionOutcome,
    ComparisonOutcome,
    Counts,
    Outcome,
    PairOutcome,
    StanceOutcome,
)
from claimcompare.evaluation.statistics import figures
from claimcompare.evaluation.tasks import task_of
from claimcompare.schema import Stance
from claimcompare.usage import Usage
from tests.evaluation.making import FEW
from tests.evaluation.model import SIDES

Better = bool | None
DATA = Data(name="gold.jsonl", sha256="1" * 64, available=9, copies=0, unrelated=0, bad_rows=())


def evaluated(task: TaskName, *outcomes: Outcome, **changes: Any) -> Evaluation:
    """An evaluation with these outcomes."""
    fields = {
        "task": task,
        "claimcompare": "0.2.0",
        "model": "m",
        "prompts": (PromptEdition(name="any", version="1", sha256="2" * 64),),
        "settings": FEW,
        "data": DATA,
        "figures": figures(task_of(task).metrics, outcomes, FEW.sampling),
        "usage": Usage(),
        "outcomes": outcomes,
    }
    return Evaluation.model_validate({**fields, **changes})


def stance(made: str, gold: Stance = "support", name: str = "s1") -> StanceOutcome:
    """What the model made of an item: a stance, or the status of one without."""
    answered = made in SIDES
    return StanceOutcome.model_validate(
        {
            "id": name,
            "document": f"d-{name}",
            "status": "answered" if answered else made,
            "gold": gold,
            "stance": made if answered else None,
            "probabilities": None,
        }
    )


def pair(made: str, *, gold: bool) -> PairOutcome:
    status = "failed" if made == "failed" else "answered"
    opposed = made == "opposed"
    return PairOutcome(
        id="p1", document="d", status=status, gold=gold, opposed=opposed, candidate=True
    )


def attribution(right: int, wrong: int, missed: int, failed: int = 0) -> AttributionOutcome:
    counts = Counts(right=right, wrong=wrong, missed=missed)
    return AttributionOutcome(
        id="a1",
        document="d",
        status="failed" if failed else "answered",
        sentences=counts,
        pairs=counts,
        speakers_right=right,
        speakers_asked=right,
        failed=failed,
    )


def comparison(disputes: Counts, claims: Counts, stances: int = 0) -> ComparisonOutcome:
    return ComparisonOutcome(
        id="e1",
        document="d",
        status="answered",
        claims=claims,
        disputes=disputes,
        stances_right=stances,
        stances_asked=2,
    )


def verdicts(task: TaskName, before: Outcome, after: Outcome) -> list[Better]:
    return [one.better for one in diff(evaluated(task, before), evaluated(task, after)).flips]


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ("denial", "support", True),
        ("failed", "support", True),
        ("support", "denial", False),
        ("support", "abstained", False),
        ("support", "failed", False),
        ("denial", "context", None),
        ("denial", "abstained", None),
        ("abstained", "failed", None),
    ],
)
def test_a_stance_is_better_if_it_has_become_right(before: str, after: str, better: Better) -> None:
    (flip,) = diff(evaluated("stance", stance(before)), evaluated("stance", stance(after))).flips
    assert (flip.before, flip.after, flip.better) == (before, after, better)
    assert (flip.id, flip.document, flip.gold) == ("s1", "d-s1", "support")


@pytest.mark.parametrize(
    ("gold", "before", "after", "better"),
    [
        (True, "not opposed", "opposed", True),
        (True, "opposed", "not opposed", False),
        (True, "failed", "not opposed", None),
        (False, "failed", "not opposed", True),
        (False, "not opposed", "failed", False),
        (False, "opposed", "failed", None),
    ],
)
def test_a_pair_is_better_if_it_has_become_right(
    gold: bool,  # noqa: FBT001 - a parameter of the test
    before: str,
    after: str,
    better: Better,
) -> None:
    one, other = pair(before, gold=gold), pair(after, gold=gold)
    (flip,) = diff(evaluated("pairs", one), evaluated("pairs", other)).flips
    assert (flip.before, flip.after, flip.better) == (before, after, better)
    assert flip.gold == ("opposed" if gold else "not opposed")


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ((1, 0, 2), (2, 0, 1), [True]),
        ((2, 0, 1), (2, 1, 1), [False]),
        ((1, 1, 0), (1, 0, 1), [None]),
        ((2, 0, 1), (2, 0, 1), []),
    ],
)
def test_an_article_is_better_if_more_of_it_is_right(
    before: tuple[int, int, int], after: tuple[int, int, int], better: list[Better]
) -> None:
    assert verdicts("attribution", attribution(*before), attribution(*after)) == better


GOOD, BAD = Counts(right=2), Counts(right=1, missed=1)


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        (comparison(BAD, GOOD), comparison(GOOD, GOOD), [True]),
        (comparison(GOOD, GOOD), comparison(GOOD, BAD), [False]),
        (comparison(GOOD, BAD), comparison(BAD, GOOD), [None]),
        (comparison(GOOD, BAD), comparison(GOOD, BAD), []),
    ],
)
def test_an_event_is_better_if_more_of_its_disputes_and_claims_are_right(
    before: Outcome, after: Outcome, better: list[Better]
) -> None:
    assert verdicts("compare", before, after) == better


def test_counts_are_told_in_words() -> None:
    before, after = comparison(BAD, GOOD), comparison(GOOD, GOOD)
    (flip,) = diff(evaluated("compare", before), evaluated("compare", after)).flips
    assert flip.before == (
        "disputes 1 right, 0 wrong, 1 missed; claims 2 right, 0 wrong, 0 missed; "
        "stances 0 of 2 right"
    )
    assert flip.gold == ""


answers = st.lists(st.sampled_from([*SIDES, "abstained", "failed"]), min_size=4, max_size=4)


@settings(max_examples=20)
@given(answers, answers)
def test_going_back_turns_every_verdict_round(before: list[str], after: list[str]) -> None:
    one, other = (
        evaluated("stance", *(stance(made, name=f"s{at}") for at, made in enumerate(run)))
        for run in (before, after)
    )
    ahead, back = diff(one, other), diff(other, one)
    turned: dict[Better, Better] = {True: False, False: True, None: None}
    assert [one.better for one in back.flips] == [turned[one.better] for one in ahead.flips]
    moved = [f"s{at}" for at in range(4) if before[at] != after[at]]
    assert [one.id for one in ahead.flips] == moved
    value = ahead.differences.differences["accuracy"].value
    better = sum(one.better is True for one in ahead.flips)
    worse = sum(one.better is False for one in ahead.flips)
    assert value == (better - worse) / 4


def test_an_article_without_gold_is_worse_once_it_fails() -> None:
    assert attribution(0, 0, 0, failed=1).rightness == 0
    assert verdicts("attribution", attribution(0, 0, 0), attribution(0, 0, 0, failed=1)) == [False]


def test_rightness_is_one_where_all_is_right() -> None:
    assert comparison(GOOD, GOOD, 2).rightness == 1


def test_an_event_whose_stances_moved_is_among_the_flips() -> None:
    before, after = comparison(GOOD, GOOD, 2), comparison(GOOD, GOOD, 0)
    assert verdicts("compare", before, after) == [False]


def test_an_article_that_fails_again_and_finds_less_is_among_the_flips() -> None:
    before, after = attribution(2, 0, 1, failed=1), attribution(0, 0, 3, failed=1)
    assert verdicts("attribution", before, after) == [False]
