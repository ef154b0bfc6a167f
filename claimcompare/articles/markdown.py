"""Markdown becomes text: what a reader sees of it, without the marks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from html import unescape
from tomllib import loads
from typing import TYPE_CHECKING, Any

from claimcompare.articles.encodings import decode
from claimcompare.articles.records import Extracted, Source, headed
from claimcompare.errors import ArticleError
from claimcompare.extras import needs

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?\r?\n)??\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = "+++"
_DEEPEST = 20
_LONGEST_FRONT_MATTER = 50_000
# How static site generators and note-taking programs call what we call so, too.
_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site"),
    "author": ("author", "authors"),
    "published": ("published", "date", "pubdate"),
    "url": ("url", "link", "canonical_url"),
    "language": ("lang", "language"),
}
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def read_markdown(source: Source) -> Extracted:
    """The article, with what its front matter tells; raises ArticleError."""
    text = decode(source.raw, name=source.name, declared=source.charset).removeprefix("\ufeff")
    front = _FRONT_MATTER.match(text)
    told = _front_matter(front, source.name) if front else None
    if front and told is not None:
        text = text[front.end() :]
    fields: dict[str, Any] = {name: _first(told or {}, names) for name, names in _NAMES.items()}
    return Extracted(text=headed(_plain(text, source.name), fields["title"]), **fields)


def _plain(text: str, name: str) -> str:
    """The blocks of a Markdown text, an empty line between them."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    # The parser leaves out what is deeper without a word.
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
        raise ArticleError(f"{name}: lists and quotations are nested too deeply", path=name)
    return "\n\n".join(_blocks(tokens))


def _blocks(tokens: Sequence["Token"]) -> Iterator[str]:
    cells: list[str] = []
    for token in tokens:
        if token.type in ("td_open", "th_open"):
            cells.append("")
        elif token.type == "tr_close":
            yield " | ".join(cells)
            cells = []
        elif token.type == "inline" and cells:
            cells[-1] = _inline(token)
        elif token.type == "inline":
            yield _inline(token)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield unescape(_TAG.sub("", _UNSEEN.sub("", token.content))).strip()


def _inline(token: "Token") -> str:
    parts = (_LINE_BREAKS.get(one.type, _words(one)) for one in token.children or ())
    return "".join(parts).strip()


def _words(token: "Token") -> str:
    """What a reader sees of a part of a line; a picture's description stands in its place."""
    return "" if token.type == "html_inline" else token.content


def _front_matter(found: re.Match[str], name: str) -> Mapping[str, Any] | None:
    """What stands between the marks, in YAML or TOML; None if that is prose between two lines.

    Raises ArticleError.
    """
    content = found[2] or ""
    if len(content) > _LONGEST_FRONT_MATTER:
        raise ArticleError(f"{name}: its front matter is too long", path=name)
    try:
        told = loads(content) if found[1] == _TOML else _yaml(content, name)
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"{name}: its front matter cannot be read; mend or remove it "
            f"({' '.join(str(error).split())})",
            path=name,
        ) from error
    return told if isinstance(told, dict) else None


def _yaml(content: str, name: str) -> Any:
    """What the YAML says; raises ArticleError, and ValueError where it is none."""
    fault = partial(ArticleError, path=name)
    with needs("files", f"{name}: reading front matter in YAML", raising=fault):
        from yaml import YAMLError, safe_load
    try:
        return safe_load(content)
    except YAMLError as error:
        raise ValueError(str(error)) from error


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = (_value(told.get(name)) for name in names)
    return next((value for value in found if value), None)


def _value(value: Any) -> str | None:
    """Words, dates and lists of words; what is deeper is nothing that an article has."""
    if isinstance(value, list):
        return ", ".join(one for one in value if isinstance(one, str)) or None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None
