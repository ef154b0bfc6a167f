"""Contradictions become propositions: positive, and one for each matter."""

import pytest

from claimcompare.schema import Claim, Withdrawal
from claimcompare.small.grouping import Contradiction, faithful, groups, proposition
from tests.small import events


def claim(claim_id: str, text: str, evidence: str | None = None) -> Claim:
    return events.claim(claim_id, f"Speaker {claim_id}", text, evidence=evidence)


DRY = claim("1", "The north quay of Dorran is dry.")
WET = claim("2", "The north quay of Dorran is not dry.")
LIE = claim("3", "It is a lie that the north quay is dry.")
FARES = claim("4", "The fares of the ferry rose by 12 crowns.")
LESS = claim("5", "The fares of the ferry rose by 7 crowns.")
TUNNEL = claim("6", "The tunnel is closed for good.")
OPEN = claim("7", "The tunnel will open in May.")
TOLD = claim("8", "Mayor Ann Roe said on Friday that the north quay was dry.")


@pytest.mark.parametrize(
    "worded",
    [
        "The south lock of Aldmere is leaking badly.",
        "The north quay of Dorran is not dry.",
        "The north quay of Dorran is a lie.",
        "Bray denied that the north quay was dry.",
        "The 2 north quays of Dorran are dry.",
        "",
        " . ",
    ],
)
def test_a_wording_that_says_something_else_gives_way_to_the_claim_s_own(worded: str) -> None:
    assert faithful(worded, DRY) == DRY.text


def test_words_of_the_evidence_are_the_claim_s_own_too() -> None:
    dry = claim("8", "It is dry.", "Una Brock said of the north quay of Dorran that it is dry.")
    assert faithful("The north quay is dry.", dry) == "The north quay is dry."


def test_a_number_may_be_written_otherwise() -> None:
    cost = claim("9", "The lock cost 1.5 million crowns, Quill said.")
    assert faithful("The lock cost 1,500,000 crowns.", cost) == "The lock cost 1,500,000 crowns."
    assert faithful("The lock cost 15 million crowns.", cost) == cost.text


def test_a_whole_sentence_goes_without_who_says_it_where_the_model_words_it_so() -> None:
    assert faithful("The north  quay is dry.", TOLD) == "The north quay is dry."


@pytest.mark.parametrize("debris", ["”}]}, {", '"}', "”}]}"])
def test_what_json_leaves_behind_a_wording_is_cut(debris: str) -> None:
    assert faithful(f"The north quay is dry.{debris}", DRY) == "The north quay is dry."


@pytest.mark.parametrize("text", ["The north quay [of Dorran] is dry.", 'The quay is "dry".'])
def test_brackets_and_quotation_marks_within_it_stay(text: str) -> None:
    assert faithful(text, DRY) == text


def test_who_denies_a_negation_asserts_what_it_negates() -> None:
    made = proposition([Contradiction(WET, DRY)], "The north quay is not dry.")
    assert made.text == "The north quay is dry."
    assert (made.supported_by, made.denied_by) == ((DRY.id,), (WET.id,))


def test_contradictions_of_one_claim_or_in_one_wording_are_one_matter() -> None:
    quay = [Contradiction(DRY, LIE), Contradiction(TUNNEL, DRY)]
    back = [Contradiction(TUNNEL, DRY), Contradiction(DRY, LIE)]
    once = [Contradiction(DRY, LIE), Contradiction(DRY, TUNNEL)]
    wording = [Contradiction(FARES, DRY), Contradiction(LESS, OPEN)]
    for matter in (quay, back, once, wording):
        assert groups(matter) == [matter]


def test_other_matters_stay_apart_the_most_contested_first() -> None:
    tunnel = Contradiction(TUNNEL, OPEN)
    fares = [Contradiction(FARES, LESS), Contradiction(FARES, WET)]
    assert groups([tunnel, *fares]) == [fares, [tunnel]]


def test_what_belongs_to_two_groups_makes_them_one() -> None:
    first, second = Contradiction(DRY, LIE), Contradiction(TUNNEL, OPEN)
    both = Contradiction(TUNNEL, DRY)
    assert groups([first, second, both]) == [[first, second, both]]


def test_the_most_contradicted_claim_words_the_proposition() -> None:
    group = [Contradiction(FARES, LESS), Contradiction(DRY, WET), Contradiction(DRY, LIE)]
    made = proposition(group, "The quay is dry.")
    assert made.text == "The quay is dry."
    assert made.supported_by == (DRY.id,)
    assert made.denied_by == (WET.id, LIE.id)
    assert made.nearest == (FARES.id, LESS.id)


def test_what_its_speaker_takes_back_is_no_denial() -> None:
    made = proposition([Contradiction(DRY, LIE, withdrawn=True)], "The north quay is dry.")
    assert made.withdrawn == (Withdrawal(claim_id=DRY.id, withdrawn_by=LIE.id),)
    assert made.supported_by == (DRY.id,)
    assert made.denied_by == made.nearest == ()


def test_a_negation_that_is_taken_back_was_a_denial() -> None:
    made = proposition([Contradiction(WET, LIE, withdrawn=True)], "The north quay is not dry.")
    assert made.withdrawn == (Withdrawal(claim_id=WET.id, withdrawn_by=LIE.id),)
    assert (made.supported_by, made.denied_by) == ((), (WET.id,))
