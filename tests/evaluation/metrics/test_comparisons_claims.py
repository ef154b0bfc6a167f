"""Which claims of a comparison are those of gold."""

import pytest

from claimcompare import Claim
from claimcompare.evaluation.metrics import comparison_outcome
from claimcompare.evaluation.outcomes import Counts
from claimcompare.schema import Span, Stance
from tests.evaluation.metrics.weir import (
    ALL,
    LINES,
    TEXT,
    claim,
    claims_found,
    dispute,
    found,
    gold,
    span,
)


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
