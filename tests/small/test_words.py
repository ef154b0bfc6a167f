"""Words of a text, and negation in English."""

import pytest

from claimcompare.small.words import (
    is_negator,
    negated,
    normal,
    stems,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("won’t", "won't"),
        ("QUILL", "quill"),
        ("Straße", "STRASSE"),
        ("Zoe\u0308", "Zoë"),
        ("１２", "12"),
    ],
)
def test_texts_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_words_keep_their_apostrophes_and_lose_their_marks() -> None:
    assert words("“We’ll _see_,” Quill’s aide (27) said.") == [
        "we'll",
        "see",
        "quill's",
        "aide",
        "27",
        "said",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It will not close.",
        "NOT ONE litre",
        "Nobody came.",
        "It never rained.",
        "They cannot say.",
        "She won't go.",
        "She won’t go.",
        "It ISN’T safe.",
    ],
)
def test_a_negating_word_is_found(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "It will close.",
        "The notable knot was noted.",
        "Nothingness aside",
        "The tent won",
        "",
    ],
)
def test_no_negation_is_found_where_there_is_none(text: str) -> None:
    assert not negated(text)


@pytest.mark.parametrize(
    ("word", "expected"), [("won't", True), ("never", True), ("want", False), ("nt", False)]
)
def test_a_single_word_negates_or_does_not(word: str, *, expected: bool) -> None:
    assert is_negator(word) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbours flooded", "harbour flooding"),
        ("Quill's ferry", "the ferry of Quill"),
        ("Quill’s ferry", "QUILL FERRY"),
        ("It will not flood", "It will flood"),
        ("She said the ferry sank", "The ferry sank"),
    ],
)
def test_stems_ignore_endings_little_words_and_negation(one: str, other: str) -> None:
    assert stems(one) == stems(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"), [("ferry", "lorry"), ("flood", "floor"), ("大桥", "小桥")]
)
def test_stems_tell_different_matters_apart(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


def test_scripts_without_spaces_are_taken_in_pairs() -> None:
    assert stems("大桥安全") == {"大桥", "桥安", "安全"}
    assert stems("桥") == {"桥"}


def test_a_text_of_little_words_has_no_stems() -> None:
    assert stems("He said that it was not so, and she too.") == frozenset()
