"""HTML: the article with its headline, and what the page declares."""

from collections.abc import Callable

import pytest

from claimcompare.articles.html import read_html
from claimcompare.articles.records import Extracted, Source
from claimcompare.errors import ArticleError
from tests.articles.voices import REPORT

LINKS = "".join(f'<li><a href="/{name}">Section {name}</a></li>' for name in "abcdefgh")
PAGE = f"""<!doctype html><html lang="en-GB"><head>
<title>Quay of Aldmere is dry, keeper says | Fenwick Post</title>
<meta property="og:site_name" content="Fenwick Post"><meta name="author" content="Tam Weir">
<meta property="article:published_time" content="2026-05-03T10:20:00+02:00">
<link rel="canonical" href="https://fenwick.example/quay"></head><body>
<header><nav><ul>{LINKS}</ul></nav></header>
<article><h1>Quay of Aldmere is dry, <em>keeper</em> says</h1>
<p>Una Brock, the keeper of the <a href="/quay">quay</a>, said on Monday that the quay is
<b>dry</b>.</p><p>Oskar Bray denied it. &ldquo;It is under water,&rdquo; he said at a
<q>meeting</q> that <a href="/board">the Harbour Board</a> had called on the first of May 1999.</p>
<div style="display:none">Oskar Bray admitted it, said nobody.</div></article>
<aside><p>Subscribe to our newsletter, said the publisher.</p></aside><footer>All rights
reserved.</footer></body></html>"""
TEXT = """Quay of Aldmere is dry, keeper says

Una Brock, the keeper of the quay, said on Monday that the quay is dry.

Oskar Bray denied it. “It is under water,” he said at a “meeting” that the Harbour Board had called\
 on the first of May 1999."""


def read(page: str | bytes, charset: str | None = None) -> Extracted:
    content = page if isinstance(page, bytes) else page.encode()
    return read_html(Source("a.html", "a", content, ".html", charset=charset))


def test_a_page_of_an_outlet_is_read_with_all_it_declares() -> None:
    assert read(PAGE) == Extracted(
        text=TEXT,
        title="Quay of Aldmere is dry, keeper says",
        publisher="Fenwick Post",
        author="Tam Weir",
        published="2026-05-03",
        url="https://fenwick.example/quay",
        language="en-GB",
    )


def test_a_headline_that_the_text_lacks_is_read_first() -> None:
    found = read(
        "<html><head><title>Quay is dry</title></head><body><p>So she said.</p></body></html>"
    )
    assert found.text == "Quay is dry\n\nSo she said."


def test_a_page_with_few_links_is_read_whole() -> None:
    body = (
        "<div>Brock said the quay is dry.</div>Bray <i>denied</i> it.<dl><dt>Weir<dd>said no</dl>"
    )
    assert read(f"<body>{body}").text == (
        "Brock said the quay is dry.\n\nBray denied it.\n\nWeir\n\nsaid no"
    )


def test_no_date_is_taken_from_the_text() -> None:
    assert read("<p>On 3 May 1999 Brock said: copyright 2026-01-02.</p>").published is None


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("<html lang=de><p>Brock sagte nein.", "de"),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='fr'><p>Non.",
            "fr",
        ),
        ("<p>Brock said no.", None),
    ],
)
def test_the_language_is_what_the_page_declares(page: str, language: str | None) -> None:
    assert read(page).language == language


@pytest.mark.parametrize(
    "declared",
    [
        lambda name: f"<meta charset={name}>",
        lambda name: f"<META CHARSET = '{name}' >",
        lambda name: f"<meta http-equiv=content-type content='text/html; charset={name}'>",
    ],
)
@pytest.mark.parametrize(
    ("language", "encoding"),
    [("ru", "windows-1251"), ("ja", "shift_jis"), ("zh", "gb18030"), ("de", "iso-8859-1")],
)
def test_a_page_says_its_encoding(
    declared: Callable[[str], str], language: str, encoding: str
) -> None:
    text = REPORT[language][:40]
    page = f"<html><head>{declared(encoding)}</head><body><p>{text}</p></body></html>"
    assert text.strip() in read(page.encode(encoding)).text


def test_a_server_goes_before_the_page() -> None:
    text = REPORT["ru"][:40]
    page = f"<meta charset=koi8-r><p>{text}</p>".encode("cp1251")
    assert read(page, charset="windows-1251").text == text.strip()


@pytest.mark.parametrize("page", ["", "<!-- x -->", "<html></html>", "<script>said()</script>"])
def test_a_page_without_an_article_says_so(page: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.html: holds no (HTML|article)"):
        read(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "said",
        "<table><tr><td>" * 2_000 + "said",
        "<ul><li>" * 5_000 + "said",
        "<b>" * 50_000 + "said",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>said",
        "<p>" + "&amp;" * 200_000,
        "<!doctype html [<!ENTITY a 'said'><!ENTITY b '&a;&a;'>]><p>&b;",
    ],
    ids=["divs", "tables", "lists", "bold", "json", "entities", "own entities"],
)
def test_hostile_pages_end_in_an_article_or_an_error(page: str) -> None:
    try:
        found = read(page)
    except ArticleError as error:
        assert error.path == "a.html"  # noqa: PT017 - either is right
    else:
        assert found.text


@pytest.mark.parametrize(
    "page",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">Brock said no.</p>",
        "<p>Brock said no." + "<span>a</span>" * 20_000,
        "<p>Brock said no." + "<a href=x>a</a>" * 20_000,
        "<p>Brock said no." + "<b hidden>a</b>" * 20_000,
    ],
    ids=["attributes", "spans", "links", "hidden"],
)
def test_pages_of_endless_parts_are_read(page: str) -> None:
    assert "Brock said no." in read(page).text


@pytest.mark.parametrize("menu", ["nav", "div", "section"])
@pytest.mark.parametrize("headline", ["", "<h1>Quay is dry</h1>"])
def test_a_menu_is_no_article(menu: str, headline: str) -> None:
    page = (
        f"<html><body><{menu}><ul>{LINKS}</ul></{menu}>{headline}<div id=app></div></body></html>"
    )
    with pytest.raises(ArticleError, match=r"holds no article; if a script builds the page"):
        read(page)


def test_a_menu_is_not_read_with_a_short_article() -> None:
    said = "Una Brock said on Monday that the quay is dry. Oskar Bray denied it."
    page = f"<html><body><nav><ul>{LINKS}</ul></nav><article><p>{said}</p></article></body></html>"
    assert read(page).text == said
