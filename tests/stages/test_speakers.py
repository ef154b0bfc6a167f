"""Whose words they are where the passage has no name for the speaker."""

import pytest

from claimcompare.stages.checks import check
from claimcompare.stages.passages import Passage
from claimcompare.stages.reading import said_of
from claimcompare.stages.statements import Checked, Given, Refused
from claimcompare.stages.wire import FullClaim, LeanClaim
from tests.stages.harbour import given_text


def speakers(text: str, *answers: str) -> list[str | None]:
    """Who is taken to speak in each passage if a model names these."""
    given = given_text(text)
    return [one.speaker for one in checked(given, answers)]


def checked(given: Given, answers: tuple[str, ...]) -> list[Checked]:
    known: list[Checked] = []
    for passage, name in zip(given.read, answers, strict=True):
        assert isinstance(passage, Passage)
        for claim in said_of(LeanClaim(who="", speaker=name), passage):
            known.append(check(claim, given, known))
    return known


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is dry,” Una Brock said. “It was never wet.” Milo Strand left.",
        "“The quay is dry,” Una Brock said.\n“It was never wet.”\nMilo Strand left.",
        "Una Brock said that it was dry. “It was never wet.” Milo Strand left.",
    ],
)
def test_a_quotation_goes_on_with_its_speaker(text: str) -> None:
    given = given_text(text)
    given = given._replace(read=given.read[:2])
    assert [one.speaker for one in checked(given, ("Una Brock", "Milo Strand"))] == [
        "Una Brock",
        "Una Brock",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is dry,” Una Brock said.\n“It was wet.” Milo Strand laughed.",
        "“The quay is dry,” Una Brock said. “It was wet,” Milo Strand said.",
    ],
    ids=["a paragraph that names another", "a passage that names another"],
)
def test_another_speakers_quotation_is_told_apart(text: str) -> None:
    given = given_text(text)
    given = given._replace(read=given.read[:2])
    found = [one.speaker for one in checked(given, ("Una Brock", "Milo Strand"))]
    assert found == ["Una Brock", "Milo Strand"]


def test_he_is_who_spoke_right_before() -> None:
    text = "Milo Strand said the quay was dry. He denied that Oskar Bray lied."
    assert speakers(text, "Milo Strand", "Oskar Bray") == ["Milo Strand", "Milo Strand"]


def test_a_pronoun_that_a_model_repeats_is_resolved() -> None:
    text = "Milo Strand said the quay was dry. He denied that Oskar Bray lied."
    assert speakers(text, "Milo Strand", "he") == ["Milo Strand", "Milo Strand"]


def test_they_are_who_spoke_right_before() -> None:
    text = "The keepers said the quay was dry. They denied that Oskar Bray lied."
    assert speakers(text, "keepers", "Oskar Bray") == ["keepers", "keepers"]


@pytest.mark.parametrize(
    "text",
    [
        "Una Brock said it was dry. She said it was safe. He denied that Oskar Bray lied.",
        "The keepers said it was dry. They said it was safe. He denied that Oskar Bray lied.",
        "Una Brock said it was dry. “Safe too,” she said. They denied that Oskar Bray lied.",
    ],
    ids=["he and she", "he and they", "they and she"],
)
def test_a_pronoun_that_does_not_fit_is_left_to_the_model(text: str) -> None:
    first = "keepers" if "keepers" in text else "Una Brock"
    assert speakers(text, first, first, "Oskar Bray")[-1] == "Oskar Bray"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The keepers said it was dry. He denied that Oskar Bray lied.", "keepers"),
        ("Una Brock said it was dry. They denied that Oskar Bray lied.", "Una Brock"),
    ],
)
def test_he_is_a_name_and_they_are_a_noun(text: str, first: str) -> None:
    assert speakers(text, first, "Oskar Bray")[-1] == "Oskar Bray"


def test_a_passage_between_leaves_a_pronoun_to_the_model() -> None:
    text = "Una Brock said it was dry. Oskar Bray came in. He denied that Milo Strand lied."
    given = given_text(text)
    first, _, last = given.read
    assert isinstance(first, Passage)
    assert isinstance(last, Passage)
    known = [
        check(claim, given) for claim in said_of(LeanClaim(who="", speaker="Una Brock"), first)
    ]
    (claim,) = said_of(LeanClaim(who="He", speaker="Oskar Bray"), last)
    assert check(claim, given, known).speaker == "Oskar Bray"


def test_a_model_that_words_its_claims_is_trusted_with_pronouns() -> None:
    given = given_text("Milo Strand said the quay was dry. He denied that Oskar Bray lied.")
    first, last = given.read
    assert isinstance(first, Passage)
    assert isinstance(last, Passage)
    known = [
        check(claim, given) for claim in said_of(LeanClaim(who="", speaker="Milo Strand"), first)
    ]
    worded = FullClaim(
        who="He", speaker="Oskar Bray", via=[], text="Oskar Bray denied that he lied."
    )
    (claim,) = said_of(worded, last)
    assert check(claim, given, known).speaker == "Oskar Bray"


def test_every_claim_of_a_passage_has_the_same_speaker() -> None:
    text = "Milo Strand said it was dry. He said that boats land there and that Oskar Bray lied."
    assert speakers(text, "Milo Strand", "Oskar Bray") == ["Milo Strand"] * 3


@pytest.mark.parametrize(
    ("text", "name", "who", "speaker"),
    [
        ("A spokesman for Strand said it.", "Strand", "Strand", "spokesman for Strand"),
        (
            "A spokesman for Strand said it.",
            "Strand",
            "A spokesman for Strand",
            "spokesman for Strand",
        ),
        ("The Aldmere board contended it.", "Aldmere", "Aldmere", "Aldmere board"),
        ("The harbour keeper denied it to Bray.", "Bray", "Bray", "harbour keeper"),
        ("Two keepers denied it to Bray.", "Bray", "Bray", "Two keepers"),
    ],
)
def test_who_stands_beside_the_verb_is_not_whom_the_words_also_name(
    text: str, name: str, who: str, speaker: str
) -> None:
    given = given_text(text)
    (passage,) = given.read
    assert isinstance(passage, Passage)
    (claim,) = said_of(LeanClaim(who=who, speaker=name), passage)
    assert check(claim, given).speaker == speaker


@pytest.mark.parametrize(
    ("text", "name", "speaker"),
    [
        ("A poll shows that Una Brock leads.", "A poll shows that Una Brock", "A poll"),
        ("It was said by keepers seeking more pay.", "keepers seeking more", "keepers"),
        ("It was said by the Port of Aldmere.", "Port of Aldmere", "Port of Aldmere"),
        ("Five of those in the harbour office wrote it.", "Five of those", "Five of those"),
    ],
)
def test_a_name_ends_where_a_clause_goes_on(text: str, name: str, speaker: str) -> None:
    assert speakers(text, name) == [speaker]


@pytest.mark.parametrize("name", ["was it shown", "removal of tens of dead voters from lists"])
def test_a_clause_is_no_speaker(name: str) -> None:
    given = given_text(f"It said so: {name}.")
    with pytest.raises(Refused, match="is a clause, not a name"):
        checked(given, (name,))


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Brock Hid Floods From The Public", "Brock"),
        ("Una Brock", "Una Brock"),
        ("Brock Marina Board", "Brock Marina Board"),
    ],
)
def test_a_headline_is_no_full_name(name: str, speaker: str) -> None:
    given = given_text(f"{name}\n“It is dry,” Brock said.")
    found = checked(given._replace(read=given.read[1:]), (name,))
    assert [one.speaker for one in found] == [speaker]


TOGETHER = "Milo Strand, the spokesman for Aldmere, is here."
APART = "Milo Strand is here. Aldmere's spokesman is not."


def of_a_description(before: str, text: str, who: str) -> tuple[str | None, str]:
    """Who speaks in the last passage if the model names Milo Strand, and as what he is named."""
    given = given_text(f"{before} {text}")
    passage = given.read[-1]
    assert isinstance(passage, Passage)
    (claim,) = said_of(LeanClaim(who=who, speaker="Milo Strand"), passage)
    found = check(claim, given)
    assert found.mention is not None
    return found.speaker, found.mention.text


def test_a_description_is_of_the_name_that_the_article_puts_beside_it() -> None:
    found = of_a_description(TOGETHER, "The spokesman said boats were lost.", "The spokesman")
    assert found == ("Milo Strand", "The spokesman")


@pytest.mark.parametrize(
    ("before", "text", "who", "speaker"),
    [
        (APART, "The spokesman said boats were lost.", "The spokesman", "spokesman"),
        ("Milo Strand is the club's keeper.", "The club said it.", "The club", "The club"),
        (TOGETHER, "A spokesman said boats were lost.", "A spokesman", "spokesman"),
        (TOGETHER, "The spokesman said boats were lost.", "Milo Strand", "spokesman"),
        (TOGETHER, "The council said boats were lost.", "The council", "council"),
        (TOGETHER, "Boats were lost, sources at the quay claimed.", "sources", "sources"),
        (TOGETHER, "The Aldmere Post is saying boats were lost.", "Aldmere Post", "Aldmere Post"),
        (TOGETHER, "Critics of Strand argued it.", "Strand", "Critics of Strand"),
    ],
    ids=["apart", "owner", "indefinite", "not pointed", "another", "bare", "name", "group"],
)
def test_a_description_is_of_nobody_else(before: str, text: str, who: str, speaker: str) -> None:
    found, _ = of_a_description(before, text, who)
    assert found is not None
    assert found.removeprefix("The ") == speaker.removeprefix("The ")


def test_a_model_that_words_its_claims_is_trusted_with_descriptions() -> None:
    given = given_text(f"{APART} A spokesman for Aldmere said boats were lost.")
    passage = given.read[-1]
    assert isinstance(passage, Passage)
    who = "A spokesman for Aldmere"
    answer = FullClaim(who=who, speaker="Milo Strand", via=[], text="Boats were lost.")
    (claim,) = said_of(answer, passage)
    found = check(claim, given)
    assert found.speaker == "Milo Strand"
    assert found.mention is not None
    assert found.mention.text == who


@pytest.mark.parametrize(
    "text",
    [
        "Boats seem to be lost.",
        "Boats were lost by all her accounts, as it appeared.",
        "Boats on the quay may have plans.",
    ],
)
def test_whoever_is_not_in_a_passage_without_quotation_does_not_speak_there(text: str) -> None:
    given = given_text(f"Milo Strand is here.\n{text}")
    with pytest.raises(Refused, match="the sentence is not attributed to Milo Strand"):
        checked(given._replace(read=given.read[1:]), ("Milo Strand",))


@pytest.mark.parametrize(
    "text", ["He seems to plan boats.", "Now he'll plan boats.", "Strand's plan is to lose boats."]
)
def test_whoever_is_in_a_passage_may_speak_there(text: str) -> None:
    given = given_text(f"Milo Strand is here.\n{text}")
    (found,) = checked(given._replace(read=given.read[1:]), ("Milo Strand",))
    assert found.speaker == "Milo Strand"


def test_the_mention_is_what_stands_beside_the_verb() -> None:
    given = given_text("The Aldmere board contended that the boats of Aldmere were safe.")
    (passage,) = given.read
    assert isinstance(passage, Passage)
    (claim,) = said_of(LeanClaim(who="Aldmere", speaker="Aldmere"), passage)
    found = check(claim, given)
    assert found.mention is not None
    assert found.mention.text == "The Aldmere board"


def test_who_passes_a_claim_on_does_not_stand_for_its_speaker() -> None:
    given = given_text("Bo Krag is gone. Milo Strand said Krag had said that boats were lost.")
    passage = given.read[1]
    assert isinstance(passage, Passage)
    answer = FullClaim(who="Krag", speaker="Bo Krag", via=["Strand"], text="Boats were lost.")
    (claim,) = said_of(answer, passage)
    found = check(claim, given)
    assert (found.speaker, found.via) == ("Bo Krag", ("Strand",))
    assert found.mention is not None
    assert found.mention.text == "Krag"


def test_a_name_may_begin_like_an_article() -> None:
    given = given_text("Una Brock said that boats were lost.")
    (passage,) = given.read
    assert isinstance(passage, Passage)
    (claim,) = said_of(LeanClaim(who="", speaker="Milo"), passage)
    assert check(claim, given).speaker == "Una Brock"
