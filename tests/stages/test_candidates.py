"""Candidates: what a claim may contradict, found by its words alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.schema import Claim, Span
from claimcompare.stages.candidates import Nearness, may_contradict, may_oppose
from claimcompare.stages.words import numbers, withdrawing


def opposed_by(claims: list[Claim]) -> dict[str, list[Claim]]:
    return may_contradict(claims, Nearness(claims))


def claim(
    claim_id: str,
    speaker: str | None,
    text: str,
    *,
    cue: str | None = "said",
    evidence: str | None = None,
) -> Claim:
    """A claim whose id starts with its article's, as in "post:1"."""
    quoted = evidence if evidence is not None else text
    return Claim(
        id=claim_id,
        article_id=claim_id.partition(":")[0],
        speaker=speaker,
        cue=cue,
        text=text,
        evidence=(Span(start=0, end=len(quoted), text=quoted),),
    )


FERRY = claim("post:1", "Milo Strand", "The ferry to Dorran will sail on Sunday.")
BUDGET = claim("post:2", "Milo Strand", "The budget of the harbour is balanced.")
LOCK = claim("post:3", "Ines Quill", "The north lock of the harbour is sound.")
PUMPS = claim("echo:1", "Lena Marsh", "The pumps failed twice in 2019.")
CLAIMS = [FERRY, BUDGET, LOCK, PUMPS]


def ids(claims: list[Claim]) -> list[str]:
    return [one.id for one in claims]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("It is untrue that the north lock is sound.", LOCK),
        ("The ferry will sail to Dorran on no Sunday; that is a lie.", FERRY),
        ("The council rejects that the pumps failed.", PUMPS),
        ("The balanced budget is fiction.", BUDGET),
    ],
)
def test_a_denial_points_first_at_what_it_denies(text: str, denied: Claim) -> None:
    denial = claim("echo:9", "Oskar Bray", text, cue="claimed")
    assert opposed_by([*CLAIMS, denial])[denial.id][0] == denied


def test_a_denial_s_evidence_counts_as_its_words_do() -> None:
    denial = claim(
        "echo:9",
        "Oskar Bray",
        "It is a lie.",
        evidence="Bray called what Quill says about the north lock a lie.",
    )
    assert opposed_by([*CLAIMS, denial])[denial.id][0] == LOCK


def test_a_denial_without_shared_words_may_contradict_anybody() -> None:
    denial = claim("echo:9", "Oskar Bray", "Nonsense.", cue=None)
    assert set(ids(opposed_by([*CLAIMS, denial])[denial.id])) == set(ids(CLAIMS))


@pytest.mark.parametrize("cue", ["denied", "disputed", "nahm zurück und dementierte", "否认"])
def test_a_cue_alone_makes_a_denial(cue: str) -> None:
    denial = claim("echo:9", "Oskar Bray", "The north lock is sound.", cue=cue)
    assert opposed_by([*CLAIMS, denial])[denial.id][0] == LOCK


@pytest.mark.parametrize(
    "text",
    [
        "The skipper lied to the court.",
        "Divers refused to help.",
        "Doubts about the crew remain.",
        "He doubts Dorran.",
        "Divers doubt whether the crew of Milo's new ferry to Dorran can swim as far as they row.",
    ],
)
def test_what_may_be_said_of_anything_is_held_against_its_own_matter_only(text: str) -> None:
    assert opposed_by([*CLAIMS, claim("echo:9", "Oskar Bray", text)]) == {}


def test_doubts_are_held_against_what_they_are_about() -> None:
    doubts = claim("echo:9", "Oskar Bray", "Divers doubt that the north lock is sound.")
    assert ids(opposed_by([*CLAIMS, doubts])[doubts.id]) == [LOCK.id]


def test_two_who_say_that_somebody_lied_agree() -> None:
    one = claim("echo:8", "Oskar Bray", "Milo Strand lied about the north lock.")
    other = claim("post:9", "Lotte Prim", "Strand lied to all about the north lock.")
    assert set(opposed_by([one, other])) == set()


@pytest.mark.parametrize(
    ("text", "other_text"),
    [
        ("The mayor was dismissed in May.", "The mayor was not dismissed in May."),
        ("19 fans were hurt, and three refused help.", "58 fans were hurt, and many refused help."),
    ],
)
def test_two_who_object_may_negate_or_count_otherwise(text: str, other_text: str) -> None:
    one, other = claim("echo:8", "Oskar Bray", text), claim("post:9", "Lotte Prim", other_text)
    assert set(opposed_by([one, other])) == {one.id, other.id}


def test_a_claim_that_negates_too_is_not_negated() -> None:
    one = claim("post:1", "Milo Strand", "The ferry to Dorran will not sail on Sunday.")
    other = claim("echo:9", "Oskar Bray", "The ferry to Dorran will never sail on Sunday.")
    assert opposed_by([one, other]) == {}


def test_who_denies_accusations_is_held_against_accusations_first() -> None:
    denial = claim("echo:9", "Oskar Bray", "Bray denied the allegations.", cue="denied")
    accusation = claim("post:9", "Lena Marsh", "He sank the boat.", cue="accused")
    assert ids(opposed_by([BUDGET, LOCK, accusation, denial])[denial.id])[0] == accusation.id


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("The ferry to Dorran on Sunday is not for goats.", False),
        ("On Sunday a Dorran ferry, not Strand.", False),
        ("No ferry to Dorran will sail more often than on Sunday.", False),
        ("No more ferries to Dorran will sail on Sunday.", True),
        ("No ferry will sail to Dorran on Sunday, Bray wants more than that.", True),
        ("Not only the ferry to Dorran will sail on Sunday.", False),
        ("It will not sail.", True),
        ("No ferry will sail on Sunday.", True),
    ],
)
def test_a_negation_is_held_against_what_it_negates(text: str, *, may: bool) -> None:
    told = claim("post:1", "Milo Strand", "Strand's ferry to Dorran will sail on Sunday.")
    negation = claim("echo:9", "Oskar Bray", text)
    assert bool(opposed_by([told, negation])) is may


def test_claims_that_object_themselves_come_last() -> None:
    one = claim("echo:8", "Oskar Bray", "It is a lie that the north lock is sound.")
    other = claim("echo:9", "Lotte Prim", "It is untrue that the north lock is sound.")
    found = opposed_by([one, other, *CLAIMS])
    assert ids(found[one.id])[0] == ids(found[other.id])[0] == LOCK.id
    assert ids(found[one.id])[-1] == other.id
    assert ids(found[other.id])[-1] == one.id


@pytest.mark.parametrize(
    ("text", "other_text"),
    [
        ("21 boats were damaged by the flood.", "Nine boats were damaged by the flood."),
        ("The ferry costs 1,200 crowns.", "The ferry costs 1.300 crowns."),
        ("The tunnel will close in May.", "The tunnel will not close in May."),
        ("The tunnel will close in May.", "The tunnel won’t close in May."),
    ],
)
def test_another_number_or_a_negation_of_the_same_thing_may_contradict(
    text: str, other_text: str
) -> None:
    one, other = claim("post:8", "Ines Quill", text), claim("post:9", "Oskar Bray", other_text)
    found = opposed_by([*CLAIMS, one, other])
    assert ids(found[one.id]) == [other.id]
    assert ids(found[other.id]) == [one.id]


@pytest.mark.parametrize(
    ("text", "other_text"),
    [
        ("21 boats were damaged.", "Twenty-one boats were damaged."),
        ("1,200 boats were damaged.", "1200 boats were damaged."),
        ("21 boats were damaged.", "The mayor of Dorran married 3 times."),
        ("The tunnel will close.", "Carla Zell did not marry."),
        ("The tunnel will close.", "The tunnel will close."),
        ("The tunnel never opened.", "The tunnel did not open."),
    ],
)
def test_what_agrees_or_is_about_something_else_does_not_contradict(
    text: str, other_text: str
) -> None:
    one, other = claim("post:8", "Ines Quill", text), claim("post:9", "Oskar Bray", other_text)
    assert opposed_by([one, other]) == {}


@pytest.mark.parametrize("speaker", ["Oskar Bray", None])
def test_nobody_contradicts_himself_within_an_article(speaker: str | None) -> None:
    one = claim("post:8", speaker, "The tunnel will close.")
    other = claim("post:9", speaker, "It is a lie that the tunnel will close.")
    assert opposed_by([one, other]) == {}


@pytest.mark.parametrize("speaker", ["Oskar Bray", None])
def test_a_speaker_may_contradict_what_another_article_has_of_him(speaker: str | None) -> None:
    one = claim("post:8", speaker, "The tunnel will close.")
    other = claim("echo:9", speaker, "It is a lie that the tunnel will close.")
    assert opposed_by([one, other]) == {other.id: [one]}


@pytest.mark.parametrize(
    ("speaker", "text", "may"),
    [
        ("Milo Strand", "The council disputes that the lock is sound.", False),
        ("Strand", "The council disputes that the lock is sound.", False),
        ("Milo Strand", "He withdrew what he had said.", True),
        ("Milo Strand", "It is a lie that the ferry will sail to Dorran.", True),
        ("Lena Marsh", "The council disputes that the lock is sound.", True),
    ],
)
def test_what_a_speaker_denies_is_hardly_what_he_says_elsewhere(
    speaker: str, text: str, *, may: bool
) -> None:
    denial = claim("echo:9", speaker, text)
    assert (denial.id in opposed_by([FERRY, denial])) is may


@pytest.mark.parametrize(
    ("claim_id", "speaker", "text", "may"),
    [
        ("echo:2", "Milo Strand", "The ferry sails.", True),
        ("post:2", "Lena Marsh", "The ferry sails.", True),
        ("post:2", "Milo Strand", "The ferry sails.", False),
        ("post:2", "Milo Strand", "He withdrew what he had said about the ferry.", True),
        ("post:2", "Milo Strand", "Two ferries to Dorran will sail on Sunday.", False),
        ("post:1", "Milo Strand", "He withdrew what he had said.", False),
    ],
)
def test_one_speaker_is_at_odds_with_himself_where_he_takes_something_back(
    claim_id: str, speaker: str, text: str, *, may: bool
) -> None:
    assert may_oppose(claim(claim_id, speaker, text), FERRY) is may


def test_one_speaker_is_at_odds_with_himself_where_he_counts_otherwise() -> None:
    first = claim("post:8", "Milo Strand", "The storm sank 12 boats at Dorran.")
    again = claim("post:9", "Milo Strand", "The storm sank 15 boats at Dorran.")
    assert may_oppose(again, first)
    assert not may_oppose(again, again)


def test_a_headline_is_held_against_last() -> None:
    headline = claim(
        "post:0", "Quill", "North lock is sound.", evidence="North lock is sound, Quill says"
    )
    denial = claim("echo:9", "Oskar Bray", "It is untrue that the north lock is sound.")
    found = opposed_by([headline, *CLAIMS, denial])[denial.id]
    assert (found[0], found[-1]) == (LOCK, headline)


def test_a_headline_does_not_lead_its_article() -> None:
    headline = claim("post:0", "Quill", "All well at harbour.", evidence="All well at harbour")
    denial = claim("echo:9", "Oskar Bray", "Nonsense.", cue=None)
    assert opposed_by([headline, *CLAIMS, denial])[denial.id][0] == FERRY


def test_no_claims_contradict_nothing() -> None:
    assert opposed_by([]) == {}


VOCABULARY = "lock ferry tunnel 21 nine not denied lie sound Dorran 王明 不".split()
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
SPEAKERS = st.sampled_from([None, "Ines Quill", "Oskar Bray", "Lena Marsh"])


@st.composite
def claim_lists(draw: st.DrawFn) -> list[Claim]:
    made = draw(st.lists(st.tuples(st.sampled_from(["post", "echo"]), SPEAKERS, TEXTS), max_size=8))
    return [
        claim(f"{article}:{number}", speaker, text)
        for number, (article, speaker, text) in enumerate(made)
    ]


@settings(max_examples=200)
@given(claims=claim_lists())
def test_others_are_opposed_once_and_one_s_own_only_where_the_count_is_another(
    claims: list[Claim],
) -> None:
    by_id = {one.id: one for one in claims}
    for claim_id, opposed in opposed_by(claims).items():
        own = by_id[claim_id]
        assert opposed
        assert len(set(ids(opposed))) == len(opposed)
        assert own not in opposed
        assert all(
            (one.speaker, one.article_id) != (own.speaker, own.article_id)
            or withdrawing(own.text)
            or numbers(one.text) != numbers(own.text)
            for one in opposed
        )


@settings(max_examples=100)
@given(claims=claim_lists(), text=TEXTS)
def test_nearness_lies_between_nothing_and_all(claims: list[Claim], text: str) -> None:
    nearness = Nearness(claims)
    assert all(0 <= nearness.between(text, one) <= 1 + 1e-9 for one in claims)


def test_nearness_is_full_for_a_claim_s_own_words_and_nothing_for_others() -> None:
    nearness = Nearness(CLAIMS)
    assert nearness.between("A sound lock.", LOCK) == 1
    assert nearness.between("A sound lock.", FERRY) == 0
    assert nearness.between("It was so.", LOCK) == 0


def test_rare_words_bring_nearer_than_common_ones() -> None:
    nearness = Nearness([*CLAIMS, claim("echo:2", "Lena Marsh", "The harbour is old.")])
    assert nearness.between("harbour pumps", PUMPS) > nearness.between("harbour pumps", BUDGET) > 0


def test_the_nearest_come_first_and_no_more_than_asked_for() -> None:
    nearness = Nearness(CLAIMS)
    assert nearness.nearest("the north lock of the harbour", CLAIMS, 3) == [LOCK, BUDGET, FERRY]
    assert nearness.nearest("nothing of this", CLAIMS, 2) == [FERRY, BUDGET]
    assert nearness.nearest("lock", CLAIMS, 0) == []
