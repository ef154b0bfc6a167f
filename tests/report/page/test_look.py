"""The sentence that tells a dispute in one look, and what stands on top of the page."""

import re

import pytest

from claimcompare.report.page import to_html
from claimcompare.report.page.cards import dispute_views
from claimcompare.report.page.index import index
from claimcompare.report.page.look import look
from claimcompare.report.page.wording import LANGUAGES, Words
from claimcompare.schema import Article, Assertion, Comparison
from tests.report import claim, comparison, dispute, read
from tests.report.page.event import event
from tests.report.page.stories import german

PEOPLE = ("Ines Quill", "Lena Marsh", "Milo Strand", "Oskar Bray", "Una Brock")


def told(*stances: str, taken_by: str | None = None, via: str = "") -> Comparison:
    """Each of some people says something, with a stance."""
    claims = tuple(
        claim(f"post:{at}", who, "The lock.", via=via if at == 0 else "")
        for at, who in enumerate(PEOPLE[: len(stances)])
    )
    placed = [read(one.id, stance) for one, stance in zip(claims, stances, strict=True)]  # type: ignore[arg-type]
    if taken_by:
        placed[0] = placed[0].model_copy(update={"withdrawn_by": taken_by})
    return comparison(claims, (dispute("The lock is sound.", *placed),))


def sentence(made: Comparison, language: str = "en") -> str:
    words = Words(language)
    (view,) = dispute_views(made, index(made), words)
    return re.sub("<[^>]*>", "", look(view.sides, words))


def test_both_sides_are_named() -> None:
    assert sentence(told("support", "denial", "support", "support")) == (
        "Ines Quill, Milo Strand and Oskar Bray say so; Lena Marsh denies it."
    )


def test_whoever_takes_back_is_named_and_not_whom_they_spoke_of() -> None:
    made = told("support", "denial", "support", taken_by="post:1")
    assert sentence(made) == "Milo Strand says so; Lena Marsh denies it; Lena Marsh took it back."
    denied = told("denial", "support", taken_by="post:1")
    assert sentence(denied) == "Lena Marsh says so; Lena Marsh took the denial back."


def test_who_is_only_told_of_is_not_said_to_speak() -> None:
    made = told("support", "denial", via="Fenwick Post")
    assert sentence(made).startswith("Ines Quill (relayed by Fenwick Post) says so; ")


def test_context_and_what_was_left_open_take_no_part_in_it() -> None:
    made = told("support", "denial", "context")
    assert "Milo Strand" not in sentence(made)


def test_many_are_counted_and_none_is_forgotten() -> None:
    claims = tuple(claim(f"post:{at}", f"Speaker {at}", "The lock.") for at in range(12))
    placed: tuple[Assertion, ...] = tuple(
        read(one.id, "denial" if at == 1 else "support") for at, one in enumerate(claims)
    )
    made = comparison(claims, (dispute("The lock is sound.", *placed),))
    assert "Speaker 6 and 5 others say so; Speaker 1 denies it." in sentence(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_both_sides(language: str) -> None:
    text = sentence(told("support", "denial", "support"), language)
    assert all(name in text for name in PEOPLE[:3])


def test_titles_stand_in_order_of_time_with_outlet_and_date() -> None:
    articles = (
        Article(id="a.txt", text="x", title="Second", publisher="Echo", published="2026-05-05"),
        Article(id="b.txt", text="x", title="First", publisher="Post", published="2026-05-04"),
        Article(id="c.txt", text="x", publisher="Bell"),
    )
    page = to_html(comparison().model_copy(update={"articles": articles}))
    heading = re.sub(r"<[^>]*>|\s+", " ", page.partition("<h1")[2].partition("</h1>")[0])
    assert " ".join(heading.partition(">")[2].split()) == (
        "First Post , 4 May 2026 Second Echo , 5 May 2026 Bell"
    )
    assert "What 3 outlets say" in page


def test_without_title_and_outlet_the_file_is_named_and_what_is_more_is_counted() -> None:
    articles = tuple(Article(id=f"{one}.txt", text="x") for one in "abcde")
    page = to_html(comparison().model_copy(update={"articles": articles}))
    assert ">a.txt</a>" in page.partition("</h1>")[0]
    assert "and 2 more articles" in page
    assert "What 5 articles say" in page


def test_the_page_is_headed_in_the_language_of_the_articles() -> None:
    page = to_html(german())
    assert "Was 2 Medien berichten" in page
    assert "sagt das; " in page
    assert "Who is on which side" not in page


def test_the_brand_is_no_heading() -> None:
    assert "claimcompare" not in to_html(event()).partition("<h1")[2].partition("</h1>")[0]
