"""Whole comparisons against gold: by the names of known speakers, and with what was taken back."""

import pytest

from claimcompare import Claim, Comparison, Dispute, Speaker
from claimcompare.evaluation.metrics import comparison_outcome
from claimcompare.evaluation.outcomes import Counts
from claimcompare.schema import Stance
from tests.evaluation.metrics.weir import (
    ALL,
    FIRST,
    claim,
    claims_found,
    dispute,
    found,
    gold,
)

MAYOR = Speaker(id="s1", name="Ines Quill", names=("Ines Quill", "the mayor"))
HALL = Speaker(id="s2", name="the town hall", names=("the town hall",))


def by_mayor(speaker: str, speaker_id: str | None) -> Claim:
    return claim("a", 0, speaker).model_copy(update={"speaker_id": speaker_id})


def with_speakers(*claims: Claim) -> Comparison:
    return found(claims).model_copy(update={"speakers": (HALL, MAYOR)})


@pytest.mark.parametrize(("speaker_id", "right"), [("s1", 1), ("s2", 0), (None, 0), ("gone", 0)])
def test_gold_may_name_a_speaker_by_any_of_the_names_that_are_known(
    speaker_id: str | None, right: int
) -> None:
    comparison = with_speakers(by_mayor("the mayor", speaker_id))
    assert comparison_outcome(gold(), comparison).claims.right == right


def test_a_name_that_is_known_for_nobody_is_matched_by_its_own_words() -> None:
    assert comparison_outcome(gold(), with_speakers(by_mayor("Quill", None))).claims.right == 1
    assert claims_found(claim("a", 0, "the mayor")).right == 0


def taken_back(stances: dict[str, Stance | None], one: str, by: str) -> Dispute:
    """A dispute of which one claim was taken back by another."""
    made = dispute(stances)
    return made.model_copy(
        update={
            "assertions": tuple(
                each.model_copy(update={"withdrawn_by": by if each.claim_id == one else None})
                for each in made.assertions
            )
        }
    )


@pytest.mark.parametrize(
    ("stances", "one", "by"),
    [
        ({"0": "support", "1": "context"}, "0", "1"),
        ({"0": "support", "1": None}, "0", "1"),
        ({"0": "support"}, "0", "1"),
        ({"1": "denial", "3": "context"}, "1", "0"),
        ({"0": "support", "1": "support"}, "1", "3"),
        ({"2": "support", "0": "support"}, "2", "3"),
    ],
)
def test_what_was_taken_back_stands_on_the_side_that_gold_gives_it(
    stances: dict[str, Stance | None], one: str, by: str
) -> None:
    outcome = comparison_outcome(gold(FIRST), found(ALL, taken_back(stances, one, by)))
    assert outcome.disputes == Counts(right=1)
    without = comparison_outcome(gold(FIRST), found(ALL, dispute(stances)))
    assert without.disputes == Counts(wrong=1, missed=1)


def test_what_was_taken_back_on_another_matter_matches_nothing() -> None:
    other = taken_back({"3": "support", "4": "context"}, "3", "4")
    assert comparison_outcome(gold(FIRST), found(ALL, other)).disputes.right == 0


def test_stances_of_what_was_taken_back_are_not_exchanged() -> None:
    stances: dict[str, Stance | None] = {"0": "support", "1": "context"}
    outcome = comparison_outcome(gold(FIRST), found(ALL, taken_back(stances, "0", "1")))
    assert (outcome.stances_right, outcome.stances_asked) == (1, 2)


def test_a_dispute_worded_the_other_way_is_told_where_something_was_taken_back() -> None:
    stances: dict[str, Stance | None] = {"0": "denial", "1": "support", "2": "support"}
    outcome = comparison_outcome(gold(FIRST), found(ALL, taken_back(stances, "0", "3")))
    assert outcome.disputes == Counts(right=1)
    assert (outcome.stances_right, outcome.stances_asked) == (3, 3)


def test_a_pair_of_which_one_takes_the_other_back_counts_once() -> None:
    poor = taken_back({"0": "support"}, "0", "1")
    full = dispute({"0": "support", "1": "denial", "2": "denial"})
    outcome = comparison_outcome(gold(FIRST), found(ALL, poor, full))
    assert outcome.disputes == Counts(right=1, wrong=1)
    assert outcome.stances_asked == 3
