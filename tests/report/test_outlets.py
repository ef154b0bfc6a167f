"""What articles are called, and what becomes of those that repeat others."""

import pytest

from claimcompare.report import render
from claimcompare.report.outlets import article_names, originals, printed_also, sources
from claimcompare.schema import Article, Comparison, Copy
from tests.report import assertion, claim, comparison, dispute

YES = claim("post:1", "Ines Quill", "The lock is sound.")
NO = claim("post:2", "Oskar Bray", "The lock is not sound.")


def printed(*articles: Article, copies: tuple[Copy, ...] = ()) -> Comparison:
    sides = dispute("It is.", assertion("post:1", "support", 1), assertion("post:2", "denial", 1))
    made = comparison((YES, NO), (sides,))
    return made.model_copy(update={"articles": articles, "copies": copies})


POST = Article(
    id="post", publisher="Fenwick Post", text="The lock is sound.\nThe lock is not\nsound."
)
ECHO = Article(id="echo", publisher="Echo", text="The lock  is sound.")
COPIED = printed(POST, ECHO, copies=(Copy(article_id="echo", of="post", share=1),))


def test_an_article_is_called_by_its_publisher_then_its_title_then_its_id() -> None:
    titled = Article(id="b", text="x", title="Floods")
    names = article_names(printed(POST, titled, Article(id="c", text="x")))
    assert names == {"post": "Fenwick Post", "b": "Floods", "c": "c"}


def test_two_articles_of_one_publisher_are_told_apart() -> None:
    twice = POST.model_copy(update={"id": "post-2"})
    assert article_names(printed(POST, twice)) == {
        "post": "Fenwick Post (post)",
        "post-2": "Fenwick Post (post-2)",
    }


def test_a_copy_is_named_beside_the_original_for_the_words_that_stand_in_it() -> None:
    assert printed_also(COPIED) == {"post:1": ("echo",), "post:2": ()}
    assert sources(COPIED) == {"post:1": "Fenwick Post, also in Echo", "post:2": "Fenwick Post"}


def test_words_in_other_quotation_marks_and_capitals_stand_there() -> None:
    loud = ECHO.model_copy(update={"text": "ALDMERE (fw) – “The lock is sound”."})
    assert printed_also(printed(POST, loud, copies=COPIED.copies))["post:1"] == ("echo",)


def test_copies_may_repeat_what_one_of_them_added() -> None:
    again = POST.model_copy(update={"id": "again"})
    copies = tuple(Copy(article_id=one, of="wire", share=1) for one in ("post", "echo", "again"))
    found = printed_also(printed(Article(id="wire", text="x"), POST, ECHO, again, copies=copies))
    assert found == {"post:1": ("echo", "again"), "post:2": ("again",)}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_people_read_who_printed_what_and_who_repeats_whom(form: str) -> None:
    text = " ".join(render(COPIED, form).split())
    assert "2 articles (1 repeats another), 2 claims, 1 dispute." in text
    assert "Echo repeats Fenwick Post: 100% of its sentences stand there." in text
    assert "Fenwick Post, also in Echo" in text


def test_a_copy_of_a_copy_is_one_of_the_first() -> None:
    copies = (Copy(article_id="c", of="b", share=1), Copy(article_id="b", of="a", share=1))
    assert originals(printed(POST, copies=copies)) == {"c": "a", "b": "a"}


def test_articles_that_repeat_each_other_do_not_go_round_for_ever() -> None:
    copies = (Copy(article_id="a", of="b", share=1), Copy(article_id="b", of="a", share=1))
    assert originals(printed(POST, copies=copies)) == {"a": "a", "b": "b"}


def test_one_article_needs_no_name() -> None:
    assert sources(printed(POST)) == {"post:1": "", "post:2": ""}
