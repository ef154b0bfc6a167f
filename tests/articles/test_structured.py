"""What pages tell programs: read where they show less, and whether they show it all."""

import json
from typing import Any

import pytest

from claimcompare.articles.html import read_html
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError
from tests.articles.test_html import LINKS, PAGE, TEXT

BODY = (
    "Una Brock, the keeper of the quay, said on Monday that the quay of Aldmere is dry.\n"
    "Oskar Bray denied it. \u201cIt is under water,\u201d he said at a meeting."
)
READ = BODY.replace("\n", "\n\n")


def page(*told: Any, shown: str = "") -> str:
    scripts = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}'
        "</script>"
        for one in told
    )
    return (
        f"<html><head><title>Quay is dry</title>{scripts}</head><body><nav><ul>{LINKS}</ul></nav>"
        f"<div id=app>{shown}</div></body></html>"
    )


def read(content: str) -> str:
    return read_html(Source("a.html", "a", content.encode(), ".html")).text


@pytest.mark.parametrize(
    "told",
    [
        {"@type": "NewsArticle", "articleBody": BODY},
        {"@type": ["Thing", "ReportageNewsArticle"], "articleBody": BODY},
        [{"@type": "WebPage"}, {"@type": "https://schema.org/BlogPosting", "articleBody": BODY}],
        {"@graph": [{"@type": "Organization"}, {"@type": "Article", "articleBody": BODY}]},
        {"@type": "WebPage", "mainEntity": {"@type": "Report", "articleBody": BODY}},
        {"@type": "Article", "articleBody": "".join(f"<p>{one}</p>" for one in BODY.split("\n"))},
        {"@type": "Article", "articleBody": BODY.replace("\u201c", "&ldquo;")},
        json.dumps({"@type": "Article", "articleBody": BODY}) + ";\n",
    ],
)
def test_a_page_built_by_a_script_is_read_from_what_it_tells(told: Any) -> None:
    assert read(page("{broken", told, shown="<p>Please wait.</p>")) == f"Quay is dry\n\n{READ}"


def test_posts_of_a_live_page_are_all_read() -> None:
    posts = [
        {"@type": "BlogPosting", "headline": f"At {hour} noon", "articleBody": f"Bray said {hour}."}
        for hour in range(13)
    ]
    told = {"@type": "LiveBlogPosting", "articleBody": "It began.", "liveBlogUpdate": posts}
    found = read(page(told, shown="<p>Bray said 3.</p>"))
    assert found.split("\n\n")[1:4] == ["It began.", "At 0 noon", "Bray said 0."]
    assert [f"Bray said {hour}." in found for hour in range(13)] == [True] * 13
    # What is shown has its paragraphs, and goes before the same without them.
    same = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(TEXT.split())})
    script = f'<script type="application/ld+json">{same}</script></head>'
    assert read(PAGE.replace("</head>", script)) == TEXT


@pytest.mark.parametrize("free", [False, "False", "false", "http://schema.org/False"])
@pytest.mark.parametrize("more", [{}, {"articleBody": "Una Brock said."}, {"wordCount": "900"}])
def test_the_beginning_of_what_is_sold_is_refused(free: Any, more: dict[str, Any]) -> None:
    told = {"@type": "NewsArticle", "isAccessibleForFree": free, **more}
    with pytest.raises(ArticleError, match=r"a\.html: holds only the beginning of an article"):
        read(page(told, shown=f"<p>{BODY}</p><p>Subscribe to read more.</p>"))
    for whole in ({"isAccessibleForFree": True}, {"wordCount": 32}, {"articleBody": BODY * 40}):
        assert BODY[:40] in read(page(told | whole, shown=f"<p>{BODY}</p>"))


@pytest.mark.parametrize(
    "told",
    ["[" * 100_000, '{"@type": ' * 3_000, "", "null", '{"@type": 3, "articleBody": 4}',
     '{"@type": "Article", "articleBody": 4, "liveBlogUpdate": 5, "wordCount": "\u00b2"}',
     '{"@type": "Article", "isAccessibleForFree": %s, "wordCount": %s}' % (("9" * 5_000,) * 2),
     "[" + "{}," * 30_000 + "{}]"],
)  # fmt: skip
def test_what_programs_cannot_read_is_left_out(told: str) -> None:
    good = {"@type": "Article", "articleBody": BODY}
    assert read(page(told[:90_000], shown=f"<p>{BODY}</p>")) == read(page(shown=f"<p>{BODY}</p>"))
    assert READ in read(page(good, told))


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("", "<meta itemprop=isAccessibleForFree content=False>"),
        ("", "<link itemprop=isAccessibleForFree href=https://schema.org/False>"),
        ("<meta property=article:content_tier content=locked>", ""),
        (json.dumps({"@type": "Article", "hasPart": {"isAccessibleForFree": False}}), ""),
        (json.dumps({"@type": "Article", "hasPart": [7, {"isAccessibleForFree": "False"}]}), ""),
    ],
)
def test_what_is_sold_is_known_by_each_way_to_tell_so(head: str, mark: str) -> None:
    told = head if head.startswith("{") else {"@type": "WebPage"}
    shown = page(told, shown=f"<article>{mark}<p>{BODY}</p></article>")
    sold = shown if head.startswith("{") else shown.replace("<head>", f"<head>{head}")
    with pytest.raises(ArticleError, match="holds only the beginning of an article"):
        read(sold)
    free = sold.replace("locked", "free").replace("False", "True").replace("false", "true")
    assert BODY[:40] in read(free)


def test_what_is_free_is_not_sold_for_a_part() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False}
    told = {"@type": "Article", "isAccessibleForFree": True, "hasPart": part}
    assert BODY[:40] in read(page(told, shown=f"<p>{BODY}</p>"))
