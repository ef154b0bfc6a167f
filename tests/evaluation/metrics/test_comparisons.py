"""Whole comparisons against gold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare import Article, Assertion, Claim, Comparison, Dispute, LedgerRow, OpposingPair
from claimcompare.evaluation.gold import (
    ComparisonItem,
    GoldAssertion,
    GoldClaim,
    GoldDispute,
)
from claimcompare.evaluation.metrics import COMPARISONS, comparison_outcome
from claimcompare.evaluation.outcomes import Counts
from claimcompare.evaluation.statistics import Sampling, figures
from claimcompare.schema import Probabilities, Provenance, Span, Stance
from claimcompare.usage import RunUsage

LINES = (
    "Quill said the weir broke.",
    "Strand denied it.",
    "Bray said it held.",
    "Quill said rain fell.",
    "The market is closed.",
)
TEXT = "\n".join(LINES)
ARTICLE = Article(id="tarn", text=TEXT)
SPEAKERS = ("Ines Quill", "Milo Strand", "Bray", "Ines Quill", None)
Stances = dict[str, Stance]
FIRST: Stances = {"0": "support", "1": "denial", "2": "denial", "3": "context"}
SECOND: Stances = {"3": "support", "4": "denial"}


def span(line: int) -> Span:
    start = TEXT.index(LINES[line])
    return Span(start=start, end=start + len(LINES[line]), text=LINES[line])


def gold(*disputes: Stances) -> ComparisonItem:
    return ComparisonItem(
        id="weir",
        document="weir",
        articles=(ARTICLE,),
        claims=tuple(
            GoldClaim(
                id=str(line),
                article_id="tarn",
                speaker=speaker,
                text=LINES[line],
                evidence=(span(line),),
            )
            for line, speaker in enumerate(SPEAKERS)
        ),
        disputes=tuple(
            GoldDispute(
                proposition="The weir broke.",
                assertions=tuple(
                    GoldAssertion(claim_id=claim, stance=stance) for claim, stance in one.items()
                ),
            )
            for one in disputes
        ),
    )


def claim(name: str, line: int, speaker: str | None, **others: str) -> Claim:
    made = {"article_id": "tarn", "text": LINES[line]} | others
    return Claim(id=name, speaker=speaker, cue=None, evidence=(span(line),), **made)


ALL = tuple(claim(str(line), line, speaker) for line, speaker in enumerate(SPEAKERS))


def dispute(stances: dict[str, Stance | None]) -> Dispute:
    sides = {side: [one for one in stances if stances[one] == side] for side in stances.values()}
    even = Probabilities(support=0.4, denial=0.3, context=0.3)
    return Dispute(
        proposition="The weir held.",
        assertions=tuple(
            Assertion(claim_id=name, stance=stance, confidence=0.4, probabilities=even)
            for name, stance in stances.items()
        ),
        pairs=tuple(
            OpposingPair(support=one, denial=other, kind="denied")
            for one in sides["support"]
            for other in sides["denial"]
        ),
    )


def found(
    claims: tuple[Claim, ...], *disputes: Dispute, ledger: tuple[LedgerRow, ...] = ()
) -> Comparison:
    return Comparison(
        articles=(ARTICLE,),
        claims=claims,
        disputes=disputes,
        ledger=ledger,
        usage=RunUsage(),
        provenance=Provenance(claimcompare="0", model="m", endpoint="e", prompts=()),
    )


def claims_found(*claims: Claim) -> Counts:
    return comparison_outcome(gold(), found(claims)).claims


def test_gold_as_prediction_scores_1() -> None:
    same = found(ALL, dispute({**FIRST}), dispute({**SECOND}))
    outcome = comparison_outcome(gold(FIRST, SECOND), same)
    assert (outcome.claims, outcome.disputes) == (Counts(right=5), Counts(right=2))
    assert (outcome.stances_right, outcome.stances_asked) == (6, 6)
    values = figures(COMPARISONS, [outcome], Sampling(resamples=5)).figures
    assert {one.value for one in values.values()} == {1.0}


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        (claim("a", 0, "Quill"), 1),
        (claim("a", 0, "Strand"), 0),
        (claim("a", 0, None), 0),
        (claim("a", 4, None), 1),
        (claim("a", 4, "Quill"), 0),
        (claim("a", 1, "Quill"), 0),
        (claim("a", 0, "Quill", article_id="other"), 0),
    ],
)
def test_claims_match_by_article_evidence_and_speaker(predicted: Claim, right: int) -> None:
    assert claims_found(predicted) == Counts(right=right, wrong=1 - right, missed=5 - right)


def test_claims_match_one_to_one() -> None:
    assert claims_found(claim("a", 0, "Quill"), claim("b", 0, "Quill")).right == 1


def test_as_many_claims_match_as_can() -> None:
    wide = Span(start=0, end=len(TEXT), text=TEXT)
    greedy = claim("a", 0, "Quill").model_copy(update={"evidence": (wide,)})
    assert claims_found(greedy, claim("b", 0, "Quill")).right == 2
    assert claims_found(claim("b", 3, "Quill"), greedy).right == 2


def test_two_poor_matches_are_better_than_a_good_one() -> None:
    far, near = (span(0).model_copy(update={"end": end}) for end in (span(3).start + 1, 1))
    wide = claim("a", 0, "Quill").model_copy(update={"evidence": (far,)})
    narrow = claim("b", 1, "Quill").model_copy(update={"evidence": (near,)})
    assert claims_found(wide, narrow).right == 2


def test_of_claims_on_the_same_words_those_with_the_same_text_match() -> None:
    both = tuple(claim(name, 0, "Quill") for name in "ab")
    texts = ("The weir broke at noon.", "The warden slept.")
    item = gold({"0": "support", "1": "denial"})
    first, second = (
        one.model_copy(update={"evidence": (span(0),), "text": text, "speaker": "Quill"})
        for one, text in zip((item.claims[0], item.claims[3]), texts, strict=True)
    )
    item = item.model_copy(update={"claims": (first, item.claims[1], second)})
    predicted = tuple(
        one.model_copy(update={"text": text}) for one, text in zip(both, texts[::-1], strict=True)
    )
    comparison = found((*predicted, ALL[1]), dispute({"b": "support", "1": "denial"}))
    assert comparison_outcome(item, comparison).disputes.right == 1


def test_a_claim_of_a_whole_sentence_stands_for_those_of_it_that_nothing_else_matches() -> None:
    item = gold({"0": "support", "3": "context", "1": "denial"})
    of_the_same = item.claims[3].model_copy(
        update={"evidence": (span(0),), "text": "The weir broke, Quill said at noon."}
    )
    item = item.model_copy(update={"claims": (*item.claims[:3], of_the_same)})
    whole = claim("a", 0, "Quill", text=f"{LINES[0]} {of_the_same.text}")
    comparison = found((whole, ALL[1]), dispute({"a": "support", "1": "denial"}))
    outcome = comparison_outcome(item, comparison)
    assert outcome.claims == Counts(right=2, missed=2)
    assert outcome.disputes == Counts(right=1)
    assert (outcome.stances_right, outcome.stances_asked) == (2, 3)
    parts = tuple(
        claim(name, 0, "Quill", text=one.text)
        for name, one in zip("ab", (item.claims[0], of_the_same), strict=True)
    )
    comparison = found((*parts, ALL[1]), dispute({"b": "support", "1": "denial"}))
    assert comparison_outcome(item, comparison).disputes.right == 0


def test_each_gold_claim_is_stood_for_by_one_claim_whatever_the_order() -> None:
    item = gold({"0": "support", "3": "support", "4": "context", "1": "denial"})
    of_the_same = [
        item.claims[at].model_copy(
            update={"evidence": (span(0),), "text": text, "speaker": "Ines Quill"}
        )
        for at, text in ((3, "Rain fell at noon."), (4, "The weir slept."))
    ]
    item = item.model_copy(update={"claims": (item.claims[0], item.claims[1], *of_the_same)})
    parts = (claim("a", 0, "Quill"), claim("b", 0, "Quill", text="Rain fell at noon."), ALL[1])
    stances: dict[str, Stance | None] = {"a": "support", "b": "context", "1": "denial"}
    outcomes = {
        comparison_outcome(item, found(parts[::step], dispute(dict([*stances.items()][::step]))))
        for step in (1, -1)
    }
    assert len(outcomes) == 1
    assert outcomes.pop().stances_asked == 4


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


@given(st.permutations(ALL), st.permutations([FIRST, SECOND]))
def test_the_order_of_what_is_found_changes_nothing(
    claims: list[Claim], disputes: list[Stances]
) -> None:
    outcome = comparison_outcome(
        gold(FIRST, SECOND), found(tuple(claims), *(dispute({**one}) for one in disputes))
    )
    assert (outcome.disputes, outcome.stances_right) == (Counts(right=2), 6)
