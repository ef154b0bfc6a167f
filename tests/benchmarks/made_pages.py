"""Pages of every kind, made up: what is their article's and what is not is known of each."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from tests.benchmarks.made_words import LANGUAGES, Writer, closed, page


class Made(NamedTuple):
    """A page, the sentences of its article, of which a wall has none, and all others."""

    html: str
    own: tuple[str, ...]
    foreign: tuple[str, ...]


def made(kind: str, number: int) -> Made:
    """The page of a kind with a number; always the same."""
    language = list(LANGUAGES)[number % len(LANGUAGES)]
    writer = Writer(Random(f"{kind} {number}"), language)  # noqa: S311 - no secret
    html = KINDS[kind](writer)
    return Made(html, tuple(writer.own), tuple(writer.foreign))


def _outlet(writer: Writer, body: str, **told: Any) -> str:
    """A page with the menu, the banner, the teasers and the foot of an outlet."""
    parts = (
        _menu(writer, 12),
        _banner(writer),
        _main(writer, body),
        _teasers(writer),
        _foot(writer),
    )
    return page(writer, "".join(parts), **told)


def _main(writer: Writer, body: str) -> str:
    return closed(writer.either("main", "div class=content", "div class=x7f2", "div id=main"), body)


def _menu(writer: Writer, links: int) -> str:
    items = "".join(
        f'<li><a href="/{writer.word()}">{writer.word()}</a></li>' for _ in range(links)
    )
    return f"<header><nav><ul>{items}</ul></nav></header>"


def _foot(writer: Writer) -> str:
    return f"<footer><p>{writer.other()}</p><a href=/a>{writer.word()}</a></footer>"


def _banner(writer: Writer) -> str:
    opening = writer.either(
        "div role=dialog", "div class=cookie-banner", "dialog open", "div id=consent-layer",
        "section role=alertdialog aria-modal=true",
    )  # fmt: skip
    buttons = f"<button>{writer.word()}</button><button>{writer.word()}</button>"
    return closed(opening, f"<p>{writer.asking(2)}</p>{buttons}")


def _teasers(writer: Writer) -> str:
    """Other articles: linked by their titles, with the time and a sentence or without."""
    form = writer.either(
        "<article><h3><a href={}>{}</a></h3></article>",
        "<article><h3><a href={}>{}</a></h3><time>12:00</time><p>{}</p></article>",
        "<li><a href={}><h4>{}</h4><p>{}</p></a></li>",
        "<div><a href={}><img src=x></a><h3><a href=/b>{}</a></h3><p>{}</p></div>",
    )
    cards = "".join(
        form.format(f"/{writer.word()}", writer.other(), writer.other() if "<p>" in form else "")
        for _ in range(4)
    )
    tag = writer.either("aside", "section class=related", "div class=b91", "section")
    return closed(tag, f"<h2>{writer.word()}</h2>{cards}")


def _comments(writer: Writer) -> str:
    """What visitors wrote: marked as such, or told by the form below it, or by nothing."""
    outer, inner, form = writer.random.choice([
        ("section id=comments", "li class=comment", "<form><textarea></textarea></form>"),
        ("div class=r3", "div class=r4", "<form><textarea></textarea></form>"),
        ("div class=r3", "div class=r4", ""),
    ])  # fmt: skip
    items = "".join(
        closed(inner, f"<b>{writer.word()}</b><time>1:0{number}</time><p>{writer.other(2)}</p>")
        for number in range(5)
    )
    return closed(outer, f"<h2>{writer.word()}</h2><div>{items}</div>{form}")


def _paragraphs(writer: Writer, count: int) -> str:
    return "".join(f"<p>{writer.article(writer.random.randint(1, 3))}</p>" for _ in range(count))


def _told(writer: Writer, **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": writer.word(),
        **more,
    }


def _news(writer: Writer, *, least: int = 6, most: int = 14) -> str:
    text = _paragraphs(writer, writer.random.randint(least, most))
    tag = writer.either("article", "div class=story-body", "div", "section")
    time = "<time datetime=2026-05-03>3.5.</time>"
    body = f"<h1>{writer.article()}</h1><p class=byline>{writer.word()} {time}</p>{text}"
    return _outlet(writer, closed(tag, body))


def _short(writer: Writer) -> str:
    """A notice of an outlet, or of a page made by hand, which has a search or a newsletter."""
    if writer.random.random() < 0.6:
        return _news(writer, least=1, most=1)
    form = "<form><input name=q><button>OK</button></form>"
    text = f"<h1>{writer.article()}</h1>{_paragraphs(writer, 2)}"
    return page(writer, f"{_menu(writer, 3)}{writer.either('', form)}<div>{text}</div>{form}")


def _posts(writer: Writer, tag: str) -> Iterator[str]:
    inner = writer.either("p", "div", "p")
    title = writer.either("", "", "<h3>{}</h3>", "<h3><a href=#p>{}</a></h3>")
    linked = writer.either("", ", <a href=/other>{}</a>.")
    for number in range(writer.random.randint(6, 20)):
        head = title.format(writer.article()) if title else ""
        text = writer.article(writer.random.randint(1, 2)) + linked.format(writer.word())
        share = f"<a href=#p{number}>{writer.word()}</a>"
        time = f"<div class=m><time datetime=2026-05-03T10:{number:02}>10:{number:02}</time></div>"
        yield closed(f"{tag} id=p{number}", f"{time}{head}{closed(inner, text)}{share}")


def _live(writer: Writer) -> str:
    tag = writer.either("article", "div", "li", "section", "div class=post", "article class=q2")
    head = f"<h1>{writer.article()}</h1><p>{writer.article(2)}</p>"
    days = [
        closed("ul" if tag == "li" else "div class=k", "".join(_posts(writer, tag)))
        for _ in range(writer.random.choice([1, 1, 1, 2]))
    ]
    outer = writer.either("article", "div", "section")
    story = closed(outer, writer.either(head, closed("header", head)) + "".join(days))
    return _outlet(writer, story + (_comments(writer) if writer.random.random() < 0.4 else ""))


def _live_told(writer: Writer) -> str:
    posts = [
        {"@type": "BlogPosting", "headline": writer.article(), "articleBody": writer.article(2)}
        for _ in range(12)
    ]
    shown = "".join(f"<article><p>{post['articleBody']}</p></article>" for post in posts[:3])
    return _outlet(
        writer, shown, **_told(writer) | {"@type": "LiveBlogPosting", "liveBlogUpdate": posts}
    )


def _scripted(writer: Writer) -> str:
    body = "\n".join(writer.article(2) for _ in range(8))
    root = f"<div id=root></div><noscript>{writer.asking()}</noscript>"
    return page(writer, _menu(writer, 8) + root, **_told(writer, articleBody=body))


def _sold(writer: Writer) -> str:
    text = f"<article><h1>{writer.other()}</h1><p>{writer.other(2)}</p></article>"
    asking = f"<div>{writer.asking()}</div>"
    return _outlet(writer, text + asking, **_told(writer, isAccessibleForFree=False))


def _cookie_wall(writer: Writer) -> str:
    words = f"<h1>{writer.word()}</h1><p>{writer.asking(3)}</p><p>{writer.asking(2)}</p>"
    buttons = f"<button>{writer.word()}</button><button>{writer.word()}</button>"
    links = f"<p><a href=/p>{writer.word()}</a> <a href=/i>{writer.word()}</a></p>"
    return page(writer, writer.random.choice([
        f"<div role=dialog aria-modal=true>{words}{buttons}</div>{links}",
        f"<form method=post action=/c>{words}{buttons}</form>{links}",
        f"<main>{words}<div>{buttons}</div></main>{links}",
        f"<div class=consent-page>{words}<a class=button href=/ok>{writer.word()}</a></div>{links}",
        f"<main>{words}</main><iframe src=https://cmp.example/consent/index.html></iframe>",
        f"<main>{words}<p><a href=/ok>{writer.word()}</a></p></main>{links}",
        f"{_menu(writer, 12)}<div aria-modal=true>{words}{buttons}</div>{_foot(writer)}",
    ]))  # fmt: skip


def _script_wall(writer: Writer) -> str:
    words = f"<h1>{writer.word()}</h1><p>{writer.asking(2)}</p>"
    refresh = '<meta http-equiv="refresh" content="360">'
    body, head = writer.random.choice([
        (f"<noscript>{words}</noscript><div id=root></div>", ""),
        (f"<div>{words}</div><noscript><p>{writer.asking()}</p></noscript>", refresh),
        (f"{words}<form id=challenge-form method=post><input type=hidden></form>", ""),
        (f"<main>{words}<div id=px-captcha></div></main>", ""),
        (f"<div>{words}</div><iframe src=https://c.example/captcha/></iframe>", ""),
    ])  # fmt: skip
    return page(writer, body, head)


def _login_wall(writer: Writer) -> str:
    fields = "<input type=email><input type=password><button>OK</button>"
    words = f"<h1>{writer.word()}</h1><p>{writer.asking(2)}</p>"
    inside, outside = f"<form>{words}{fields}</form>", f"<div>{words}</div><form>{fields}</form>"
    menu = _menu(writer, 12) if writer.random.random() < 0.5 else ""
    return page(writer, f"{menu}<main>{writer.either(inside, outside)}</main>{_foot(writer)}")


def _interview(writer: Writer) -> str:
    ask = writer.either(
        "<p><strong>{}</strong></p>", "<h3>{}</h3>", "<p><b>{}</b></p>", "<dt>{}</dt>"
    )
    answer = "<dd>{}</dd>" if "<dt>" in ask else "<p>{}</p>"
    turns = "".join(
        ask.format(writer.article()) + answer.format(writer.article(writer.random.randint(1, 3)))
        for _ in range(8)
    )
    talk = f"<dl>{turns}</dl>" if "<dt>" in ask else turns
    return _outlet(writer, f"<article><h1>{writer.article()}</h1>{talk}</article>")


def _listed(writer: Writer) -> str:
    rows = "".join(f"<tr><td>{n}</td><td>{writer.article()}</td></tr>" for n in range(5))
    items = "".join(f"<li>{writer.article()}</li>" for _ in range(6))
    text = (
        f"<p>{writer.article(2)}</p><ul>{items}</ul><table>{rows}</table><p>{writer.article()}</p>"
    )
    return _outlet(writer, f"<article><h1>{writer.article()}</h1>{text}</article>")


def _crowded(writer: Writer) -> str:
    top = f"{_menu(writer, 90)}{_banner(writer)}"
    story = f"<article><h1>{writer.article()}</h1>{_paragraphs(writer, 8)}</article>"
    rest = f"{_comments(writer)}{_teasers(writer)}{_teasers(writer)}{_foot(writer)}"
    return page(writer, f"{top}<main>{story}{rest}</main>")


KINDS: dict[str, Callable[[Writer], str]] = {
    "news article": _news,
    "live blog, HTML only": _live,
    "live blog, JSON-LD": _live_told,
    "built by a script": _scripted,
    "beginning of what is sold": _sold,
    "cookie wall": _cookie_wall,
    "script or robot wall": _script_wall,
    "login wall": _login_wall,
    "short notice": _short,
    "interview": _interview,
    "lists and tables": _listed,
    "menus, teasers, comments": _crowded,
}
