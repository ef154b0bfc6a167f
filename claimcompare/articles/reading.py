"""`read_articles()`: whatever holds articles becomes articles, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from claimcompare.articles.files import PassedOver
from claimcompare.articles.outside import Worker
from claimcompare.articles.records import Extracted
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.sources import each_in, one_at, one_in
from claimcompare.articles.targets import is_url
from claimcompare.errors import ArticleError
from claimcompare.schema import Article

Skip = Callable[[ArticleError], None]


def read_articles(
    sources: Iterable[Path | str] | Path | str,
    *,
    settings: ReadSettings | None = None,
    skip: Skip | None = None,
) -> Iterator[Article]:
    """The articles in files, folders, patterns ("news/*.html"), URLs and "-", each with its own id.

    A file may hold one article (text, Markdown, HTML, PDF, DOCX, mail, subtitles) or many (JSON
    Lines, JSON, CSV, RSS, Atom), also packed by gzip; "-" is standard input. A Path is never a
    pattern or a URL. `skip` hears of each article that cannot be read, a row of a file as well as a
    file, and of each file of a folder that is passed over; without it the first that cannot be read
    raises ArticleError.
    """
    names = [sources] if isinstance(sources, Path | str) else sources
    taken: dict[str, int] = {}
    with Worker(settings or ReadSettings()) as worker:
        for found in chain.from_iterable(each_in(name, worker) for name in names):
            if not isinstance(found, ArticleError):
                yield _with_own_id(_article(found), taken)
            elif skip is not None:
                skip(found)
            elif not isinstance(found, PassedOver):
                raise found


def read_article(source: Path | str, *, settings: ReadSettings | None = None) -> Article:
    """The one article in a file or at a URL; raises ArticleError.

    Text, Markdown, HTML, PDF, DOCX, mail and subtitles are read. Addresses that are not public are
    refused, also behind redirects, unless `ReadSettings(allow_private=True)`.
    """
    with Worker(settings or ReadSettings()) as worker:
        if isinstance(source, str) and is_url(source):
            return _article(one_at(source, worker))
        return _article(one_in(Path(source), worker))


def _article(found: Extracted) -> Article:
    return Article(**found._asdict() | {"id": found.id or "article"})


def _with_own_id(article: Article, taken: dict[str, int]) -> Article:
    """The article, with a number after its id where another has that already."""
    name = article.id
    while article.id in taken:
        taken[name] += 1
        article = article.model_copy(update={"id": f"{name}-{taken[name]}"})
    taken[article.id] = 1
    return article
