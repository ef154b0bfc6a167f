"""Bytes of a kind that is known become articles, in this process."""

from collections.abc import Iterator
from functools import partial

from claimcompare.articles.encodings import decode
from claimcompare.articles.heads import with_head
from claimcompare.articles.kinds import CALLED, MANY, Kind, is_ours
from claimcompare.articles.records import Extracted, Source, checked
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError
from claimcompare.extras import Extra, needs


def read_inside(
    source: Source, kind: Kind | str, settings: ReadSettings
) -> Iterator[Extracted | ArticleError]:
    """The articles in a file; an error stands for each of many; raises ArticleError.

    What is no kind of ours is the name of another package's reader.
    """
    if not is_ours(kind):
        from claimcompare.articles.brought import read_brought

        yield from read_brought(source, kind)
        return
    fault = partial(ArticleError, path=source.name)
    extra: Extra = "corpus" if kind == "parquet" else "files"
    with needs(extra, f"{source.name}: reading {CALLED[kind]}", raising=fault):
        yield from _inside(source, kind, settings)


def _inside(
    source: Source, kind: Kind | str, settings: ReadSettings
) -> Iterator[Extracted | ArticleError]:
    if kind == "feed":
        from claimcompare.articles.feeds import read_feed

        yield from read_feed(source)
    elif kind == "parquet":
        from claimcompare.articles.parquet import read_parquet

        yield from read_parquet(source, settings)
    elif kind in MANY:
        from claimcompare.articles.rows import read_rows, read_table

        yield from (read_table if kind == "table" else read_rows)(source, settings)
    else:
        found = _read(source, kind, settings)
        if kind in ("text", "markdown"):
            found = with_head(found)
        yield checked(found._replace(id=source.stem, url=source.url or found.url), source.name)


def _read(source: Source, kind: Kind | str, settings: ReadSettings) -> Extracted:
    if kind in ("pdf", "docx"):
        return _document(source, kind, settings)
    if kind == "markdown":
        from claimcompare.articles.markdown import read_markdown

        return read_markdown(source)
    if kind == "html":
        from claimcompare.articles.html import read_html

        return read_html(source)
    if kind == "mail":
        from claimcompare.articles.mail import read_mail

        return read_mail(source, partial(_part, settings=settings))
    if kind == "captions":
        from claimcompare.articles.captions import read_captions

        return read_captions(source)
    # Text is taken as it is, so that offsets fit the file.
    return Extracted(text=decode(source.raw, name=source.name, declared=source.charset))


def _document(source: Source, kind: Kind | str, settings: ReadSettings) -> Extracted:
    if kind == "pdf":
        from claimcompare.articles.pdf import read_pdf

        return read_pdf(source, settings)
    from claimcompare.articles.docx import read_docx

    return read_docx(source, settings)


def _part(source: Source, settings: ReadSettings) -> Extracted:
    return _read(source, "html" if source.suffix == ".html" else "text", settings)
