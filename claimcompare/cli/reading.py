"""What a command line names: articles, and comparisons made before."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from claimcompare import Article, ArticleError, Comparison, GoldError
from claimcompare.articles import article_paths, decode

if TYPE_CHECKING:
    from claimcompare.evaluation import Evaluation

Skip = Callable[[ArticleError], None]


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
    try:
        return Comparison.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValidationError as error:
        raise ArticleError(
            f"{path}: not a comparison of this version ({_first(error)})", path=path
        ) from error


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


def load_evaluation(path: Path) -> "Evaluation":
    """An evaluation in JSON; raises GoldError."""
    from claimcompare.evaluation import Evaluation

    try:
        return Evaluation.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValidationError as error:
        raise GoldError(
            f"{path}: not an evaluation of this version ({_first(error)})", path=path
        ) from error


def _first(error: ValidationError) -> str:
    """Where the first fault lies, and what it is."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"
