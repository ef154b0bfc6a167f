"""Posts of a live page are all read, and teasers and comments are not."""

import pytest

from claimcompare.articles.html import read_html
from claimcompare.articles.records import Source
from tests.articles.test_html import LINKS

MENU = f"<header><nav><ul>{LINKS}</ul></nav></header>"
HEAD = (
    "<h1>The quay of Aldmere</h1><p>Water rose in Aldmere on Monday, and this page tells of it.</p>"
)
SAID = [f"Una Brock said at {hour} that the water stood at {hour} feet." for hour in range(9)]


def read(body: str, url: str | None = None) -> list[str]:
    source = Source("a.html", "a", f"<body>{MENU}{body}".encode(), ".html", url=url)
    return read_html(source).text.split("\n\n")


def live(item: str, holder: str = "div", said: list[str] = SAID) -> str:
    posts = "".join(item.format(text=text) for text in said)
    return f"<main><section>{HEAD}<{holder}>{posts}</{holder}></section></main>"


@pytest.mark.parametrize(
    ("item", "holder"),
    [
        ("<article><time>10:00</time><p>{text}</p></article>", "div"),
        ("<div class=x><div><span><time>10:00</time></span></div><div>{text}</div></div>", "div"),
        ("<li><time>10:00</time> <p>{text}</p><a href=#p>Share</a></li>", "ol"),
        ("<section><p><time>10:00</time></p><p>{text}</p><button>Like</button></section>", "div"),
        ("<li><div><header><time>1</time></header><p>{text}</p></div></li>", "ul"),
    ],
)
def test_each_post_of_a_live_page_is_a_paragraph(item: str, holder: str) -> None:
    assert read(live(item, holder))[2:] == SAID


def test_what_stands_between_the_headline_and_the_posts_is_read() -> None:
    posts = "".join(f"<div><time>10:00</time><p>{text}</p></div>" for text in SAID)
    after = "<div>Fenwick Post is a made-up paper.</div>"
    assert read(f"{HEAD}<div>It is dry again.</div>So she says.<div>{posts}</div>{after}")[1:] == [
        "Water rose in Aldmere on Monday, and this page tells of it.",
        "It is dry again.",
        "So she says.",
        *SAID,
    ]


def test_a_time_within_a_sentence_stays_and_titles_of_posts_do() -> None:
    said = [f"At <time>{hour}:00</time> Una Brock denied it again." for hour in range(5)]
    item = "<div><h3><a href='/live#p1'>She denies it again</a></h3><p>{text}</p></div>"
    plain = [text.replace("<time>", "").replace("</time>", "") for text in said]
    wanted = [line for text in plain for line in ("She denies it again", text)]
    assert read(live(item, said=said))[2:] == wanted


def test_posts_of_several_days_are_read_and_comments_below_are_not() -> None:
    item = "<article><time>10:00</time><p>{}</p></article>"
    days = "".join(
        f"<div class=d>{''.join(map(item.format, SAID[start::2]))}</div>" for start in (0, 1)
    )
    comment = "<div><time>1:00</time><p>I was there, and saw no water at all, friends.</p></div>"
    form = "<form><textarea></textarea></form>"
    main = f"<main><section>{HEAD}{days}</section><div><div>{comment * 30}</div>{form}</div></main>"
    assert read(main)[2:] == SAID[::2] + SAID[1::2]


@pytest.mark.parametrize(
    ("href", "url", "is_read"),
    [
        ("/other", None, False),
        ("https://a.example/other", "https://a.example/live", False),
        ("https://b.example/shop", "https://a.example/live", True),
        ("http://[", None, True),
        ("#part", None, True),
    ],
)
def test_short_items_under_titles_that_lead_to_other_pages_of_the_site_are_left_out(
    href: str, url: str | None, is_read: object
) -> None:
    item = f"<div><h3><a href='{href}'>Harbour Board meets</a></h3><p>Oskar Bray said no.</p></div>"
    text = "".join(f"<p>{said}</p>" for said in SAID)
    found = read(f"<article>{HEAD}{text}{item * 3}</article>", url)
    assert ("Oskar Bray said no." in found) is is_read
    assert [said in found for said in SAID] == [True] * len(SAID)


def test_a_series_that_is_a_small_part_of_an_article_does_not_replace_it() -> None:
    rows = "".join(
        f"<li><time>{year}</time> the quay was mended once more</li>" for year in range(3)
    )
    text = "".join(f"<p>{said}</p>" for said in SAID * 2)
    found = read(f"<article>{HEAD}{text}<ul>{rows}</ul></article>")
    assert [said in found for said in SAID] == [True] * len(SAID)


@pytest.mark.parametrize(
    "part",
    [
        "<div><time>1</time>Una Brock said that it is dry.</div>",
        "<div><div><time>1</time>Una Brock said so.</div><div><time>1</time>Bray did, too.</div>",
        "<div><div><h3><a href=/q>Quay</a></h3></div><div><h3><a href=/q>Quay</a></h3></div>",
        "<ol class=comments><li><time>1</time>Una Brock said so.</li>",
        "<div class=cookie><button>Yes</button><div role=dialog>",
    ],
)
def test_endless_and_nested_series_are_read(part: str) -> None:
    assert SAID[0] in read(f"<h1>The quay of Aldmere</h1><p>{SAID[0]}</p>{part * 4_000}")
