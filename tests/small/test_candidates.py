"""Candidates: what a claim is held against, by nearness and by who speaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.schema import Claim
from claimcompare.small.candidates import TARGETS, candidates
from claimcompare.stages.disputes import voice_of
from tests.small.events import claim, event

FERRY = claim("post:1", "Milo Strand", "The ferry to Dorran will sail on Sunday.")
BUDGET = claim("post:2", "Milo Strand", "The budget of the harbour is balanced.")
LOCK = claim("post:3", "Ines Quill", "The north lock of the harbour is sound.")
PUMPS = claim("echo:1", "Lena Marsh", "The pumps failed twice in 2019.")
CLAIMS = [FERRY, BUDGET, LOCK, PUMPS]


def opposed_by(one: Claim, *others: Claim) -> list[Claim]:
    made = candidates(event(*others, one))
    return [each.against for each in made if each.claim == one]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Bray said it was untrue that the north lock is sound.", LOCK),
        ("Bray denied that the ferry would sail to Dorran.", FERRY),
        ("The council disputes that the pumps failed.", PUMPS),
        ("The ferry to Dorran will not sail on Sunday.", FERRY),
        ("The ferry to Dorran won’t sail on Sunday.", FERRY),
    ],
)
def test_what_is_nearest_comes_first(text: str, denied: Claim) -> None:
    assert opposed_by(claim("echo:9", "Oskar Bray", text), *CLAIMS)[0] == denied


@pytest.mark.parametrize(
    "text",
    [
        "The north lock of the harbour is sound, Bray said.",
        "The north lock of the harbour is not for goats.",
        "Divers found the north lock full of holes.",
    ],
)
def test_in_english_words_tell_what_may_contradict(text: str) -> None:
    assert opposed_by(claim("echo:9", "Oskar Bray", text), *CLAIMS) == []


@pytest.mark.parametrize("text", ["Bray called it nonsense.", "Bray took it all back."])
def test_who_rejects_or_takes_back_need_not_repeat_it(text: str) -> None:
    assert opposed_by(claim("echo:9", "Oskar Bray", text), *CLAIMS)[0] == FERRY


@pytest.mark.parametrize(
    ("claim_id", "text"),
    [("echo:9", "Bray slept."), ("blatt:9", "Bray called it nonsense."), ("blatt:9", "Quatsch!")],
)
def test_others_are_held_against_what_is_near_alone(claim_id: str, text: str) -> None:
    assert opposed_by(claim(claim_id, "Oskar Bray", text), *CLAIMS) == []


def test_another_language_goes_by_nearness() -> None:
    dam = claim("blatt:1", "Jan Orr", "Der Damm bei Dorran ist sicher.")
    denial = claim("blatt:2", "Eva Pohl", "Der Damm bei Dorran hat Risse.")
    assert opposed_by(denial, *CLAIMS, dam)[0] == dam


@pytest.mark.parametrize(
    ("claim_id", "text", "borne_out"),
    [
        ("echo:9", "Bray denied that the storm sank 12 boats at Dorran.", True),
        ("echo:9", "The storm sank 15 boats at Dorran.", True),
        ("blatt:9", "The storm sank 15 boats at Dorran.", False),
        ("blatt:9", "Bray denied that the storm sank 12 boats at Dorran.", False),
    ],
)
def test_english_words_and_numbers_bear_a_contradiction_out(
    claim_id: str, text: str, *, borne_out: bool
) -> None:
    boats = claim("post:8", "Milo Strand", "The storm sank 12 boats at Dorran.")
    made = candidates(event(boats, claim(claim_id, "Oskar Bray", text)))
    (found,) = [one for one in made if one.claim.id == claim_id]
    assert found.borne_out is borne_out


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("The ferry to Dorran will not sail on Sunday.", False),
        ("Bray denied that the ferry to Dorran will sail on Sunday.", False),
        ("Bray took back that the ferry to Dorran will sail on Sunday.", True),
    ],
)
@pytest.mark.parametrize("claim_id", ["post:9", "echo:9"])
def test_one_speaker_is_at_odds_with_himself_where_he_takes_something_back(
    claim_id: str, text: str, *, may: bool
) -> None:
    assert bool(opposed_by(claim(claim_id, "Milo Strand", text), FERRY)) is may


def test_one_speaker_is_at_odds_with_himself_where_he_counts_otherwise() -> None:
    first = claim("post:8", "Milo Strand", "The storm sank 1.5 million boats at Dorran.")
    again = claim("echo:9", "Milo Strand", "The storm sank 15 million boats at Dorran.")
    same = claim("echo:9", "Milo Strand", "The storm sank 1,500,000 boats at Dorran.")
    assert opposed_by(again, first) == [first]
    assert opposed_by(same, first) == []


def test_the_own_voices_of_two_articles_are_two() -> None:
    one = claim("post:8", None, "The tunnel will close in May.")
    other = claim("echo:9", None, "The tunnel will not close in May.")
    same = claim("post:9", None, "The tunnel will not close in May.")
    assert opposed_by(other, one) == [one]
    assert opposed_by(same, one) == []


def test_no_claims_contradict_nothing() -> None:
    assert candidates(event()) == []


VOCABULARY = "lock ferry tunnel 21 nine not denied lie sound Dorran 王明 不".split()
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
SPEAKERS = st.sampled_from([None, "Ines Quill", "Oskar Bray", "Lena Marsh"])
MADE = st.lists(st.tuples(st.sampled_from(["post", "blatt"]), SPEAKERS, TEXTS), max_size=12)


@settings(max_examples=200)
@given(made=MADE)
def test_each_is_held_against_a_few_others_once(made: list[tuple[str, str | None, str]]) -> None:
    claims = [claim(f"{one[0]}:{at}", one[1], one[2]) for at, one in enumerate(made)]
    found = candidates(event(*claims))
    assert len(found) == len({(one.claim.id, one.against.id) for one in found})
    for one in found:
        assert one.claim.text != one.against.text
        assert sum(one.claim == other.claim for other in found) <= TARGETS
        if one.claim.article_id == "blatt":
            assert voice_of(one.against) != voice_of(one.claim)
