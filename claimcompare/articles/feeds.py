"""RSS and Atom feeds: an article for each entry, as much of it as the feed holds."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from html.entities import html5
from typing import Any

from claimcompare.articles.encodings import decode
from claimcompare.articles.lines import one_line
from claimcompare.articles.losses import breaks_off
from claimcompare.articles.markup import block_text, paragraphs, parsed, prepare, without_controls
from claimcompare.articles.records import Extracted, Source, checked, headed, numbered
from claimcompare.errors import ArticleError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})""")
_DECLARATION = re.compile(r"\A\s*<\?xml\b.*?\?>", re.DOTALL)
_OWN_ENTITIES = re.compile(r"\A(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE[^>\[]*+\[", re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z]\w{1,31};)")
_OF_XML = frozenset(("amp;", "apos;", "gt;", "lt;", "quot;"))
_NAMESPACES = frozenset(
    {
        None,
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/atom/ns#",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://www.w3.org/2005/Atom",
    }
)
# Names of these say something else than the same ones of feeds themselves.
_PREFIXES = {
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_WEB = ("http://", "https://")
_ENTRIES = frozenset(("item", "entry"))
# What holds all of an article; else the longest of what tells some of it is read.
_WHOLE = ("encoded", "content")
_SHORT = (
    "description", "summary", "media:description", "media:text", "itunes:summary",
    "itunes:subtitle",
)  # fmt: skip
_DATES = ("pubDate", "published", "date", "issued", "updated")
_RSS_AUTHOR = re.compile(r"\S+@\S+\s+\((.+)\)")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")

Fields = Mapping[str, Any]


def read_feed(source: Source) -> Iterator[Extracted | ArticleError]:
    """The entries of a feed from the first on, each after its title; raises ArticleError."""
    root = _root(source)
    channel = _fields(next((one for one in root.iter() if _name(one) == "channel"), root))
    publisher = _line(channel.get("title"))
    language = _line(channel.get("language")) or root.get(_LANGUAGE)
    entries = (one for one in root.iter() if _name(one) in _ENTRIES)
    for number, entry in enumerate(entries, start=1):
        found = _article(_fields(entry), publisher, entry.get(_LANGUAGE) or language)
        yield numbered(source, number, partial(checked, found))


def _article(entry: Fields, publisher: str | None, language: str | None) -> Extracted:
    title = _line(entry.get("title"))
    whole = (_text(entry.get(name)) for name in _WHOLE)
    short = (_text(entry.get(name)) for name in _SHORT)
    text = next(filter(None, whole), None) or max(short, key=len) or _of_media(entry)
    dates = (_line(entry.get(name)) for name in _DATES)
    origin, address = entry.get("source"), _address(entry)
    return Extracted(
        text=headed(text, title),
        title=title,
        publisher=publisher if origin is None else _line(_fields(origin).get("title", origin)),
        author=_author(entry.get("creator", entry.get("author"))),
        published=next(filter(None, dates), None),
        url=address,
        language=language,
        # Whatever its place in the feed is today.
        id=None if address else _line(entry.get("guid", entry.get("id"))),
        doubts=tuple(breaks_off(text)),
    )


def _address(entry: Fields) -> str | None:
    """Its link, else what RSS names it by, which is its address unless that is denied."""
    link: str | None = entry.get("link")
    named = entry.get("guid")
    if link or named is None or named.get("isPermaLink", "true") != "true":
        return link
    told = _line(named) or ""
    return told if told.startswith(_WEB) else None


def _of_media(entry: Fields) -> str:
    """What is told of a picture or a film alone."""
    inner = _fields(entry["media:content"]) if "media:content" in entry else {}
    return max((_text(inner.get(name)) for name in _SHORT), key=len)


def _root(source: Source) -> Any:
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    declared = _DECLARED.search(source.raw[:1_024])
    charset = source.charset or (declared[1].decode("ascii") if declared else None)
    text = decode(source.raw, name=source.name, declared=charset, lenient=True)
    if _OWN_ENTITIES.match(text):
        raise ArticleError(
            f"{source.name}: declares entities of its own, which are not read", path=source.name
        )
    content = _ENTITY.sub(_letter, without_controls(_DECLARATION.sub("", text)))
    parser = XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return fromstring(content.encode("utf-8", "replace"), parser)
    except XMLSyntaxError as error:
        raise ArticleError(
            f"{source.name}: is broken XML ({one_line(str(error))})", path=source.name
        ) from error


def _letter(entity: re.Match[str]) -> str:
    """What an entity of HTML stands for, which feeds use without saying so."""
    return entity[0] if entity[1] in _OF_XML else html5.get(entity[1], entity[0])


def _name(element: Any) -> str | None:
    """What an element is called, if feeds may call one so."""
    from lxml.etree import QName

    if not isinstance(element.tag, str):
        return None
    name = QName(element)
    if name.namespace in _PREFIXES:
        return f"{_PREFIXES[name.namespace]}{name.localname}"
    return name.localname if name.namespace in _NAMESPACES else None


def _fields(element: Any) -> Fields:
    """The first child of each name; of links the address of the article."""
    fields: dict[str, Any] = {}
    for child in element:
        name = _name(child)
        if name == "link":
            if child.get("rel", "alternate") == "alternate":
                fields.setdefault(name, child.get("href") or child.text)
        elif name:
            fields.setdefault(name, child)
    group = fields.get("media:group")
    return fields if group is None else {**_fields(group), **fields}


def _text(element: Any) -> str:
    """The paragraphs in an element, which may hold HTML as a text or as elements."""
    from lxml.etree import tostring

    if element is None:
        return ""
    if len(element):
        inner = tostring(element, encoding="unicode", method="html", with_tail=False)
    else:
        inner = element.text or ""
        if element.get("type") in ("text", "text/plain") or not _HTML.search(inner):
            return paragraphs(inner)
    tree = parsed(f"<div>{inner}</div>")
    if tree is None:
        return ""
    prepare(tree)
    return block_text(tree)


def _line(element: Any) -> str | None:
    return one_line(_text(element)) or None


def _author(element: Any) -> str | None:
    if element is None:
        return None
    name = _fields(element).get("name")
    told = _line(name if name is not None else element)
    named = _RSS_AUTHOR.fullmatch(told or "")
    return named[1] if named else told
