"""Rows of data sets become articles: which field of theirs is which of ours."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from claimcompare.articles.lines import one_line
from claimcompare.articles.records import Extracted, checked
from claimcompare.errors import ArticleError

# The first of these that a row has, in any case.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "id": ("id", "article_id"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "outlet", "source", "site"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "published_at", "publishedat", "date", "datetime", "pubdate"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
_SHOWN = 200
_OUR_CLAIMS = frozenset({"article_id", "speaker", "cue"})
_OUR_STORIES = frozenset({"articles", "continues"})
_NAME = re.compile(r'\s*"?([\w-]{1,40}(?: [\w-]{1,20}){0,2})"?\s*')
_SEPARATORS = re.compile(r"[,;\t|]")


def is_header(line: str) -> bool:
    """Whether a line can be nothing but the first one of a table with articles in it."""
    cells = [_NAME.fullmatch(cell) for cell in _SEPARATORS.split(line)]
    names = {cell[1].casefold() for cell in cells if cell}
    return len(cells) > 1 and None not in cells and bool(names.intersection(FIELDS["text"]))


def article_of(row: Mapping[str, Any], place: str, own: Mapping[str, str]) -> Extracted:
    """The article in a row, its text as it stands there; raises ArticleError.

    `own` maps our names to theirs and goes before the usual ones.
    """
    cells = {key.strip().casefold(): value for key, value in row.items()}
    if cells.keys() >= _OUR_CLAIMS:
        raise ArticleError(f"{place}: is a claim that was extracted before, and no article")
    if cells.keys() >= _OUR_STORIES:
        raise ArticleError(f"{place}: is a story and no article; corpus --stories takes stories")
    texts = (cells.get(name) for name in _names("text", own))
    text = next((text for text in texts if isinstance(text, str) and text.strip()), None)
    if text is None and any(isinstance(cells.get(name), str) for name in _names("text", own)):
        raise ArticleError(f"{place}: its text is empty")
    if text is None:
        raise no_text(place, row, own)
    told: dict[str, Any] = {
        field: _told(cells, _names(field, own)) for field in FIELDS if field != "text"
    }
    return checked(Extracted(text=text, **told), place)


def columns_of(header: Iterable[str], own: Mapping[str, str]) -> list[str]:
    """Those columns of a table that hold the fields of an article."""
    wanted = {name for field in FIELDS for name in _names(field, own)}
    return [name for name in header if name.strip().casefold() in wanted]


def has_text(header: Iterable[str], own: Mapping[str, str]) -> bool:
    """Whether a column of a table is called as the text is."""
    return any(name.strip().casefold() in _names("text", own) for name in header)


def no_text(place: str, names: Iterable[str], own: Mapping[str, str]) -> ArticleError:
    """That none of the names is that of the text, and what to do."""
    looked = ", ".join(_names("text", own))
    return ArticleError(
        f"{place}: has no text (looked for {looked} in {one_line(', '.join(names))[:_SHOWN]}); "
        "--field text=NAME or ReadSettings(fields=...) says where it is"
    )


def _names(field: str, own: Mapping[str, str]) -> tuple[str, ...]:
    return (own[field].strip().casefold(),) if field in own else FIELDS[field]


def _told(cells: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = (_plain(cells.get(name)) for name in names)
    return next((value for value in found if value is not None), None)


def _plain(value: Any) -> str | None:
    """A value as text; of several the list, of an object its name, of anything else none."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"
    if isinstance(value, Mapping):
        return _plain(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value))) or None
    return None
