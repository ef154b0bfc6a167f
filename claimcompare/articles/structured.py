"""What a page tells programs of its article, in JSON for linked data."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from pydantic_core import from_json

from claimcompare.articles.markup import block_text, paragraphs, parsed, prepare

_SCRIPTS = "//script[contains(@type, 'ld+json')]"
_SOLD = (
    "//*[@itemprop='isAccessibleForFree']"
    " | //meta[@property='article:content_tier'][@content='locked']"
)
_ARTICLE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|\w*BlogPosting|Report)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_DIGITS = re.compile(r"[0-9]{1,9}")
# Where words have no space between them, characters are counted.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
# What is not free and shorter is the beginning that everybody may read.
_STUB = 1_500
_MOST_OF_IT = 0.7
# Lists of other articles are no part of this one.
_MOST_NODES = 10_000


class Told(NamedTuple):
    """The text of an article, and whether all of it is free to read and how many words it has."""

    text: str = ""
    free: bool = True
    words: int | None = None

    def is_stub(self, text: str) -> bool:
        """Whether a text is only the beginning of an article that is sold."""
        if self.free:
            return False
        return self.has_more_than(text) if self.words else len(text) < _STUB

    def has_more_than(self, text: str) -> bool:
        """Whether a text lacks a good part of the words that the article is told to have."""
        return len(_WORD.findall(text)) < _MOST_OF_IT * (self.words or 0)


def told_of(tree: Any) -> Told:
    """What the page tells, of the longest text where there are several."""
    found = [_told(node) for node in _nodes(tree) if _is_article(node)]
    told = max(found, key=lambda told: len(told.text), default=Told())
    return told._replace(free=told.free and not _is_sold(tree))


def _is_sold(tree: Any) -> bool:
    """Whether marks in the page, and not its JSON, tell that the article is not free."""
    return any(
        one.get("content") == "locked" or _is_false(_marked(one)) for one in tree.xpath(_SOLD)
    )


def _marked(element: Any) -> str:
    """The value of a property that is marked in a page."""
    value = element.get("content") or element.get("href") or element.text_content()
    return str(value).strip()


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in the page's scripts, outer ones first, but none that an article holds."""
    waiting = deque(_json(script.text_content()) for script in tree.xpath(_SCRIPTS))
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(one for one in value if isinstance(one, list | Mapping))
        elif isinstance(value, Mapping):
            yield value
            if not _is_article(value):
                waiting.extend(value.values())


def _json(text: str) -> Any:
    try:
        return from_json(text.strip().removesuffix(";"))
    except ValueError:
        return None


def _is_article(node: Any) -> bool:
    if not isinstance(node, Mapping):
        return False
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE.fullmatch(name) for name in names)


def _told(node: Mapping[str, Any]) -> Told:
    return Told(
        text="\n\n".join(filter(None, _texts(node))),
        free=_is_free(node),
        words=_number(node.get("wordCount")),
    )


def _is_free(node: Mapping[str, Any]) -> bool:
    """Whether an article is free to read, else what is told of its parts."""
    parts = node.get("hasPart")
    told = [node, *(parts if isinstance(parts, list) else [parts])]
    values = [one.get("isAccessibleForFree") for one in told if isinstance(one, Mapping)]
    return not any(map(_is_false, values[:1] if values[0] is not None else values))


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.lower().endswith("false"))


def _number(value: Any) -> int | None:
    """A number, which some write as a text."""
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    return value if isinstance(value, int) else None


def _texts(node: Mapping[str, Any]) -> Iterator[str]:
    """The text of an article, then of each post of a live one after its headline."""
    yield _plain(node.get("articleBody"))
    posts = node.get("liveBlogUpdate")
    for post in posts if isinstance(posts, list) else [posts]:
        if isinstance(post, Mapping):
            yield _plain(post.get("headline"))
            yield _plain(post.get("articleBody"))


def _plain(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    if not _TAG.search(text):
        return paragraphs(unescape(text))
    tree = parsed(f"<div>{text}</div>")
    if tree is None:
        return ""
    prepare(tree)
    return block_text(tree)
