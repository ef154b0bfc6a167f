"""Cues: the words that report what somebody says, in English."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.small.cues import cues

SAYING = [
    ("Una Brock said that the quay was dry.", "said"),
    ("According to Una Brock, the quay is dry.", "According to"),
    ("The quay is dry, she ADDED on Monday.", "ADDED"),
    ("Bray flatly rejects that.", "rejects"),
    ("She believes in the quay.", "believes"),
    ("The board hit back.", "hit back"),
    ("A spokeswoman was there.", "spokeswoman"),
]
SILENT = [
    "The quay of Aldmere is dry.",
    "It rained on Monday, and the ferry left.",
    "Saydah is a village; Adde is another.",
]
QUOTED = [
    "“{}”",
    '"{}"',
    "„{}“",
    "»{}«",
    "«{}»",
    "「{}」",
]


@pytest.mark.parametrize(("text", "cue"), SAYING)
def test_the_word_that_reports_is_found_where_it_stands(text: str, cue: str) -> None:
    first = cues(text)[0]
    assert (first.text, text[first.start : first.end]) == (cue, cue)


@pytest.mark.parametrize("text", SILENT)
def test_where_nobody_speaks_nothing_is_found(text: str) -> None:
    assert cues(text) == ()


@pytest.mark.parametrize("marks", QUOTED)
def test_what_is_said_inside_a_quotation_reports_nothing(marks: str) -> None:
    quoted = marks.format("She said he denied it")
    assert cues(quoted) == ()
    assert [one.text for one in cues(f"{quoted}, Una Brock wrote.")] == ["wrote"]


def test_a_cue_between_two_quotations_counts() -> None:
    text = "“It is said,” she wrote, “that he denied it.”"
    assert [one.text for one in cues(text)] == ["wrote"]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("He feared what she told him.", ["told", "feared"]),
        ("She thought, feared and said.", ["said", "thought", "feared"]),
        ("The alleged thief left, she said.", ["said"]),
        ("The spokesman wrote what he believed.", ["wrote", "spokesman", "believed"]),
        ("The testimony, she said, and the statement differ.", ["said", "testimony", "statement"]),
        ("She said he denied it.", ["said", "denied"]),
    ],
)
def test_the_surest_comes_first_then_the_first(text: str, order: list[str]) -> None:
    found = [one.text for one in cues(text)]
    assert found[0] == order[0]
    assert [one for one in found if one in order] == order


# Verbs that attribute, each in the forms that can be nothing but a verb.
PARADIGMS = (
    "says said saying",
    "tells told telling",
    "adds added adding",
    "admits admitted admitting",
    "alleges alleged alleging",
    "announces announced announcing",
    "argues argued arguing",
    "asserts asserted asserting",
    "claims claimed claiming",
    "confirms confirmed confirming",
    "contends contended contending",
    "contradicts contradicted contradicting",
    "declares declared declaring",
    "denies denied denying",
    "dismisses dismissed dismissing",
    "disputes disputed disputing",
    "explains explained explaining",
    "insists insisted insisting",
    "refutes refuted refuting",
    "rejects rejected rejecting",
    "replies replied replying",
    "reveals revealed revealing",
    "testifies testified testifying",
    "vows vowed vowing",
    "warns warned warning",
    "writes wrote written",
)


@pytest.mark.parametrize("forms", PARADIGMS)
def test_the_whole_paradigm_of_a_verb_is_speech(forms: str) -> None:
    found = [cues(f"The keeper {form} it.") for form in forms.split()]
    assert [[cue.text for cue in one] for one in found] == [[form] for form in forms.split()]
    assert all(cue.speech for one in found for cue in one)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ines Vale, whom Tom Beck accused of lying, said so.", "said"),
        ("The man who Tom Beck claimed had lied was a thief, she added.", "added"),
        ("The word that Tom Beck denied was not hers, she said.", "said"),
    ],
)
def test_a_verb_of_a_relative_clause_comes_behind_that_of_the_sentence(
    text: str, first: str
) -> None:
    found = cues(text)
    assert (found[0].text, found[0].inner) == (first, False)
    assert found[1].inner


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("Ines Quill was told that.", False),
        ("Ines Quill was flatly told that.", False),
        ("Ines Quill flatly told that.", True),
        ("It was so, Ines Quill told us.", True),
        ("Ines Quill believes that.", False),
    ],
)
def test_what_is_done_to_somebody_is_no_speech(text: str, *, speech: bool) -> None:
    assert cues(text)[0].speech is speech


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Neither Brock nor Weir said so.", [True]),
        ("Nobody said so.", [True]),
        ("No keeper said so.", [True]),
        ("No, the keeper said.", [False]),
        ("Neither Brock nor Weir came, Ines Vale said.", [False]),
        ("Neither Brock nor Weir said so, but Ines Vale wrote it.", [False, True]),
    ],
)
def test_where_nobody_speaks_the_verb_tells_so(text: str, nobody: list[bool]) -> None:
    assert [cue.nobody for cue in cues(text)] == nobody


WORDS = st.sampled_from([*'“”"„«»', "said", "denied", "told", "fears", "Una", "dry", "who", "nor"])


@settings(max_examples=200)
@given(text=st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=40))
def test_cues_stand_in_the_text_and_each_place_has_one(text: str) -> None:
    found = cues(text)
    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert len({one.start for one in found}) == len(found)
