"""Words, numbers and negation, in the languages news is read in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.stages.words import (
    is_negator,
    negated,
    negated_stems,
    normal,
    numbers,
    rejecting,
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
    ("text", "expected"),
    [
        ("14 boats", {"14"}),
        ("1,234 crowns and 1.5 metres", {"1234", "15"}),
        ("1\u00a0234 Kronen, 5\u202f678 francs", {"1234", "5678"}),
        ("in 2019, 3 boats", {"2019", "3"}),
        ("Eleven boats, nineteen crates", {"11", "19"}),
        ("twenty-one", {"21"}),
        ("Twenty one", {"21"}),
        ("ninety-nine", {"99"}),
        ("forty boats and two crates", {"40", "2"}),
        ("sixty-four boats and six crates", {"64", "6"}),
        ("５５隻", {"55"}),
        ("No one, once, someone, often", set()),
        ("tents, sixth, height", set()),
        ("", set()),
    ],
)
def test_numbers_are_read_as_plain_digits(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@settings(max_examples=100)
@given(number=st.integers(0, 10**9))
def test_a_number_reads_the_same_with_and_without_separators(number: int) -> None:
    assert numbers(f"about {number:,} boats.") == numbers(f"({number})") == {str(number)}


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
        "Die Schleuse ist nicht sicher.",
        "Es gab keine Risse.",
        "L'écluse n'est pas fermée.",
        "Il n’a jamais plu.",
        "Шлюз не закрыт.",
        "No hay barcos, nunca.",
        "大桥不安全。",
        "他没有来。",
        "橋は安全ではない。",
        "この件は知りません。",
        "الجسر ليس آمنا",
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
        "Die Schleuse ist sicher.",
        "L'écluse est fermée.",
        "Шлюз закрыт.",
        "大桥安全。",
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
    "text",
    [
        "She denied it.",
        "a flat denial",
        "They are DENYING it",
        "He called it untrue.",
        "That was a lie.",
        "It was false.",
        "He withdrew the charge.",
        "The council disputes this.",
        "“Pure fiction”, he said.",
        "Er bestritt den Vorwurf.",
        "Elle dément.",
        "Ella lo negó.",
        "Он опроверг это.",
        "他否认了。",
        "نفى الوزير ذلك",
    ],
)
def test_a_rejecting_word_is_found(text: str) -> None:
    assert rejecting(text)


@pytest.mark.parametrize(
    "text", ["She said it.", "They relied on it.", "He believes it.", "The denim earlier", "他说。"]
)
def test_no_rejection_is_found_where_there_is_none(text: str) -> None:
    assert not rejecting(text)


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council did not close the tunnel in May.", [{"close", "tunne"}]),
        ("It won’t flood the harbour.", [{"flood", "harbo"}]),
        ("Never, nobody drowned.", [{"nobod", "drown"}, {"drown"}]),
        ("The council closed it.", []),
        ("They did not.", [set()]),
        (
            "They did not. Boats sank; nothing more! No boat floats.",
            [set(), set(), {"boat", "float"}],
        ),
        ("“Nothing happened to her. Flynn lied.”", [{"happe"}]),
    ],
)
def test_what_is_negated_are_the_two_words_behind(text: str, expected: list[set[str]]) -> None:
    assert negated_stems(text) == expected
