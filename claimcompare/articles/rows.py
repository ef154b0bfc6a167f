"""Data sets of articles: JSON Lines, JSON arrays and tables."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pydantic_core import from_json

from claimcompare.articles.cells import records
from claimcompare.articles.encodings import decode
from claimcompare.articles.fields import article_of
from claimcompare.articles.records import Extracted, Source, numbered
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

# What a JSON object may call the list of its articles.
_LISTS = ("articles", "data")
_LINE = re.compile(r"[^\r\n]+")
_MOST_COLUMNS = 1_000
_SEPARATORS = ",;\t|"


def read_rows(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles of JSON Lines or of one JSON document; a row is a line or a place in a list."""
    text = decode(source.raw, name=source.name, declared=source.charset)
    for number, row in _json_rows(text):
        if isinstance(row, dict):
            yield numbered(source, number, partial(article_of, row, own=settings.fields))
        else:
            what = f"is no JSON ({row})" if isinstance(row, ValueError) else "is no JSON object"
            yield _fault(source.name, number, what)


def read_table(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles of a table with a header; rows are numbered as a spreadsheet shows them."""
    text = decode(source.raw, name=source.name, declared=source.charset)
    found = records(text, separator=_separator(text))
    header = header_of(next(found, None), source.name, settings.fields)
    for number, cells in enumerate(found, start=2):
        if cells is None:
            what = "a quotation mark in it is not closed, or text follows it"
            yield _fault(source.name, number, what)
        elif len(cells) > len(header) or (len(cells) < len(header) and any(cells)):
            what = f"has {len(cells)} columns, the header has {len(header)}"
            yield _fault(source.name, number, what)
        elif any(cells):
            row = dict(zip(header, cells, strict=True))
            yield numbered(source, number, partial(article_of, row, own=settings.fields))


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    """What stands in each row, or the ValueError that says why that is no JSON."""
    try:
        whole = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        if text.lstrip().startswith("["):
            return iter([(1, error)])
        return _json_lines(text)
    listed = whole if isinstance(whole, list) else _listed(whole)
    return enumerate([whole] if listed is None else listed, start=1)


def _listed(whole: Any) -> list[Any] | None:
    if not isinstance(whole, dict):
        return None
    return next((whole[key] for key in _LISTS if isinstance(whole.get(key), list)), None)


def _json_lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, from_json(line, allow_inf_nan=False)
        except ValueError as error:
            yield number, error


def _separator(text: str) -> str:
    """What separates the cells of a table: of the usual characters the commonest in its header."""
    header = _LINE.search(text)
    return max(_SEPARATORS, key=header[0].count) if header else ","


def header_of(cells: tuple[str, ...] | None, name: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """The names of columns as they stand there; raises ArticleError for what is no header."""
    if not cells or not any(cells):
        raise ArticleError(f"{name}: its first line is no header of a table", path=name)
    if len(cells) > _MOST_COLUMNS:
        raise ArticleError(
            f"{name}: has {len(cells)} columns; no more than {_MOST_COLUMNS} are read", path=name
        )
    names = [cell.strip().casefold() for cell in cells]
    twice = next((cell for cell in names if cell and names.count(cell) > 1), None)
    if twice:
        raise ArticleError(f"{name}: two columns are called {twice!a}", path=name)
    missing = next((one for one in own.values() if one.strip().casefold() not in names), None)
    if missing is not None:
        raise ArticleError(
            f"{name}: has no column {missing!a}, only {', '.join(map(ascii, cells))}", path=name
        )
    return cells


def _fault(name: str, number: int, what: str) -> ArticleError:
    return ArticleError(f"{name}: row {number}: {what}", path=name, row=number)
