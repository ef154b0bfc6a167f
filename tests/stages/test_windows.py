"""Articles are read in windows of whole paragraphs, every sentence in one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare import Article
from claimcompare.articles import sentences
from claimcompare.prompts import load_prompt
from claimcompare.stages.windows import Window, windows

PARAGRAPH = "Ines Vale spoke on Monday. Tom Beck did not answer her. It rained."
LONG = "\n\n".join(f"{PARAGRAPH} Day {day} ended." for day in range(1, 11))


def parts(text: str, size: int = 300, known: frozenset[int] = frozenset()) -> list[Window]:
    return list(windows(Article(id="a", text=text), size, None, known))


def test_an_article_that_fits_is_one_window() -> None:
    (window,) = parts(LONG, size=10_000)
    assert str(window) == "sentences 1 to 40"
    assert window.before == ()


def test_windows_end_between_paragraphs_and_show_what_stands_before() -> None:
    found = parts(LONG)
    assert len(found) > 2
    assert all(window.read[0].text.startswith("Ines Vale") for window in found)
    assert found[1].before[-1] == found[0].read[-1]
    assert all(window.read[-1].end - window.read[0].start <= 300 for window in found)


def test_a_quotation_over_paragraphs_stays_in_one_window() -> None:
    quoted = "“The dam is old.\n\n“It is not safe,” Beck said."
    found = parts(f"{PARAGRAPH}\n\n{quoted}\n\n{PARAGRAPH}", size=120)
    assert any(
        {"“The dam is old.", "“It is not safe,” Beck said."} <= {one.text for one in window.read}
        for window in found
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_paragraphs_end_alike_at_every_line_end(end: str) -> None:
    (window,) = parts(f"One is one.{end}Two is two. Three is three.", size=10_000)
    paragraphs = window.values()["paragraphs"]
    assert [[text for _, text in paragraph] for paragraph in paragraphs] == [  # type: ignore[attr-defined]
        ["One is one."],
        ["Two is two.", "Three is three."],
    ]


def test_sentences_known_from_elsewhere_have_no_number() -> None:
    (window,) = parts(PARAGRAPH, known=frozenset({1, 2}))
    assert list(window.citable) == [3]
    prompt = load_prompt("extract").fill(**window.values()).user
    assert "[1]" not in prompt
    assert "Ines Vale spoke on Monday." in prompt
    assert "[3] It rained." in prompt


def test_an_article_that_is_known_is_not_read() -> None:
    assert parts(PARAGRAPH, known=frozenset({1, 2, 3})) == []


def test_title_outlet_and_day_come_with_every_window() -> None:
    article = Article(id="a", text=LONG, title="Rain", publisher="Post", published="2026-05-03")
    assert all(
        window.values()["about"] == ["Rain", "Post", "2026-05-03"]
        for window in windows(article, 300, None, frozenset())
    )


def test_halves_are_the_window() -> None:
    (window,) = parts(LONG, size=10_000)
    left, right = window.halves()
    assert left.read + right.read == window.read
    assert right.before[-1] == left.read[-1]


@given(
    st.lists(
        st.sampled_from(
            [PARAGRAPH, "“Yes.", "大坝安全。市长说。", "السد آمن. قالت.", "👍🏽 Vale.", "x" * 400]
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["\n\n", "\r\n", "\u2029"]),
    st.integers(1, 400),
)
def test_every_sentence_is_in_exactly_one_window(blocks: list[str], end: str, size: int) -> None:
    text = end.join(blocks)
    read = [one for window in parts(text, size) for one in window.read]
    assert read == list(sentences(Article(id="a", text=text)))
