"""What a watch asks about a story, and what comes of it."""

from collections.abc import Collection, Iterable
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from claimcompare.errors import ArticleError, BudgetExceeded, LLMError
from claimcompare.llm import LLM
from claimcompare.pipeline import compare
from claimcompare.schema import Article, Comparison, LedgerRow
from claimcompare.stages import CompareSettings
from claimcompare.stages.log import failed_rows, failed_since
from claimcompare.stages.standing import unanswered
from claimcompare.updating import update


class Asking(NamedTuple):
    """Who reads what is new, and how."""

    llm: LLM
    judge: LLM | None = None
    settings: CompareSettings | None = None


class Watched(NamedTuple):
    """What came of a story: its comparison, new or updated, where that is kept; or an error.

    `failed` are the rows of the ledger that tell what got no answer this time, and what is still
    without any from before.
    """

    story_id: str
    path: Path
    comparison: Comparison | None = None
    is_new: bool = False
    failed: tuple[LedgerRow, ...] = ()
    error: str = ""


class ToDo(NamedTuple):
    """A story to ask about, by its articles.

    Those that are in its comparison, those that take the place of a former version there, under its
    id, and those that are in no comparison yet.
    """

    story_id: str
    there: list[Article]
    again: list[Article]
    fresh: list[Article]


def made_of(one: ToDo, path: Path, asking: Asking) -> Watched:
    """What comes of a story whose comparison is in a file, if it has one; raises BudgetExceeded."""
    try:
        known = one.there or one.again
        before = read_comparison(path) if known and path.exists() else None
        if before:
            made = update(before, _given(before, one), **asking._asdict())
        else:
            made = compare(_apart([*one.there, *one.again, *one.fresh]), **asking._asdict())
    except BudgetExceeded:
        raise
    except (ArticleError, LLMError) as error:
        return Watched(one.story_id, path, error=str(error))
    failed = failed_since(before.ledger if before else (), made.ledger)
    every = tuple(dict.fromkeys((*failed, *waiting(made))))
    return Watched(one.story_id, path, made, is_new=before is None, failed=every)


def waiting(comparison: Comparison) -> list[LedgerRow]:
    """The rows of what is without an answer and can be asked again: articles, and claims."""
    claims = unanswered(comparison.ledger) & {one.id for one in comparison.claims}
    failed = failed_rows(comparison.ledger)
    return [row for row in failed if row.stage == "extract" or row.item in claims]


def _given(before: Comparison, one: ToDo) -> list[Article]:
    """What to update with: what was not read in full, other versions, and what is new.

    What is new is called like none that is there, or it could be taken for a version of it.
    """
    failed = {row.article_id for row in waiting(before) if row.stage == "extract"}
    left = failed - {article.id for article in one.again}
    known = [*one.again, *(article for article in before.articles if article.id in left)]
    return [*known, *_apart(one.fresh, {article.id for article in (*before.articles, *known)})]


def _apart(articles: Iterable[Article], taken: Collection[str] = ()) -> list[Article]:
    """The articles, each of an id of its own: one that is taken gets a number after it."""
    made: dict[str, Article] = {}
    for article in articles:
        names = (f"{article.id}-{number}" for number in count(2))
        every = chain([article.id], names)
        own = next(name for name in every if name not in made and name not in taken)
        made[own] = article if own == article.id else article.model_copy(update={"id": own})
    return list(made.values())


def read_comparison(path: Path) -> Comparison:
    """The comparison in a file; raises ArticleError."""
    try:
        return Comparison.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        message = f"{path}: cannot be read as a comparison; put it back, or move it away"
        raise ArticleError(message, path=path) from error
