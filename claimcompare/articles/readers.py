"""Bytes of any kind become articles."""

from collections.abc import Iterator
from functools import partial

from claimcompare.articles.encodings import decode
from claimcompare.articles.kinds import MANY, Kind, kind_of
from claimcompare.articles.packed import opened
from claimcompare.articles.records import Extracted, Source, checked
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError


def read_one(source: Source, settings: ReadSettings) -> Extracted:
    """The article that a file of one holds; raises ArticleError, also for a file of many."""
    source = opened(source, settings.max_bytes)
    kind = kind_of(source)
    if kind in MANY:
        raise ArticleError(
            f"{source.name}: may hold many articles; read_articles reads them", path=source.name
        )
    return _one(source, kind, settings)


def read_each(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles in a file of any kind; an error stands for each that cannot be read."""
    try:
        found = False
        for found_one in _all(source, settings):
            found = True
            yield found_one
        if not found:
            yield ArticleError(f"{source.name}: holds no article", path=source.name)
    except ArticleError as error:
        yield error


def _all(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    source = opened(source, settings.max_bytes)
    kind = kind_of(source)
    if kind == "feed":
        from claimcompare.articles.feeds import read_feed

        yield from read_feed(source)
    elif kind in MANY:
        from claimcompare.articles.rows import read_rows, read_table

        yield from (read_table if kind == "table" else read_rows)(source, settings)
    else:
        yield _one(source, kind, settings)


def _one(source: Source, kind: Kind, settings: ReadSettings) -> Extracted:
    found = _read(source, kind, settings)
    return checked(found._replace(id=source.stem, url=source.url or found.url), source.name)


def _read(source: Source, kind: Kind, settings: ReadSettings) -> Extracted:
    if kind == "markdown":
        from claimcompare.articles.markdown import read_markdown

        return read_markdown(source)
    if kind == "html":
        from claimcompare.articles.html import read_html

        return read_html(source)
    if kind == "pdf":
        from claimcompare.articles.pdf import read_pdf

        return read_pdf(source, settings)
    if kind == "mail":
        from claimcompare.articles.mail import read_mail

        return read_mail(source, partial(_part, settings=settings))
    if kind == "captions":
        from claimcompare.articles.captions import read_captions

        return read_captions(source)
    # Text is taken as it is, so that offsets fit the file.
    return Extracted(text=decode(source.raw, name=source.name, declared=source.charset))


def _part(source: Source, settings: ReadSettings) -> Extracted:
    return _read(source, "html" if source.suffix == ".html" else "text", settings)
