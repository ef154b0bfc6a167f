"""`read_articles()`: whatever holds articles becomes articles."""

from collections.abc import Callable, Collection, Iterable, Iterator
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
Articles = Iterable[Article] | Iterable[Path | str] | Path | str
# So many characters of what is no article.
_SHOWN = 60


def read_articles(
    sources: Iterable[Path | str] | Path | str,
    *,
    settings: ReadSettings | None = None,
    skip: Skip | None = None,
) -> list[Article]:
    """The articles in files, folders, patterns ("news/*.html"), URLs and "-", each with its own id.

    A file may hold one article (text, Markdown, HTML, PDF, DOCX, mail, subtitles) or many (JSON
    Lines, JSON, CSV, Parquet, RSS, Atom), also packed by gzip; "-" is standard input. A Path is
    never a pattern or a URL. `skip` hears of each article that cannot be read, a row of a file as
    well as a file, and of each file of a folder that is passed over; without it the first that
    cannot be read raises ArticleError.

    For more articles than fit into memory there is `iter_articles`.
    """
    return list(iter_articles(sources, settings=settings, skip=skip))


def iter_articles(
    sources: Iterable[Path | str] | Path | str,
    *,
    settings: ReadSettings | None = None,
    skip: Skip | None = None,
) -> Iterator[Article]:
    """Like `read_articles`, for any number of articles: each is read when it is asked for.

    They come once, and none comes after an error.
    """
    return _each(sources, settings or ReadSettings(), skip)


def articles_of(given: Articles) -> Iterable[Article]:
    """Articles as they are, and those that paths, folders, patterns and URLs among them name.

    They are read when they are asked for; that raises ArticleError.
    """
    if isinstance(given, Collection):
        made = [one for one in given if isinstance(one, Article)]
        if len(made) == len(given):
            return made
    return _each(given, ReadSettings(), None)


def read_article(source: Path | str, *, settings: ReadSettings | None = None) -> Article:
    """The one article in a file or at a URL; raises ArticleError.

    Text, Markdown, HTML, PDF, DOCX, mail and subtitles are read. Addresses that are not public are
    refused, also behind redirects, unless `ReadSettings(allow_private=True)`.
    """
    with Worker(settings or ReadSettings()) as worker:
        if isinstance(source, str) and is_url(source):
            return _article(one_at(source, worker))
        return _article(one_in(Path(source), worker))


def _each(given: Articles, settings: ReadSettings, skip: Skip | None) -> Iterator[Article]:
    """Articles as they are given, and as they are read, which get ids that none before them has."""
    taken: dict[str, int] = {}
    with Worker(settings) as worker:
        for one in [given] if isinstance(given, Path | str) else given:
            if isinstance(one, Article):
                taken.setdefault(one.id, 1)
                yield one
            else:
                for found in _read(one, worker, skip):
                    yield _with_own_id(found, taken)


def _read(source: Path | str, worker: Worker, skip: Skip | None) -> Iterator[Article]:
    if not isinstance(source, Path | str):
        raise ArticleError(
            f"{type(source).__name__} {str(source)[:_SHOWN]!r} is no Article, and no path or URL; "
            "give a list of those"
        )
    for found in each_in(source, worker):
        if not isinstance(found, ArticleError):
            yield _article(found)
        elif skip is not None:
            skip(found)
        elif not isinstance(found, PassedOver):
            raise found


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
