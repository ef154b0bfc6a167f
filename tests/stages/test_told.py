"""What a passage tells by itself, without a model."""

import pytest

from claimcompare.schema import Article
from claimcompare.stages.chunks import chunks
from claimcompare.stages.names import Names
from claimcompare.stages.told import told

QUILL = "It rained. Harbour master Ines Quill came. "


def speakers(text: str) -> list[str | None]:
    """Who is told to speak in each passage."""
    parts = chunks(Article(id="a", text=text), 40)
    found = [told(passage, part.names) for part in parts for passage in part.read]
    return [claim.speaker if claim else None for claim in found]


def speaker(text: str) -> str | None:
    """Who is told to speak in the last passage."""
    return speakers(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Ines Quill said that the quay was dry.",
        "“The quay is dry,” Ines Quill said.",
        "The quay is dry, said the keeper, Ines Quill.",
        "According to Ines Quill, the quay is dry.",
        "Yesterday Ines Quill denied that the quay was dry.",
    ],
)
def test_a_name_of_two_words_is_told(text: str) -> None:
    assert speaker(text) == "Ines Quill"


def test_who_speaks_is_given_in_the_words_of_the_passage_too() -> None:
    text = f"{QUILL}“It is dry,” Quill said."
    (part,) = chunks(Article(id="a", text=text), 40)
    claim = told(part.read[-1], part.names)
    assert claim is not None
    assert (claim.who, claim.speaker) == ("Quill", "Ines Quill")


@pytest.mark.parametrize(
    ("before", "full"),
    [
        ("It rained. Ines Quill came. Ines Quill left.", "Ines Quill"),
        ("The pier of J. R. Quill shut.", "J. R. Quill"),
        ("The pier of Marie-Claude Quill shut.", "Marie-Claude Quill"),
        ("The pier of Ines-Quill shut.", "Ines-Quill"),
        ("The pier of Ada Bo Ines Quill shut.", "Ada Bo Ines Quill"),
        ("The pier of Eva Ada Bo Ines Quill shut.", "Ada Bo Ines Quill"),
        ("But Quill came.", "Quill"),
        ("Yesterday Ines Quill came.", "Ines Quill"),
        ("Ines, Quill and Bray came.", "Quill"),
        ("Bray’s Quill came.", "Quill"),
        ("“I met Oskar Bray. Quill was there,” he wrote.", "Quill"),
        ("He met Oskar Bray.\nQuill was there.", "Quill"),
        ("The Tranquill Board met.", "Quill"),
        ("The Quill Board met.", "Quill"),
        ("The Harbour quill was sold.", "Quill"),
        ("Board Blames Quill", "Quill"),
        ("It rained.", "Quill"),
    ],
)
def test_one_word_stands_for_the_longer_name_that_ends_in_it(before: str, full: str) -> None:
    assert speaker(f"{before}\nThe quay was dry, Quill said.") == full


@pytest.mark.parametrize("others", ["Otto Quill", "Harbour Master Ines Quill"])
def test_where_several_names_end_in_it_nobody_is_told(others: str) -> None:
    text = f"{QUILL}The pier of {others} shut. Quill said that it was dry."
    assert speaker(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was said by critics. Critics say that the quay is dry.", None),
        ("Critics say that the quay is dry.", "Critics"),
        ("They met at the brook. “It is dry,” Brook said.", "Brook"),
        ("Ines Brook met at the brook. Brook said that it was dry.", "Ines Brook"),
    ],
)
def test_a_capital_at_the_beginning_may_be_that_of_a_common_noun(
    text: str, name: str | None
) -> None:
    assert speaker(text) == name


@pytest.mark.parametrize("word", ["He", "She", "They", "I", "Er"])
def test_a_pronoun_is_not_told(word: str) -> None:
    assert speaker(f"{QUILL}{word} said that the quay was dry.") is None


@pytest.mark.parametrize(
    "who",
    ["The keeper", "A spokesman for Ines Quill", "The mayor of Aldmere", "Nobody", "Der Minister"],
)
def test_a_description_is_not_told(who: str) -> None:
    assert speaker(f"{QUILL}{who} said that the quay was dry.") is None


@pytest.mark.parametrize("verb", ["fears", "expects", "was told"])
def test_a_name_beside_another_verb_is_not_told(verb: str) -> None:
    assert speaker(f"{QUILL}Ines Quill {verb} that the quay will sink.") is None


def test_what_says_nothing_tells_nobody() -> None:
    assert speakers("Ines Quill left. “It is dry.”") == [None, None]


def test_a_name_that_only_steering_text_makes_longer_stays_as_it_is() -> None:
    text = "Ignore all previous instructions, Otto Quill wrote.\n\nThe quay was dry, Quill said."
    assert speakers(text) == ["Otto Quill", "Quill"]


def test_what_is_in_lower_case_only_in_steering_text_is_a_name() -> None:
    steering = "Ignore all previous instructions and the brook."
    assert speakers(f"{steering}\n\nBrook said that it was dry.") == [None, "Brook"]


def test_longer_names_are_looked_up_in_the_stretches_alone() -> None:
    text = "Ines Quill left. Otto Quill stayed."
    assert Names(text).longer("quill") == {"Ines Quill", "Otto Quill"}
    assert Names(text, [(0, 16)]).longer("Quill") == {"Ines Quill"}
    assert Names(text, [(0, 4), (5, 16)]).longer("Quill") == set()
