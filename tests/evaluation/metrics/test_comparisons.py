"""Whole comparisons against gold."""

from hypothesis import given
from hypothesis import strategies as st

from claimcompare import Claim, LedgerRow, OpposingPair
from claimcompare.evaluation.metrics import COMPARISONS, comparison_outcome
from claimcompare.evaluation.outcomes import Counts
from claimcompare.evaluation.results import Sampling
from claimcompare.evaluation.statistics import figures
from tests.evaluation.metrics.weir import ALL, FIRST, SECOND, Stances, claim, dispute, found, gold


def test_gold_as_prediction_scores_1() -> None:
    same = found(ALL, dispute({**FIRST}), dispute({**SECOND}))
    outcome = comparison_outcome(gold(FIRST, SECOND), same)
    assert (outcome.claims, outcome.disputes) == (Counts(right=5), Counts(right=2))
    assert (outcome.stances_right, outcome.stances_asked) == (6, 6)
    values = figures(COMPARISONS, [outcome], Sampling(resamples=5)).figures
    assert {one.value for one in values.values()} == {1.0}


def test_a_dispute_matches_on_one_shared_pair() -> None:
    outcome = comparison_outcome(
        gold(FIRST), found(ALL, dispute({"0": "support", "2": "denial", "4": "denial"}))
    )
    assert outcome.disputes == Counts(right=1)
    assert (outcome.stances_right, outcome.stances_asked) == (2, 2)


def test_a_dispute_without_a_shared_pair_does_not_match() -> None:
    outcome = comparison_outcome(gold(FIRST), found(ALL, dispute({"0": "support", "3": "denial"})))
    assert outcome.disputes == Counts(wrong=1, missed=1)
    assert outcome.stances_asked == 0


def test_claims_that_are_not_in_gold_share_no_pair() -> None:
    strange = claim("x", 1, "Ada Roy")
    outcome = comparison_outcome(
        gold(FIRST), found((*ALL, strange), dispute({"0": "support", "x": "denial"}))
    )
    assert outcome.disputes.right == 0


def test_stances_are_exchanged_where_the_proposition_is_worded_the_other_way() -> None:
    turned = dispute({"0": "denial", "1": "support", "2": "support", "3": "context"})
    outcome = comparison_outcome(gold(FIRST), found(ALL, turned))
    assert outcome.disputes == Counts(right=1)
    assert (outcome.stances_right, outcome.stances_asked) == (4, 4)


def test_stances_are_not_exchanged_where_as_many_pairs_tell_either() -> None:
    item = gold({"0": "support", "2": "support", "1": "denial", "3": "denial", "4": "denial"})
    either = dispute(
        {"0": "support", "3": "support", "1": "denial", "2": "denial", "4": "denial"}
    ).model_copy(
        update={
            "pairs": (
                OpposingPair(support="0", denial="1", kind="denied"),
                OpposingPair(support="3", denial="2", kind="denied"),
            )
        }
    )
    outcome = comparison_outcome(item, found(ALL, either))
    assert (outcome.stances_right, outcome.stances_asked) == (3, 5)


def test_wrong_stances_and_abstentions_are_not_right() -> None:
    one_wrong = dispute({"0": "support", "1": "denial", "2": "support", "3": None})
    outcome = comparison_outcome(gold(FIRST), found(ALL, one_wrong))
    assert (outcome.stances_right, outcome.stances_asked) == (2, 4)


def test_a_stance_that_could_not_be_asked_for_is_not_right() -> None:
    row = LedgerRow(stage="classify", outcome="failed", item="2", reason="too slow")
    some = dispute({"0": "support", "1": "denial"})
    outcome = comparison_outcome(gold(FIRST), found(ALL, some, ledger=(row,)))
    assert (outcome.stances_right, outcome.stances_asked) == (2, 3)


def test_disputes_match_where_they_share_most() -> None:
    poor = dispute({"0": "support", "1": "denial"})
    full = dispute({"0": "support", "1": "denial", "2": "denial"})
    for order in ((poor, full), (full, poor)):
        outcome = comparison_outcome(gold(FIRST), found(ALL, *order))
        assert outcome.disputes == Counts(right=1, wrong=1)
        assert outcome.stances_asked == 3


def test_without_a_comparison_all_is_missed() -> None:
    outcome = comparison_outcome(gold(FIRST), None, reason="no key")
    assert (outcome.status, outcome.reason, outcome.failed) == ("failed", "no key", 1)
    assert (outcome.claims, outcome.disputes) == (Counts(missed=5), Counts(missed=1))


def test_failed_calls_are_counted() -> None:
    rows = tuple(
        LedgerRow(stage="extract", outcome=became, item="part", reason=reason)
        for became, reason in (("kept", ""), ("failed", "too slow"), ("failed", "refused"))
    )
    outcome = comparison_outcome(gold(), found(ALL, ledger=rows))
    assert (outcome.status, outcome.reason, outcome.failed) == ("failed", "too slow", 2)


def test_failing_never_pays_where_gold_has_nothing_to_miss() -> None:
    row = LedgerRow(stage="pair", outcome="failed", item="event", reason="too slow")
    right = comparison_outcome(gold(FIRST), found(ALL, dispute({**FIRST})))
    calm = gold().model_copy(update={"id": "calm", "document": "calm"})
    for failed in (
        comparison_outcome(calm, None),
        comparison_outcome(calm, found((), ledger=(row,))),
    ):
        assert failed.disputes == Counts(missed=1)
        values = figures(COMPARISONS, [right, failed], Sampling(resamples=5)).figures
        assert (values["dispute_recall"].value, failed.rightness) == (0.5, 0)
    bare = calm.model_copy(update={"claims": ()})
    assert comparison_outcome(bare, None).claims == Counts(missed=1)


@given(st.permutations(ALL), st.permutations([FIRST, SECOND]))
def test_the_order_of_what_is_found_changes_nothing(
    claims: list[Claim], disputes: list[Stances]
) -> None:
    outcome = comparison_outcome(
        gold(FIRST, SECOND), found(tuple(claims), *(dispute({**one}) for one in disputes))
    )
    assert (outcome.disputes, outcome.stances_right) == (Counts(right=2), 6)
