"""Pages that ask a visitor for something are refused, and what lies over an article is not read."""

import pytest

from claimcompare.articles.html import read_html
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError
from tests.articles.test_html import LINKS
from tests.articles.voices import REPORT

ASKED = "Before you go on, please tell us whether we may do as we like with what we know of you."
ASKING = f"<h1>Fenwick Post</h1><p>{ASKED}</p>"
TWO = "<button>Yes</button><button>No</button>"
NOTICE = "<h1>Quay is dry</h1><p>Una Brock said on Monday that the quay of Aldmere is dry.</p>"
MENU = f"<header><nav><ul>{LINKS}</ul></nav></header>"


def read(page: str) -> str:
    return read_html(Source("a.html", "a", page.encode(), ".html")).text


@pytest.mark.parametrize(
    "page",
    [
        f"<div role=dialog>{ASKING}{TWO}</div><p><a href=/a>Imprint</a></p>",
        f"{MENU}<div aria-modal=true>{ASKING}</div><footer><p>All rights reserved.</p></footer>",
        f"<dialog open>{ASKING}{TWO}</dialog>",
        f"<main>{ASKING}<div>{TWO}</div></main>",
        f"<form>{ASKING}<button>Yes</button></form><p><a href=/a>Imprint</a></p>",
        f"<div id=cookie-page>{ASKING}</div>",
        f"<main>{ASKING}<iframe src=https://x.example/consent></iframe></main>",
        f"<head><meta http-equiv=Refresh content=5></head>{ASKING}",
        f"<div>{ASKING}</div><form id=challenge-form></form>",
        f"{ASKING}<div class=g-recaptcha></div>",
        f"{MENU}<main>{ASKING}<form><input type=password><button>Go</button></form></main>",
    ],
)
def test_a_page_that_only_asks_is_refused(page: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.html: shows no article, but asks the visitor"):
        read(f"<html>{page}</html>")


@pytest.mark.parametrize("language", REPORT)
def test_no_word_of_a_language_tells_a_wall(language: str) -> None:
    text = f"<p>{REPORT[language]}</p>"
    with pytest.raises(ArticleError, match="asks the visitor"):
        read(f"<div aria-modal=true>{text}{TWO}</div>")
    assert REPORT[language].split()[0] in read(text)


@pytest.mark.parametrize(
    "page",
    [
        f"{NOTICE}<form role=search><input name=q><button>Find</button></form>",
        f"<header>{TWO}</header>{NOTICE}",
        f"<article>{NOTICE}{TWO}</article>",
        f"<main>{NOTICE}<p><time>3 May</time></p>{TWO}</main>",
        f"{NOTICE * 30}<div class=captcha></div>",
        f"<aside><form><input type=password></form></aside>{NOTICE}",
        f"<div id=cookie-bar><p>{ASKED}</p>{TWO}</div>{NOTICE}",
        f"<div class=cookies><article>{NOTICE}</article>{TWO}</div>",
        f"<div role=dialog><article>{NOTICE}</article>{TWO}</div>",
    ],
)
@pytest.mark.parametrize("menu", [MENU, ""])
def test_a_short_notice_beside_forms_and_banners_is_read(page: str, menu: str) -> None:
    found = read(f"<html><body>{menu}{page}</body></html>")
    assert "Una Brock said on Monday that the quay of Aldmere is dry." in found
    assert ASKED not in found
