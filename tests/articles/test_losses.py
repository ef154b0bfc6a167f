"""What may not have been read whole says so."""

import json
from pathlib import Path

import pytest

from claimcompare.articles.html import read_html
from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.reading import read_articles
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.schema import Article
from tests.articles.test_html import LINKS, PAGE

SAID = "Una Brock said on Monday that the quay of Aldmere is dry. "


def doubts(page: str) -> tuple[str, ...]:
    return read_html(Source("a.html", "a", page.encode(), ".html")).doubts


def counted(words: int | str, page: str = PAGE) -> str:
    told = json.dumps({"@type": "NewsArticle", "wordCount": words})
    return page.replace("</head>", f'<script type="application/ld+json">{told}</script></head>')


def test_a_page_that_tells_of_more_words_than_were_read_is_doubted() -> None:
    assert doubts(counted(400)) == ("the page tells that it has 400 words, and fewer were read",)
    assert doubts(counted(48)) == doubts(counted("many")) == doubts(PAGE) == ()


def test_words_without_spaces_are_counted_by_their_characters() -> None:
    text = "码头管理员表示，码头是干的，谁也不能否认这一点。"
    page = f"<html><head></head><body><p>{text}</p></body></html>"
    assert doubts(counted(22, page)) == ()


def test_a_main_part_with_clearly_more_than_was_read_is_doubted() -> None:
    # The library takes what is named so for no part of the article.
    lost = "".join(f"<p>{number} times {SAID * 3}</p>" for number in range(8))
    story = f"<h1>Quay</h1><p>{SAID * 6}</p><div class=sidebar>{lost}</div>"
    found = doubts(f"<body><nav>{LINKS}</nav><main>{story}</main></body>")
    (doubt,) = found
    assert doubt.startswith("of about ")
    assert doubt.endswith(" were read")


def test_much_under_linked_titles_is_doubted() -> None:
    cards = f"<div><h3><a href=/x>Quay</a></h3><p>{SAID * 3}</p></div>" * 3
    found = doubts(f"<body><nav>{LINKS}</nav><main><h1>Quay</h1><p>{SAID}</p>{cards}</main>")
    assert "characters under linked titles were taken for other articles" in " ".join(found)


@pytest.mark.parametrize("end", ["…", "...", "[…]", "[...]", "... ]"])
def test_an_entry_of_a_feed_that_ends_in_an_ellipsis_is_doubted(end: str) -> None:
    items = "".join(
        f"<item><description>{text}</description></item>" for text in (SAID + end, SAID)
    )
    raw = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    with Worker(ReadSettings()) as worker:
        cut, whole = read_each(Source("f.xml", "f", raw, ".xml"), worker)
    assert isinstance(cut, Extracted)
    assert isinstance(whole, Extracted)
    assert (len(cut.doubts), whole.doubts) == (1, ())


def test_an_article_carries_the_doubts_of_its_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(counted(400), encoding="utf-8")
    (article,) = read_articles(path)
    assert article.doubts == ("the page tells that it has 400 words, and fewer were read",)
    assert "doubts" not in article.model_copy(update={"doubts": ()}).model_dump()
    assert Article.model_validate_json(article.model_dump_json()) == article
