"""Articles in files of kinds that other packages read."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count

from claimcompare.articles.lines import one_line
from claimcompare.articles.records import Extracted, Source, checked, numbered
from claimcompare.errors import ArticleError, ClaimCompareError
from claimcompare.plugins import load
from claimcompare.schema import Article

# Takes what is in a file, and what the file is called without its suffix, which may be an id.
# Raises ArticleError for what cannot be read.
ReadFile = Callable[[bytes, str], Iterable[Article]]
_SHOWN = 200


def read_brought(source: Source, kind: str) -> Iterator[Extracted | ArticleError]:
    """The articles that a reader of another package finds; raises ArticleError."""
    found = _found(source, kind)
    for number in count(1):
        article = next(found, None)
        if article is None:
            return
        yield numbered(source, number, partial(_extracted, article))


def _found(source: Source, kind: str) -> Iterator[Article]:
    """What the reader gives; whatever it fails with is told as what is wrong with the file."""
    try:
        read: ReadFile = load("articles", kind)
        for article in read(source.raw, source.stem):
            if not isinstance(article, Article):
                raise TypeError(f"gave {type(article).__name__}, and no Article")  # noqa: TRY301
            yield article
    except ClaimCompareError as error:
        raise ArticleError(f"{source.name}: {error}", path=source.name) from error
    except Exception as error:
        why = one_line(f"{type(error).__name__}: {error}")[:_SHOWN]
        told = f"{source.name}: the installed reader of .{kind} files failed ({why})"
        raise ArticleError(told, path=source.name) from error


def _extracted(article: Article, place: str) -> Extracted:
    fields = {name: getattr(article, name) for name in Extracted._fields}
    return checked(Extracted(**fields), place)
