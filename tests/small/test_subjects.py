"""Who a passage itself names beside the word that reports."""

import pytest

from claimcompare.small.cues import cues
from claimcompare.small.subjects import subject


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Petra Lund said that the quay was dry.", "Petra Lund"),
        ("“Dry,” Petra Lund said.", "Petra Lund"),
        ("“Dry,” said Milo Strand, who was there.", "Milo Strand"),
        ("According to Milo Strand, the quay is dry.", "Milo Strand"),
        ("The harbour master has repeatedly denied it.", "The harbour master"),
        ("The Post on Monday wrote that it was dry.", "Post"),
        ("The board expects that it is dry.", "The board"),
    ],
)
def test_the_name_or_description_beside_the_verb(text: str, who: str) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("In a note its keeper, Milo Strand, called the quay “dry”.", "Milo Strand"),
        ("Strand, who has kept the quay for nine years, said boats were lost.", "Strand"),
        ("Milo Strand, the keeper, said the quay board was wrong.", "Milo Strand"),
        ("Milo Strand, the keeper, said Brock was wrong.", "Milo Strand"),
        ("Milo Strand, the keeper, told reporters that it was dry.", "Milo Strand"),
        ("Milo Strand -- the keeper of the quay -- said boats were lost.", "Milo Strand"),
        ("The Norse Foreign Minister, Milo Strand, said boats were lost.", "Milo Strand"),
        ("ALDMERE - Milo Strand, the keeper, said boats were lost.", "Milo Strand"),
        ("The keeper Milo Strand, who knows the quay, said Brock was wrong.", "Milo Strand"),
        ("A lawyer for Mr. Brock, Milo Strand of Marsh Prim, confirmed that.", "Milo Strand"),
        ("Its secretary, Milo Strand, put the number of boats at 19.", "Milo Strand"),
        ("A lawyer for the board, Milo Strand from the Marsh, denied it.", "Milo Strand"),
    ],
)
def test_a_name_in_apposition_is_the_speakers(text: str, who: str) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A spokesman for Strand said it was dry.", "A spokesman for Strand"),
        ("The head of the Aldmere quay board said so.", "The head of the Aldmere quay board"),
        ("The mayor of Aldmere on Tuesday denied it.", "The mayor of Aldmere"),
        ("The keeper this morning said that it was dry.", "The keeper"),
    ],
)
def test_whoever_speaks_for_somebody_is_not_that_one(text: str, who: str) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("He denied it.", "He"),
        ("“Dry,” she said.", "she"),
        ("“Dry,” said she.", "she"),
        ("They also pointed out that it was dry.", "They"),
        ("He pointed to the quay, saying two boats had been lost.", "He"),
    ],
)
def test_a_pronoun_beside_the_verb_or_where_the_sentence_begins(text: str, who: str) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "He was told that the quay was dry.",
        "Houston, Texas, police said no.",
        "The quay was dry.",
        "He lied, critics said.",
        "Critics like the Aldmere Plan of old.",
        "“It was dry in Aldmere”, he thought, and left.",
        "On Monday, in Aldmere, told of the loss, some left.",
        "On the quay, Strand of all people, denied it.",
        "Keeper Milo Strand Resigns After Quay Board Allegations",
        "Aides to Strand said it was dry.",
        "It is wet, critics of the quay said.",
        "As of Monday Strand said no.",
        "The quay is dry, said the harbour master.",
        "Nine boats were lost, according to harbour records.",
        "Milo Strand and his wife said it was dry.",
    ],
)
def test_where_no_speaker_is_told_there_is_none(text: str) -> None:
    assert found(text) is None


def test_the_verb_that_reports_is_found_behind_one_that_is_done_to_somebody() -> None:
    text = "Strand was dismissed for theft and “lies about it”, the keeper retorted."
    assert found(text) == "the keeper"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Jean-Luc de la Roe said it was dry.", "Jean-Luc de la Roe"),
        ("It was dry, said Ana van der Roe.", "Ana van der Roe"),
        ("The man de la Roe said it was dry.", "Roe"),
        ("J. R. Roe said it was dry.", "J. R. Roe"),
    ],
)
def test_a_name_is_given_as_it_is_written(text: str, who: str) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Pohl and Orr said it was dry.", "Pohl and Orr"),
        ("In Aldmere, Pohl and Orr said it was dry.", "Pohl and Orr"),
        ("It is dry, said Pohl, Orr and Weir.", "Pohl, Orr and Weir"),
        ("It is dry, said Pohl, and Orr agreed.", "Pohl"),
        ("It is dry, said Pohl and Orr left.", "Pohl"),
        ("It is dry and Orr said so.", "Orr"),
        ("They met Pohl and Orr said so.", None),
        ("They met Pohl and Mr. Orr said so.", None),
    ],
)
def test_those_who_speak_together_are_one_subject(text: str, who: str | None) -> None:
    assert found(text) == who


def test_of_what_nobody_says_there_is_no_subject() -> None:
    assert found("Neither Pohl nor Orr said that it was dry.") is None


def found(text: str) -> str | None:
    return subject(text, next(iter(cues(text)), None))
