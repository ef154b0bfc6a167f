"""Which outlets are silent on what, and where that was left open."""

from collections.abc import Sequence

import pytest

from claimcompare.report import Format, render
from claimcompare.report.silence import Silence, silences
from claimcompare.schema import Article, Assertion, Comparison, Copy, LedgerRow
from tests.report import claim, comparison, dispute, read

CLAIMS = (
    claim("a:1", "Ines Quill", "The lock is safe."),
    claim("b:1", "Oskar Bray", "The lock is not safe."),
    claim("c:1", "Lena Marsh", "The lock is old."),
)
FORMS: tuple[Format, ...] = ("text", "markdown", "html")


def told(*more: Assertion, publishers: Sequence[str] = "ABCD", **update: object) -> Comparison:
    """Outlets A to D with one article each; A supports, B denies, C is placed as `more` says."""
    sides = (read("a:1", "support"), read("b:1", "denial"), *more)
    made = comparison(CLAIMS, (dispute("The lock is safe.", *sides),))
    articles = tuple(
        Article(id=article_id, text="Text.", publisher=publisher)
        for article_id, publisher in zip("abcd", publishers, strict=True)
    )
    return made.model_copy(update={"articles": articles, **update})


def of(made: Comparison) -> list[str]:
    return [one.in_short for one in silences(made)[0]]


def test_what_an_outlet_does_not_carry_is_told_by_outlet() -> None:
    assert of(told()) == [
        "A: the denial is not in its articles here",
        "B: the support is not in its articles here",
        "C and D: neither side is in their articles here",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_people_read_it_in_every_form(form: Format) -> None:
    assert "Not in these articles" in render(told(), form)
    assert "neither side is in their articles here" in render(told(), form)


def test_the_name_of_an_outlet_is_text_on_the_page() -> None:
    page = render(told(publishers=("A", "B", "<i>C</i>", "</li>\u202eD")), "html")
    silent = page.partition('<div class="silent">')[2].partition("</div>")[0]
    names = "<bdi>&lt;i&gt;C&lt;/i&gt;</bdi> and <bdi>&lt;/li&gt;D</bdi>"
    assert f"<li>{names}: neither side is in their articles here</li>" in silent


def test_what_takes_no_side_breaks_no_silence_but_what_is_left_open_may() -> None:
    assert "C and D: neither side is in their articles here" in of(told(read("c:1", "context")))
    assert of(told(read("c:1", None)))[-2:] == [
        "D: neither side is in its articles here",
        "C: left open whether either side is in its articles here",
    ]


def test_an_article_that_was_not_read_may_hold_anything() -> None:
    failed = LedgerRow(
        stage="extract", outcome="failed", item="sentence 1", reason="x", article_id="a"
    )
    found = of(told(ledger=(failed,)))
    assert "A: left open whether the denial is in its articles here" in found


def test_articles_of_one_outlet_are_taken_together() -> None:
    assert of(told(publishers="AACD")) == ["C and D: neither side is in their articles here"]


def test_a_copy_carries_what_it_repeats() -> None:
    copied = told(copies=(Copy(article_id="d", of="a", share=1),))
    texts = {"a": "The lock is safe.", "d": "The lock is safe."}
    articles = tuple(
        one.model_copy(update={"text": texts.get(one.id, one.text)}) for one in copied.articles
    )
    found = of(copied.model_copy(update={"articles": articles}))
    assert "A and D: the denial is not in their articles here" in found


def test_one_outlet_alone_is_silent_on_nothing() -> None:
    made = told(publishers="AAAA")
    assert silences(made) == [()]
    assert "Not in these articles" not in render(made, "text")


def test_many_outlets_are_named_in_short() -> None:
    many = Silence(tuple(f"o{at}" for at in range(12)), "neither side is in their articles here")
    assert many.in_short.startswith("o0, o1, o2, o3, o4, o5, o6, o7 and 4 others: neither")
