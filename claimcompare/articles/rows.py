"""Data sets of articles: JSON Lines, JSON arrays and tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from pydantic_core import from_json

from claimcompare.articles.cells import Bad, Cells, each_record
from claimcompare.articles.encodings import decode, decode_each, flaw_of
from claimcompare.articles.fields import article_of
from claimcompare.articles.portions import whole
from claimcompare.articles.records import Extracted, Source, is_larger, numbered, too_large
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

# What a JSON object may call the list of its articles.
_LISTS = ("articles", "data")
_LINE = re.compile(r"[^\r\n]+")
_MOST_COLUMNS = 1_000
_SEPARATORS = ",;\t|"
# How the parser begins to tell that only the end is missing.
_OPEN = "EOF while parsing"
_QUOTE = "a quotation mark in it is not closed"


def read_rows(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles of JSON Lines or of one JSON document; a row is a line or a place in a list."""
    for number, row in _json_rows(source, settings.max_bytes):
        if isinstance(row, ArticleError):
            yield row
        elif isinstance(row, dict):
            yield numbered(source, number, partial(article_of, row, own=settings.fields))
        else:
            what = f"is no JSON ({row})" if isinstance(row, ValueError) else "is no JSON object"
            yield _fault(source.name, number, what)


def read_table(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles of a table with a header; rows are numbered as a spreadsheet shows them."""
    texts, most = _texts(source), settings.max_bytes
    start = next(texts)
    found = each_record(chain([start], texts), separator=_separator(start), max_bytes=most)
    header = header_of(next(found, None), source.name, settings.fields)
    for number, cells in enumerate(found, start=2):
        flaw = _flaw_of(cells) if source.rest else None
        if cells is Bad.SIZE:
            yield too_large(source.name, most, row=number, otherwise=f", or {_QUOTE}")
        elif cells is Bad.QUOTE:
            yield _fault(source.name, number, f"{_QUOTE}, or text follows it")
        elif flaw:
            yield _fault(source.name, number, flaw)
        elif len(cells) > len(header) or (len(cells) < len(header) and any(cells)):
            what = f"has {len(cells)} columns, the header has {len(header)}"
            yield _fault(source.name, number, what)
        elif any(cells):
            row = dict(zip(header, cells, strict=True))
            yield numbered(source, number, partial(article_of, row, own=settings.fields))


def _texts(source: Source) -> Iterator[str]:
    """The text in one part, or the first part of what is larger than allowed, and those after."""
    if not source.rest:
        return iter([decode(source.raw, name=source.name, declared=source.charset)])
    parts = chain([source.raw], source.rest)
    return decode_each(parts, name=source.name, declared=source.charset)


def _flaw_of(cells: Cells | Bad) -> str | None:
    return None if isinstance(cells, Bad) else next(filter(None, map(flaw_of, cells)), None)


def _json_rows(source: Source, most: int) -> Iterator[tuple[int, Any]]:
    """What stands in each row, or the error that says why that is no JSON, or is not read."""
    texts = _texts(source)
    text = next(texts)
    if source.rest:
        if _is_document(text):
            whole(source, most)
        return _read_lines(chain([text], texts), source, most)
    try:
        document = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        if text.lstrip().startswith("["):
            return iter([(1, error)])
        return _read_lines([text], source, most)
    listed = document if isinstance(document, list) else _listed(document)
    return enumerate([document] if listed is None else listed, start=1)


def _listed(document: Any) -> list[Any] | None:
    if not isinstance(document, dict):
        return None
    return next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)


def _is_document(start: str) -> bool:
    """Whether a text that goes on begins as one document of several lines, and not with a row."""
    if start.lstrip().startswith("["):
        return True
    try:
        from_json(start.encode("utf-8", "replace"), allow_inf_nan=False)
    except ValueError as error:
        if not str(error).startswith(_OPEN):
            return False
    return "\n" in start.strip()


def _read_lines(texts: Iterable[str], source: Source, most: int) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_lines(texts, most), start=1):
        if line is None:
            yield number, too_large(source.name, most, row=number)
        elif not line.strip():
            continue
        elif source.rest and (flaw := flaw_of(line)):
            yield number, _fault(source.name, number, flaw)
        else:
            yield number, _from_json(line)


def _from_json(line: str) -> Any:
    try:
        return from_json(line, allow_inf_nan=False)
    except ValueError as error:
        return error


def _lines(texts: Iterable[str], most: int) -> Iterator[str | None]:
    """Each line of a text that comes in parts; None for one too large, which is not held."""
    held, is_long = "", False
    for text in texts:
        held, at = held + text, 0
        while (end := held.find("\n", at)) >= 0:
            line = held[at:end]
            yield None if is_long or is_larger(line, most) else line
            at, is_long = end + 1, False
        held = held[at:]
        if is_long or len(held) > most:
            held, is_long = "", True
    yield None if is_long or is_larger(held, most) else held


def _separator(text: str) -> str:
    """What separates the cells of a table: of the usual characters the commonest in its header."""
    header = _LINE.search(text)
    return max(_SEPARATORS, key=header[0].count) if header else ","


def header_of(cells: Cells | Bad | None, name: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """The names of columns as they stand there; raises ArticleError for what is no header."""
    if not cells or isinstance(cells, Bad) or not any(cells):
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
