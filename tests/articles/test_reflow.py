"""Reflow: lines of pages become paragraphs, and no word is lost or made up."""

from itertools import chain

import pytest

from claimcompare.articles.reflow import reflowed

WIDE = "The keeper of the quay said that it has been dry since the end of"

HAN = "他说码头是干的，从早上起在场的人谁也不能否认这一点，不过救援部门否认了，"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([WIDE, "March and stays dry."], f"{WIDE} March and stays dry."),
        (["What others say", WIDE, "March."], f"What others say\n\n{WIDE} March."),
        ([WIDE, "March.", WIDE, "May."], f"{WIDE} March.\n\n{WIDE} May."),
        (["short", "but going on."], "short but going on."),
        ([WIDE, "\u2022 one", "\u2022 two"], f"{WIDE}\n\n\u2022 one\n\n\u2022 two"),
        (["the har-", "bour board", "harbour"], "the harbour board harbour"),
        (["a well-", "known man, well-known"], "a well-known man, well-known"),
        (["the Smith-", "Jones plan"], "the Smith-Jones plan"),
        (["soft hy\u00ad", "phen\u00adation"], "soft hyphenation"),
        ([HAN, "没有人否认。"], f"{HAN}没有人否认。"),
    ],
)
def test_paragraphs(lines: list[str], text: str) -> None:
    assert reflowed(["\n".join(lines)]) == text


def test_what_recurs_at_the_edges_of_pages_and_their_numbers_are_left_out() -> None:
    body = f"{WIDE}\nMarch.\n" * 3
    pages = [
        f"Fenwick Post, 3 May\n{at}\n{body}So, {who}.\nPage {at}" for at, who in enumerate("abc")
    ]
    paragraphs = [[f"{WIDE} March."] * 3 + [f"So, {who}."] for who in "abc"]
    assert reflowed(pages) == "\n\n".join(chain.from_iterable(paragraphs))


def test_short_pages_lose_nothing() -> None:
    pages = [f"{WIDE}\nday {number}." for number in range(1, 4)]
    assert reflowed(pages) == "\n\n".join(f"{WIDE} day {number}." for number in range(1, 4))


def test_what_recurs_within_pages_stays() -> None:
    page = "First line.\nSecond.\n" + "He said no.\n" * 4 + "Last but one.\nLast line."
    other = page.replace("First", "Third").replace("Second", "So").replace("Last", "End")
    assert reflowed([page, other]).count("He said no.") == 8


def test_a_single_page_keeps_its_edges() -> None:
    assert reflowed(["Fenwick Post\nBrock said no."]) == "Fenwick Post\n\nBrock said no."


@pytest.mark.parametrize("pages", [[], [""], ["\n\n", " "]])
def test_nothing_stays_nothing(pages: list[str]) -> None:
    assert reflowed(pages) == ""
