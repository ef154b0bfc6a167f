"""Names and claims are looked up by their words, without case, marks and endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.schema import Span
from claimcompare.stages.occurrence import Places, Vocabulary, alike, tokens

TEXTS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80
) | st.sampled_from(
    [
        "Ines Vale said: “no”.",
        "e\u0301tat, d\u2019après l\u2019État",
        "市长薇尔否认大坝不安全。",
        "قالت الوزيرة إن السد آمن",
        "👩‍🚒 Vale 👍🏽 waved",
    ]
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ines Vale", "INES VALE told the council"),
        ("Ines Vale", "Vale, Ines, 44"),
        ("the mayor", "She met the mayor."),
        ("Zoë Brandt", "Zoe\u0308 Brandt sagte"),
        ("Оксана Вейл", "по словам Оксаны Вейл"),
        ("الوزيرة", "وقالت الوزيرة إن"),
        ("وزيرة", "قالت الوزيرة"),
        ("市长薇尔", "据悉，市长薇尔否认"),
        ("two officials familiar with the talks", "two U.S. officials familiar with the talks"),
        ("a spokesman for Nordlys", "Nordlys spokesman Emil Krag said for a start"),
    ],
)
def test_a_name_is_found_by_its_words(name: str, text: str) -> None:
    assert Vocabulary(text).names(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Emil Zell", "Emil Krag said"),
        ("Roe", "Rose said"),
        ("", "anything"),
        ("—", "a — b"),
        ("薇尔", "市长否认"),
        ("Канн", "по словам Оксаны Вейл"),
        ("three ministers of the coalition", "three cats"),
        ("24", "243 people"),
    ],
)
def test_what_is_not_there_is_not_found(name: str, text: str) -> None:
    assert not Vocabulary(text).names(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("мэра", "мэр"), ("zeugen", "zeuge"), ("minister", "ministers"), ("وزير", "والوزير")],
)
def test_forms_of_a_word_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("vale", "valley"), ("15", "150"), ("roe", "rose"), ("no", "not")]
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


@given(
    st.lists(st.sampled_from(["Ines", "ines", "Vale", "said"]), min_size=1, max_size=30),
    st.sampled_from(["Ines", "Vale", "Ines Vale", "Vale Ines", "Ines Ines Vale", "Beck", ""]),
    st.tuples(st.integers(0, 150), st.integers(15, 60)),
)
def test_a_name_is_found_wherever_it_stands_and_the_nearest_is_as_near_as_any(
    words: list[str], name: str, stretch: tuple[int, int]
) -> None:
    text, wanted = " ".join(words), name.casefold().split()
    starts = [sum(len(word) + 1 for word in words[:at]) for at in range(len(words))]
    plain = [word.casefold() for word in words]
    there = [
        (starts[at], starts[at] + len(name))
        for at in range(len(words))
        if wanted and plain[at : at + len(wanted)] == wanted
    ]
    assert Places(text).of(name) == there
    start, end = stretch[0], sum(stretch)
    near = min(there, key=lambda it: max(0, start - it[0], it[1] - end), default=None)
    found = Places(text).nearest(name, start, end)
    assert (found and (found.start, found.end)) == near


def test_the_nearest_occurrence_is_the_mention() -> None:
    text = "Vale spoke. The dam is old. Later Vale left."
    places = Places(text)
    found = places.nearest("VALE", 28, 44)
    assert found == Span(start=34, end=38, text="Vale")
    first = places.nearest("Vale", 0, 11)
    assert first is not None
    assert first.start == 0
    assert places.nearest("Roe", 28, 44) is None


def test_a_name_of_several_words_stands_as_a_whole() -> None:
    assert Places("the other mayor, the mayor").of("the mayor") == [(17, 26)]


@given(TEXTS)
def test_a_text_has_all_its_own_words_at_exact_places(text: str) -> None:
    words = tokens(text)
    assert Vocabulary(text).share(words) == 1.0
    for start, end in Places(text).of(text):
        assert tokens(text[start:end]) == words


@given(TEXTS, TEXTS)
def test_mentions_have_exact_offsets(name: str, text: str) -> None:
    found = Places(text).nearest(name, 0, len(text))
    if found is not None:
        assert text[found.start : found.end] == found.text
        assert tokens(found.text) == tokens(name)
