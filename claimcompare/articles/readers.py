"""Bytes of any kind become articles, in a process that can be ended where that may be needed."""

from collections.abc import Iterable, Iterator, Mapping

from claimcompare.articles.inside import read_inside
from claimcompare.articles.kinds import IN_PORTIONS, MANY, Kind, is_ours, kind_of
from claimcompare.articles.outside import Worker
from claimcompare.articles.portions import whole
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

# From how many bytes on: what smaller ones take is small, and starting a process takes time, too.
_OUTSIDE_FROM: Mapping[str, int] = {
    "pdf": 0, "docx": 0, "parquet": 0,
    "html": 100_000, "feed": 100_000, "mail": 100_000, "markdown": 100_000,
}  # fmt: skip


def read_one(source: Source, worker: Worker) -> Extracted:
    """The article that a file of one holds; raises ArticleError, also for a file of many."""
    kind = _kind(source, worker.settings)
    if kind in MANY:
        raise _may_be_many(source)
    source = whole(source, worker.settings.max_bytes)
    found = next(each := iter(_read(source, kind, worker)), None) or _none_in(source)
    if isinstance(found, ArticleError):
        raise found
    if next(each, None) is not None:
        raise _may_be_many(source)
    return found


def read_each(source: Source, worker: Worker) -> Iterator[Extracted | ArticleError]:
    """The articles in a file of any kind; an error stands for each that cannot be read."""
    try:
        kind = _kind(source, worker.settings)
        source, found = _to_read(source, kind, worker.settings), False
        for found_one in _read(source, kind, worker):
            found = True
            yield found_one
        if not found:
            yield _none_in(source)
    except ArticleError as error:
        yield error


def _kind(source: Source, settings: ReadSettings) -> Kind | str:
    try:
        return kind_of(source)
    except ArticleError:
        # What begins like nothing known may be too large, or broken, all the same.
        whole(source, settings.max_bytes)
        raise


def _to_read(source: Source, kind: Kind | str, settings: ReadSettings) -> Source:
    """What its reader takes: a file on the disk, portions, or the whole; raises ArticleError."""
    if kind == "parquet" and source.path:
        return source._replace(raw=b"", rest=())
    return source if kind in IN_PORTIONS else whole(source, settings.max_bytes)


def _may_be_many(source: Source) -> ArticleError:
    return ArticleError(
        f"{source.name}: may hold many articles; read_articles reads them", path=source.name
    )


def _none_in(source: Source) -> ArticleError:
    return ArticleError(f"{source.name}: holds no article", path=source.name)


def _read(source: Source, kind: Kind | str, worker: Worker) -> Iterable[Extracted | ArticleError]:
    # How much another package's reader takes is not known.
    least = _OUTSIDE_FROM.get(kind) if is_ours(kind) else 0
    if worker.settings.seconds is None or least is None or len(source.raw) < least:
        return read_inside(source, kind, worker.settings)
    return worker.each(source, kind)
