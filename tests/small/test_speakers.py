"""Who is meant by whom a model names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.small.speakers import found_in
from claimcompare.stages.proofs import Refused
from tests.small.harbour import checked, chunk_of, last_of

TEXT = """Lock shut, says QUILL
Harbour master Ines Quill spoke to the Fenwick Post. Sir J. R. Bray,
the councillor, agreed with Marie-Claude d’Aubry and the water board's
lab. It rained in Dorran. Treasurer Strand left; Una\r\n  Marsh met her council."""


def speakers(text: str, *answers: str) -> list[str | None]:
    """Who is taken to speak in the first passages if a model names these, or nobody."""
    return [one.speaker for one in checked(chunk_of(text), answers)]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ines Quill", "Ines Quill"),
        ("  Ines   Quill ", "Ines Quill"),
        ("ines quill", "Ines Quill"),
        ("INES QUILL,", "Ines Quill"),
        ("J R Bray", "J. R. Bray"),
        ("Marie Claude d'Aubry", "Marie-Claude d’Aubry"),
        ("harbour master", "Harbour master"),
        ("the Fenwick Post", "the Fenwick Post"),
        ("Una Marsh", "Una Marsh"),
        ("Captain Ines Quill", "Ines Quill"),
        ("Ines Quill, the harbour mistress", "Ines Quill"),
        ("Ines Quill (Dorran)", "Ines Quill"),
        ("Ines Quill's", "Ines Quill"),
        ("Ines Quill’s", "Ines Quill"),
        ("Milo Strand", "Strand"),
        ("former treasurer Milo Strand", "Strand"),
    ],
)
def test_a_name_is_given_as_the_article_writes_it(name: str, written: str) -> None:
    assert found_in(TEXT, name) == written


@pytest.mark.parametrize(
    "name",
    [
        "Ines Zell",
        "Fenwick Zell",
        "the treasurer of Zell",
        "mayor of Dorran",
        "Dorran mayor",
        "the Dorran council",
        "their treasurer",
        "Mark",
        "Ray",
        "",
        " , ",
    ],
)
def test_who_is_not_in_the_article_is_nobody(name: str) -> None:
    assert found_in(TEXT, name) is None


@settings(max_examples=150)
@given(name=st.text(max_size=30) | st.lists(st.sampled_from(TEXT.split())).map(" ".join))
def test_what_is_found_occurs_in_the_article(name: str) -> None:
    found = found_in(TEXT, name)
    assert found is None or found in " ".join(TEXT.split())


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is dry,” Una Brock said. “It was never wet.” Milo Strand left.",
        "“The quay is dry,” Una Brock said.\n“It was never wet.”\nMilo Strand left.",
        "Una Brock said that it was dry. “It was never wet.” Milo Strand left.",
    ],
)
def test_a_quotation_goes_on_with_its_speaker(text: str) -> None:
    assert speakers(text, "Una Brock", "Milo Strand") == ["Una Brock", "Una Brock"]


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is dry,” Una Brock said.\n“It was wet.” Milo Strand laughed.",
        "“The quay is dry,” Una Brock said. “It was wet,” Milo Strand said.",
    ],
    ids=["a paragraph that names another", "a passage that names another"],
)
def test_another_speakers_quotation_is_told_apart(text: str) -> None:
    assert speakers(text, "Una Brock", "Milo Strand") == ["Una Brock", "Milo Strand"]


def test_a_passage_between_leaves_a_quotation_to_the_model() -> None:
    text = "Una Brock said so. It rained. “It was never wet.” Milo Strand left."
    assert speakers(text, "Una Brock", "", "Milo Strand") == ["Una Brock", "Milo Strand"]


@pytest.mark.parametrize(
    ("text", "name", "who", "speaker"),
    [
        ("A spokesman for Strand said it.", "Strand", "Strand", "spokesman for Strand"),
        ("A spokesman for Strand said it.", "Strand", "A spokesman", "spokesman for Strand"),
        ("The Aldmere board contended it.", "Aldmere", "Aldmere", "Aldmere board"),
        ("The harbour keeper denied it to Bray.", "Bray", "Bray", "harbour keeper"),
        ("Two keepers denied it to Bray.", "Bray", "Bray", "Two keepers"),
        ("Critics of Strand argued it.", "Strand", "Critics of Strand", "Critics of Strand"),
        ("It was argued by critics of Strand.", "Strand", "critics of Strand", "critics of Strand"),
        ("Una Brock said it.", "Milo Strand", "", "Una Brock"),
    ],
)
def test_who_stands_beside_the_verb_is_not_whom_the_words_also_name(
    text: str, name: str, who: str, speaker: str
) -> None:
    assert last_of(f"Milo Strand met Oskar Bray in Aldmere. {text}", who, name).speaker == speaker


@pytest.mark.parametrize(
    ("called", "name", "speaker"),
    [
        ("Brock", "Una Brock", "Una Brock"),
        ("Councillor Una Brock", "Una Brock", "Una Brock"),
        ("The keeper Brock", "Una Brock", "Una Brock"),
        ("Councillor Brock", "Una Brock", "Councillor Brock"),
        ("Jean-Luc de la Roe", "Ann Roe", "Jean-Luc de la Roe"),
        ("Otto Roe", "Ann Roe", "Otto Roe"),
        ("Pohl and Orr", "Milo Orr", "Pohl and Orr"),
    ],
)
def test_a_fuller_name_is_kept_where_it_is_of_whom_the_passage_names(
    called: str, name: str, speaker: str
) -> None:
    text = f"Una Brock, Ann Roe and Milo Orr came. {called} fears that boats were lost."
    assert last_of(text, called, name).speaker == speaker


def test_what_the_passage_calls_somebody_stands_in_for_a_name_that_is_nowhere() -> None:
    assert last_of("The councillor Brock said it.", "", "Ines Brock").speaker == "Brock"
    assert last_of("Councillor Brock said it.", "", "he").speaker == "Councillor Brock"
    assert last_of("The keeper said it.", "the keeper", "Zell's keeper").speaker == "keeper"


@pytest.mark.parametrize(
    "text",
    ["Boats seem to be lost.", "Boats were lost by all her accounts.", "Boats may have plans."],
)
def test_whoever_is_not_in_a_passage_without_quotation_does_not_speak_there(text: str) -> None:
    with pytest.raises(Refused, match="the sentence is not attributed to Milo Strand"):
        last_of(f"Milo Strand is here.\n{text}", "", "Milo Strand")


@pytest.mark.parametrize(
    "text", ["He seems to plan boats.", "Now he'll plan boats.", "Strand's plan is to lose boats."]
)
def test_whoever_is_in_a_passage_may_speak_there(text: str) -> None:
    assert last_of(f"Milo Strand is here.\n{text}", "", "Milo Strand").speaker == "Milo Strand"


def test_the_mention_is_what_stands_beside_the_verb() -> None:
    text = "The Aldmere board contended that the boats of Aldmere were safe."
    claim = last_of(text, "Aldmere", "Aldmere")
    assert claim.mention is not None
    assert claim.mention.text == "The Aldmere board"
