"""Whatever names articles becomes the articles it names."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from claimcompare.articles.files import files_of, from_file, from_standard_input, passed_over
from claimcompare.articles.outside import Worker
from claimcompare.articles.packed import opened
from claimcompare.articles.readers import read_each, read_one
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.targets import is_url, without_login
from claimcompare.errors import ArticleError
from claimcompare.extras import needs

_STANDARD_INPUT = "-"


def each_in(name: Path | str, worker: Worker) -> Iterator[Extracted | ArticleError]:
    """The articles that a path, folder, pattern, URL or "-" names; errors stand in their place.

    A Path is never a pattern, a URL or standard input.
    """
    settings = worker.settings
    try:
        if name == _STANDARD_INPUT:
            yield from read_each(from_standard_input(settings.max_bytes), worker)
        elif isinstance(name, str) and is_url(name):
            yield from read_each(fetched(name, settings), worker)
        else:
            for path in files_of(name):
                yield from _in_file(path, worker)
            if Path(name).is_dir():
                yield from passed_over(Path(name))
    except ArticleError as error:
        yield error


def one_in(path: Path, worker: Worker) -> Extracted:
    """The article in a file; raises ArticleError."""
    with from_file(path, max_bytes=worker.settings.max_bytes) as source:
        return read_one(source, worker)


def one_at(url: str, worker: Worker) -> Extracted:
    """The article at a URL; raises ArticleError."""
    return read_one(fetched(url, worker.settings), worker)


def fetched(url: str, settings: ReadSettings) -> Source:
    """What is at a URL; raises ArticleError."""
    shown = without_login(url)
    fault = partial(ArticleError, path=shown)
    with needs("files", f"{shown}: reading from the web", raising=fault):
        from claimcompare.articles.web import fetch
    return opened(fetch(url, settings), settings.max_bytes)


def _in_file(path: Path, worker: Worker) -> Iterator[Extracted | ArticleError]:
    """One file's articles; a fault costs this file and none after it."""
    try:
        with from_file(path, max_bytes=worker.settings.max_bytes) as source:
            yield from read_each(source, worker)
    except ArticleError as error:
        yield error
