"""Pairs that oppose each other become propositions: positive, and one for each matter."""

import pytest

from claimcompare.schema import Claim, Span
from claimcompare.stages.candidates import Nearness
from claimcompare.stages.grouping import Opposition, groups, opposition, proposition


def claim(claim_id: str, text: str, evidence: str = "") -> Claim:
    quoted = evidence or text
    return Claim(
        id=claim_id,
        article_id="post",
        speaker=f"Speaker {claim_id}",
        cue="said",
        text=text,
        evidence=(Span(start=0, end=len(quoted), text=quoted),),
    )


DRY = claim("1", "The north quay of Dorran is dry.")
WET = claim("2", "The north quay of Dorran is not dry.")
LIE = claim("3", "It is a lie that the north quay is dry.")
FARES = claim("4", "The fares of the ferry rose by 12 crowns.")
LESS = claim("5", "The fares of the ferry rose by 7 crowns.")
TUNNEL = claim("6", "The tunnel is closed for good.")
OPEN = claim("7", "The tunnel will open in May.")
ALL = [DRY, WET, LIE, FARES, LESS, TUNNEL, OPEN]


def test_what_a_denial_contradicts_is_the_proposition() -> None:
    made = opposition(LIE, DRY, "The north quay is dry.")
    assert made == Opposition(DRY, LIE, "The north quay is dry.")


def test_who_denies_a_negation_asserts_what_it_negates() -> None:
    made = opposition(DRY, WET, "The north quay is not dry.")
    assert made == Opposition(DRY, WET, "The north quay is dry.")


@pytest.mark.parametrize(
    "worded",
    [
        "The south lock of Aldmere is leaking badly.",
        "The north quay of Dorran is not dry.",
        "The north quay of Dorran is a lie.",
        "The 2 north quays of Dorran are dry.",
        "",
        " . ",
    ],
)
def test_a_wording_that_says_something_else_gives_way_to_the_claim_s_own(worded: str) -> None:
    assert opposition(LIE, DRY, worded).proposition == DRY.text


def test_words_of_the_evidence_are_the_claim_s_own_too() -> None:
    dry = claim("8", "It is dry.", "Una Brock said of the north quay of Dorran that it is dry.")
    assert opposition(LIE, dry, "The north quay is dry.").proposition == "The north quay is dry."


@pytest.mark.parametrize(
    ("worded", "proposition"),
    [
        ("The north quay is dry.\u201d}]}, {", "The north quay is dry."),
        ('The north quay is dry."}', "The north quay is dry."),
        ('The north quay is "dry"}', 'The north quay is "dry"'),
        ("The north quay is \u201cdry.\u201d}]}", "The north quay is \u201cdry.\u201d"),
        ("The north quay [of Dorran] is dry.", "The north quay [of Dorran] is dry."),
        ("The north quay is dry [in Dorran].", "The north quay is dry [in Dorran]."),
    ],
)
def test_what_json_leaves_behind_a_wording_is_cut(worded: str, proposition: str) -> None:
    assert opposition(LIE, DRY, worded).proposition == proposition


def test_a_wording_does_not_reject_what_the_claim_only_negates() -> None:
    shut = DRY.model_copy(update={"text": "The north quay of Dorran will not open."})
    worded = "The north quay of Dorran denied it."
    assert opposition(LIE, shut, worded).proposition == "The north quay of Dorran will open."


def test_oppositions_about_one_claim_one_count_or_one_wording_are_one_matter() -> None:
    quay = [Opposition(DRY, LIE, "The quay is dry."), Opposition(TUNNEL, DRY, "It is wet.")]
    count = [
        Opposition(FARES, LESS, "The fares rose by 12 crowns."),
        Opposition(OPEN, LESS, "The fares rose by 9 crowns."),
    ]
    wording = [
        Opposition(WET, FARES, "The quay of Dorran is closed."),
        Opposition(TUNNEL, OPEN, "The quay of Dorran is not closed."),
    ]
    for matter in (quay, count, wording):
        assert groups(matter) == [matter]


def test_other_matters_stay_apart_the_most_contested_first() -> None:
    tunnel = Opposition(TUNNEL, OPEN, "The tunnel is closed for good.")
    fares = [
        Opposition(FARES, LESS, "The fares of the ferry rose."),
        Opposition(FARES, WET, "The fares of the ferry rose by much."),
    ]
    assert groups([tunnel, *fares]) == [fares, [tunnel]]


def test_what_belongs_to_two_groups_makes_them_one() -> None:
    first = Opposition(DRY, LIE, "The quay is dry.")
    second = Opposition(TUNNEL, OPEN, "The tunnel is closed.")
    both = Opposition(TUNNEL, DRY, "Water stands everywhere.")
    assert groups([first, second, both]) == [[first, second, both]]


def test_the_most_contradicted_claim_words_the_proposition() -> None:
    group = [
        Opposition(FARES, LESS, "The fares rose by 12 crowns."),
        Opposition(DRY, WET, "The quay is dry."),
        Opposition(DRY, LIE, "The north quay is dry."),
    ]
    made = proposition(group, ALL, Nearness(ALL), limit=6)
    assert made.text == "The quay is dry."
    assert made.asserted_by == (DRY.id,)
    assert made.contradicted_by == (WET.id, LIE.id)
    assert made.claim_ids[:3] == (DRY.id, WET.id, LIE.id)
    assert set(made.claim_ids) >= {FARES.id, LESS.id}
    assert len(made.claim_ids) == 6


def test_members_are_placed_whatever_the_limit() -> None:
    group = [Opposition(DRY, WET, "The quay is dry."), Opposition(DRY, LIE, "The quay is dry.")]
    assert len(proposition(group, ALL, Nearness(ALL), limit=2).claim_ids) == 3
