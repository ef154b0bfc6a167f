"""HTML becomes the text of its article, with what the page tells about it."""

import re
from collections.abc import Collection
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from claimcompare.articles.encodings import decode
from claimcompare.articles.lines import one_line
from claimcompare.articles.losses import losses
from claimcompare.articles.markup import block_text, paragraphs, parsed, prepare
from claimcompare.articles.records import Extracted, Source, headed
from claimcompare.articles.series import leave_out_others, live_text
from claimcompare.articles.structured import told_of
from claimcompare.articles.walls import is_wall, leave_out_dialogs
from claimcompare.errors import ArticleError

if TYPE_CHECKING:
    from trafilatura.metadata import Document

_DECLARED_WITHIN = 4_096
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_XML_LANGUAGE = ("xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
_TABLE_RULE = re.compile(r"^\|[-|]+\|$\n?", re.MULTILINE)
_DECLARES_DATES = "/html/head | //body//time | //body//script[@type='application/ld+json']"
_FEW_LINKS = 5
# What is shown has paragraphs and what is told often none, so that it has to be worth it.
_CLEARLY_MORE = 1.1
_STUB = (
    "holds only the beginning of an article that is not free; save it whole from the browser as "
    "text or PDF"
)
_WALL = (
    "shows no article, but asks the visitor for something (consent, a login, a proof of being "
    "human); answer it in a browser, and save the page from there"
)
_EMPTY = "holds no article; if a script builds the page, save it from the browser as text or PDF"


def read_html(source: Source) -> Extracted:
    """The article of a page, its headline first; raises ArticleError."""
    declared = source.charset or _declared(source.raw)
    tree = parsed(decode(source.raw, name=source.name, declared=declared, lenient=True))
    if tree is None:
        raise ArticleError(f"{source.name}: holds no HTML", path=source.name)
    told = _metadata(tree, source.url)
    published = _published(tree, source.url or told.url)
    headlines = {one_line("".join(head.itertext())) for head in tree.iter("h1")}
    structured = told_of(tree)
    links = {one_line(link.text_content()) for link in tree.xpath("//a[@href]")}
    has_few_links = len(tree.xpath("//a[@href]")) < _FEW_LINKS
    behind_dialog = leave_out_dialogs(tree)
    left = leave_out_others(tree, source.url or told.url)
    prepare(tree)
    # Without navigation to be told from the article nothing need be left out.
    shown = block_text(tree) if has_few_links else _article_text(tree)
    if _is_menu(shown, links, headlines):
        shown = ""
    text = _longer(shown, structured.text)
    if structured.is_stub(text):
        raise _fault(source, _STUB)
    if not structured.text and is_wall(tree, shown, behind_dialog=behind_dialog):
        raise _fault(source, _WALL)
    if not text:
        raise _fault(source, _EMPTY)
    return Extracted(
        text=text if text.partition("\n")[0] in headlines else headed(text, told.title),
        title=told.title,
        publisher=told.sitename,
        author=told.author,
        published=published,
        url=told.url,
        language=_language(tree),
        doubts=tuple(losses(tree, text, structured, left)),
    )


def _metadata(tree: Any, url: str | None) -> "Document":
    from trafilatura.metadata import extract_metadata

    return extract_metadata(tree, default_url=url, date_config={"extensive_search": False})


def _published(tree: Any, url: str | None) -> str | None:
    """The date that the page declares; one that only stands in its text may be any other."""
    from htmldate import find_date
    from lxml.html import Element

    declaring = Element("html")
    declaring.extend(deepcopy(part) for part in tree.xpath(_DECLARES_DATES))
    return find_date(declaring, extensive_search=False, original_date=True, url=url)


def _article_text(tree: Any) -> str:
    """The paragraphs of the article with an empty line between them."""
    live = live_text(tree)
    if live:
        return live
    from lxml.etree import strip_elements
    from trafilatura import extract

    # The library changes what it is given, and takes menus for a text where there is little else.
    given = deepcopy(tree)
    strip_elements(given, "nav", with_tail=False)
    found = extract(given, favor_recall=True, include_comments=False)
    return paragraphs(_TABLE_RULE.sub("", found or ""))


def _fault(source: Source, what: str) -> ArticleError:
    return ArticleError(f"{source.name}: {what}", path=source.name)


def _is_menu(text: str, links: Collection[str], headlines: Collection[str]) -> bool:
    """Whether a text has nothing but links below its headline, as before a script ran."""
    lines = {line.removeprefix("- ") for line in text.split("\n\n")} - set(headlines)
    return lines <= set(links)


def _longer(shown: str, told: str) -> str:
    """The text of the page, or the one that it tells programs where that holds clearly more."""
    # The library may have taken the same without its paragraphs.
    same = shown.count("\n") < told.count("\n") and shown.split() == told.split()
    return told if same or len(told) > _CLEARLY_MORE * len(shown) else shown


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return (found[1] or found[2]).decode("ascii") if found else None


def _language(tree: Any) -> str | None:
    names = ("lang", *_XML_LANGUAGE)
    return next((tree.get(name) for name in names if tree.get(name)), None)
