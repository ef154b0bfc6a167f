"""What a passage in English tells by itself, without a model."""

import pytest

from claimcompare.small.told import told
from tests.small.harbour import chunk_of

QUILL = "It rained. Harbour master Ines Quill came. "


def speakers(text: str, language: str | None = "en") -> list[str | None]:
    """Who is told to speak in each passage."""
    chunk = chunk_of(text, language)
    claims = [told(marked, chunk.names) for marked in chunk.read]
    return [claim.speaker if claim else None for claim in claims]


def speaker(text: str) -> str | None:
    """Who is told to speak in the last passage."""
    return speakers(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Ines Quill said that the quay was dry.",
        "“The quay is dry,” Ines Quill said.",
        "The quay is dry, said Ines Quill, the keeper.",
        "According to Ines Quill, the quay is dry.",
        "Yesterday Ines Quill denied that the quay was dry.",
    ],
)
def test_a_name_of_two_words_is_told(text: str) -> None:
    assert speaker(text) == "Ines Quill"


def test_who_speaks_is_given_in_the_words_of_the_passage_too() -> None:
    text = f"{QUILL}“It is dry,” Quill said."
    chunk = chunk_of(text)
    claim = told(chunk.read[-1], chunk.names)
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


@pytest.mark.parametrize("word", ["He", "She", "They", "I"])
def test_a_pronoun_is_not_told(word: str) -> None:
    assert speaker(f"{QUILL}{word} said that the quay was dry.") is None


@pytest.mark.parametrize(
    "who",
    ["The keeper", "A spokesman for Ines Quill", "The mayor of Aldmere", "Nobody"],
)
def test_a_description_is_not_told(who: str) -> None:
    assert speaker(f"{QUILL}{who} said that the quay was dry.") is None


@pytest.mark.parametrize("verb", ["fears", "expects", "was told"])
def test_a_name_beside_another_verb_is_not_told(verb: str) -> None:
    assert speaker(f"{QUILL}Ines Quill {verb} that the quay will sink.") is None


def test_what_says_nothing_tells_nobody() -> None:
    assert speakers("Ines Quill left. “It is dry.”") == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "Ines Vale, whom Tom Beck accused of lying, said the quay was dry.",
        "Ines Vale, who Tom Beck claimed had lied, said the quay was dry.",
        "Ines Vale, whose book Tom Beck called a lie, said the quay was dry.",
        "Ines Vale, which Tom Beck denied, said the quay was dry.",
    ],
)
def test_who_speaks_of_the_speaker_in_a_clause_of_her_own_is_not_she(text: str) -> None:
    assert speaker(text) == "Ines Vale"


@pytest.mark.parametrize(
    "text",
    [
        "The keeper whom Tom Beck accused of lying said the quay was dry.",
        "A man who Tom Beck said had lied was found.",
    ],
)
def test_a_clause_without_commas_tells_nobody(text: str) -> None:
    assert speaker(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Neither Brock nor Weir said that the quay was dry.",
        "Nobody but Weir said that the quay was dry.",
        "None of them told Weir that the quay was dry.",
        "It rained, nor has Weir said that the quay was dry.",
        "No friend of Weir said that the quay was dry.",
    ],
)
def test_where_nobody_speaks_nobody_is_told_or_asked_for(text: str) -> None:
    chunk = chunk_of(text)
    assert chunk.told() == []
    assert chunk.asked() == {}


def test_who_speaks_behind_a_clause_in_which_nobody_does_is_told() -> None:
    assert (
        speaker("Neither Brock nor Weir spoke, but Ines Vale said that it was dry.") == "Ines Vale"
    )


@pytest.mark.parametrize(
    ("name", "told_as"),
    [
        ("Jean-Luc de la Roe", "Jean-Luc de la Roe"),
        ("Ana van der Roe", "Ana van der Roe"),
        ("Roe", None),
        ("Ann Roe", "Ann Roe"),
    ],
)
def test_a_name_with_particles_is_not_that_of_a_namesake(name: str, told_as: str | None) -> None:
    before = "Mayor Ann Roe met Jean-Luc de la Roe and Ana van der Roe."
    assert speaker(f"{before} {name} said that the quay was dry.") == told_as


def test_a_last_name_stands_for_one_with_particles() -> None:
    assert speaker("They met Jean-Luc de la Roe. It was dry, Roe said.") == "Jean-Luc de la Roe"


@pytest.mark.parametrize(
    ("text", "told_as"),
    [
        ("Pohl and Orr said that the quay was dry.", "Pohl and Orr"),
        ("Una Pohl and Milo Orr said that the quay was dry.", "Una Pohl and Milo Orr"),
        ("“It is dry,” Pohl and Orr said.", "Pohl and Orr"),
        ("It is dry, Pohl, Orr and Weir said.", "Pohl, Orr and Weir"),
        ("Pohl, Orr, and Weir have denied it.", "Pohl, Orr, and Weir"),
        ("It is dry, said Pohl and Orr.", "Pohl and Orr"),
        ("According to Pohl and Orr, it is dry.", "Pohl and Orr"),
        ("Bray met Pohl and Orr said that it was dry.", None),
    ],
)
def test_two_who_speak_together_are_both_told(text: str, told_as: str | None) -> None:
    assert speaker(text) == told_as


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ines Quill bestätigte, dass Tom Beck said."),
        ("fr", "Ines Quill said que le quai est sec."),
        ("uk", "Інна Квілл said, що причал сухий."),
        (None, "Der Kai ist nicht trocken und das ist so, wie es war, said Ines Quill."),
    ],
)
def test_in_another_language_nobody_is_told(language: str | None, text: str) -> None:
    assert speakers(text, language) == [None]
