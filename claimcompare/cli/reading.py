"""What a command line names: articles, and comparisons made before."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from claimcompare import Article, ArticleError, Comparison, GoldError
from claimcompare.articles import article_paths, decode
from claimcompare.schema import Record

if TYPE_CHECKING:
    from claimcompare.evaluation import Evaluation

Skip = Callable[[ArticleError], None]
R = TypeVar("R", bound=Record)


def read_articles(paths: Iterable[Path], *, skip: Skip | None = None) -> Iterator[Article]:
    """The articles one by one, with ids of their own; `-` is standard input.

    `skip` hears of those that cannot be read; without it the first raises ArticleError.
    """
    taken: dict[str, int] = {}
    for path in article_paths(paths):
        try:
            article = _from_stdin() if str(path) == "-" else Article.from_path(path)
        except ArticleError as error:
            if skip is None:
                raise
            skip(error)
            continue
        yield _with_own_id(article, taken)


def load_comparison(path: Path) -> Comparison:
    """A comparison in JSON; raises ArticleError."""
    return _load(path, Comparison, ArticleError)


def load_evaluation(path: Path) -> "Evaluation":
    """An evaluation in JSON; raises GoldError."""
    from claimcompare.evaluation import Evaluation

    return _load(path, Evaluation, GoldError)


def _with_own_id(article: Article, taken: dict[str, int]) -> Article:
    """The article, with a number after its id where another has that already."""
    name = article.id
    while article.id in taken:
        taken[name] += 1
        article = article.model_copy(update={"id": f"{name}-{taken[name]}"})
    taken[article.id] = 1
    return article


def _from_stdin() -> Article:
    return Article(id="stdin", text=decode(sys.stdin.buffer.read(), name="standard input"))


def _load(path: Path, kind: type[R], fault: type[ArticleError] | type[GoldError]) -> R:
    """A record in JSON, as this version writes it."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise fault(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        name = "a comparison" if kind is Comparison else "an evaluation"
        raise fault(
            f"{path}: not {name} of this version ({where}: {first['msg']})", path=path
        ) from error
