"""Quotations in pieces of a text, and in any text at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.articles import has_quotation_mark, is_quotation, quotations
from tests.articles.quoted import check


@pytest.mark.parametrize(
    "marked",
    [
        "⟦Dry.⟧” It was. “⟦So.⟧”",
        '⟦Dry,⟧" she said.',
        "⟦Trocken.⟧“ Er war es.",
        "⟦Sec. ⟧» Il l’était.",
        "⟦码头。⟧」他说。",
        "⟦It is dry,⟧’ she said. ‘⟦So.⟧’",
        "“⟦Dry.⟧” It was.” So",
        "the workers’ union",
        'a 6" pipe',
    ],
)
def test_a_piece_of_a_text_may_begin_within_a_quotation(marked: str) -> None:
    check(marked, piece=True)


@pytest.mark.parametrize(
    "text",
    [
        "“It is dry.”", '"It is dry." "It was."', "‘It is dry.’", "„Trocken.“", "« Sec. »",
        "「是。」", "“It is dry.", "It is dry.”", "“It is dry. It was.\n\n“So.”",
        "— “Dry”, “wet”.",
    ],
)  # fmt: skip
def test_nothing_is_said_outside_of_a_quotation(text: str) -> None:
    assert is_quotation(text)


@pytest.mark.parametrize(
    "text",
    [
        "“It is dry,” she said.", "She: “Dry.”", "It is dry.", "", "„Ja“, sagte sie", "「是」王",
        "It’s the workers’", 'A 6" pipe', "«Oui», dit-elle", "“”",
    ],
)  # fmt: skip
def test_something_is_said_outside(text: str) -> None:
    assert not is_quotation(text)


@pytest.mark.parametrize(
    "text", ["The “dry", "dry” quay", "‘dry’", "» sec", "「是", '"dry"', "''so''"]
)
def test_a_quotation_mark_is_seen_alone(text: str) -> None:
    assert has_quotation_mark(text)


PARTS = st.sampled_from(
    [*"“”\"'‘’‚„«»‹›「」『』`\u00a0\u200f6", "''", "It is dry.", "is", "Sec", "是", "의", "e\u0301",
     " ", " ", "\n", "\r\n", "\u2029", ", ", ". ", "😀", "هل", "לא"]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=60).map("".join) | st.text(max_size=60)


@settings(max_examples=500)
@given(text=TEXTS, piece=st.booleans())
@example(text="“" * 30, piece=False)
@example(text="", piece=True)
def test_quotations_are_in_order_and_hold_something(text: str, *, piece: bool) -> None:
    flat = [place for offsets in quotations(text, piece=piece) for place in offsets]
    assert flat == sorted(flat)
    assert all(start < end for start, end in zip(flat[::2], flat[1::2], strict=True))
    assert not flat or (flat[0] >= 0 and flat[-1] <= len(text))


@settings(max_examples=200)
@given(text=TEXTS)
def test_a_paragraph_before_it_without_marks_changes_nothing(text: str) -> None:
    before = "It rained.\n\n"
    moved = [(start + len(before), end + len(before)) for start, end in quotations(text)]
    assert quotations(before + text) == moved


@pytest.mark.parametrize(
    "unit",
    ['"', "“", "”", "“”", "“ » ", "'", "‘a ", "'9 ", "a' ", "‘a b. c’ ", "“\n", "'a\n", "“a “b” "],
)
def test_any_number_of_marks_is_read(unit: str) -> None:
    text = unit * 30_000
    assert all(0 <= start < end <= len(text) for start, end in quotations(text))
