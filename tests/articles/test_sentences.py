"""Sentences: exact offsets in every script, and nothing lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.articles import sentences
from claimcompare.articles.sentences import MAX_CHARACTERS
from claimcompare.schema import Article, Sentence
from tests.articles.offsets import sentence_offsets

AWKWARD = (
    "\r\n",
    "\r",
    "\n\n",
    "\u2028",
    "\x85",
    "\x1c",
    "\x1f",
    "\x00",
    "\ufeff",
    "\u00a0",
    "\u3000",
    "e\u0301.",
    " \u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd!",
    "\u200fשלום.",
    " هل ذهب؟",
    "\u202e\u2066\u2069",
    "\u200b",
    "。」",
    "！",
    "। ",
    "Mr. ",
    " U.S. ",
    "“No,” he said. ",
    "(1.5) ",
    "- ",
    "x" * (MAX_CHARACTERS + 1),
    "word " * (MAX_CHARACTERS // 4),
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(AWKWARD),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.text("ab A.?!'’”", max_size=30),
    ),
    max_size=12,
).map("".join)
any_text = given(text=TEXTS)
quickly = settings(max_examples=150)


def sentences_in(text: str) -> tuple[Sentence, ...]:
    return sentences(Article(id="a", text=text))


@quickly
@any_text
def test_offsets_are_in_order_and_do_not_overlap(text: str) -> None:
    offsets = sentence_offsets(text)
    flat = [place for offset in offsets for place in offset]
    assert flat == sorted(flat)
    assert all(start < end <= len(text) for start, end in offsets)


@quickly
@any_text
def test_a_sentence_is_the_article_s_text_at_its_offsets(text: str) -> None:
    found = sentences_in(text)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.number for one in found] == list(range(1, len(found) + 1))


@quickly
@any_text
@example(text="\u3000Rain.\u00a0 \x1fSun.\x1f")
def test_no_sentence_has_white_space_around_it(text: str) -> None:
    for sentence in sentences_in(text):
        assert sentence.text == sentence.text.strip()


@quickly
@any_text
@example(text="yes。no" + "x" * 3 * MAX_CHARACTERS)
def test_every_letter_and_digit_is_in_exactly_one_sentence(text: str) -> None:
    covered = [place for start, end in sentence_offsets(text) for place in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {place for place, one in enumerate(text) if one.isalnum()} <= set(covered)


@quickly
@any_text
def test_no_sentence_is_empty_of_words_or_runs_over_a_line(text: str) -> None:
    for sentence in sentences_in(text):
        assert any(one.isalnum() for one in sentence.text)
        assert len(sentence.text.splitlines()) == 1


@settings(max_examples=50)
@given(words=st.lists(st.integers(1, 3 * MAX_CHARACTERS), min_size=1, max_size=20))
def test_no_sentence_is_longer_than_a_prompt_can_hold(words: list[int]) -> None:
    text = " ".join("x" * length for length in words)
    assert all(end - start <= MAX_CHARACTERS for start, end in sentence_offsets(text))


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "tunnel " * MAX_CHARACTERS
    pieces = [one.text for one in sentences_in(text)]
    assert len(pieces) > 1
    assert {word for piece in pieces for word in piece.split()} == {"tunnel"}


def test_a_sentence_as_long_as_allowed_is_not_cut() -> None:
    text = "lock " * (MAX_CHARACTERS // 5 - 1) + "gates"
    assert sentence_offsets(text) == [(0, MAX_CHARACTERS)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith came by ferry.", "He left."],
        ["Dr. Ottoline Vane, of St. Ives, spoke.", "Prof. Oh agreed."],
        ["The U.S. Senate met.", "It voted."],
        ["It rose by 3.5 metres.", "Nobody knew."],
        ["Did it sink?", "No!", "It sailed."],
        ["“It is safe.”", "She left."],
        ["He said “It is safe.”", "Then he left."],
        ["هل ذهب؟", "نعم ذهب."],
        ["یہ ہے۔", "وہ گیا۔"],
        ["यह है।", "वह गया।"],
        ["שלום עולם.", "מה קרה?"],
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(expected: list[str]) -> None:
    found = sentences_in(" ".join(expected))
    assert [one.text for one in found] == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["他说没有。", "我们知道！", "真的吗？", "好"],
        ["彼は「はい。」と言った。", "次。"],
        ["他说：“没有。”", "她走了。"],
    ],
)
def test_scripts_without_spaces_are_split_at_their_stops(expected: list[str]) -> None:
    found = sentences_in("".join(expected))
    assert [one.text for one in found] == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x0c"])
def test_a_headline_without_a_stop_is_a_sentence_of_its_own(line_end: str) -> None:
    text = f"Lock shut for weeks{line_end}The lock in Dorran was shut."
    found = sentences_in(text)
    assert [one.text for one in found] == ["Lock shut for weeks", "The lock in Dorran was shut."]
    assert found[1].start == len("Lock shut for weeks" + line_end)


@pytest.mark.parametrize("text", ["", " \r\n\t", "...", "* * *\n---", "\u200b\u202e", "\U0001f600"])
def test_text_without_words_has_no_sentences(text: str) -> None:
    assert sentence_offsets(text) == []


@pytest.mark.parametrize("word", ["so", "no", "week", "wall", "story"])
@pytest.mark.parametrize("opening", ["", "“", "(", "‘"])
def test_a_plain_english_word_ends_a_sentence_before_a_capital(word: str, opening: str) -> None:
    text = f"She told them {word}. {opening}Nobody came to the dam of Corrow.”"
    found = [one.text for one in sentences(Article(id="a", text=text, language="en"))]
    assert found[0] == f"She told them {word}."


@pytest.mark.parametrize("shortened", ["vs. Roe", "approx. 5", "No. Ten", "vol. II", "Sen. Roe"])
def test_a_shortened_english_word_ends_none(shortened: str) -> None:
    text = f"It was Beck {shortened} in the dam of Corrow."
    assert len(sentences(Article(id="a", text=text, language="en"))) == 1
