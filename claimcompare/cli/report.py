"""`claimcompare report`: what was made before, shown again without a model."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from claimcompare import ArticleError, Comparison
from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line, printable
from claimcompare.cli.declared import FILE
from claimcompare.cli.outputs import opened
from claimcompare.cli.reading import load_comparison
from claimcompare.cli.results import Result, result_options
from claimcompare.cli.stories import when
from claimcompare.corpus import StoryResult, read_results
from claimcompare.corpus.reading import growth_in

_EXAMPLES = """\b
Examples:
  claimcompare report made.json -o report.html --open
  claimcompare report results/
  claimcompare report results/ --story 3f9c2d1a7b604e58 -o report.html
"""


@click.command("report", cls=Command, epilog=_EXAMPLES)
@click.argument("made", type=FILE, metavar="COMPARISON.json|RESULTS")
@click.option("--story", metavar="ID", help="The story of a corpus's results to render.")
@result_options
def report_command(made: Path, result: Result, *, story: str | None) -> None:
    """Render a comparison again, without a model.

    Of the RESULTS of `claimcompare corpus`, a folder, the stories are listed, those with most
    disputes first, or one of them is rendered.
    """
    with errors_in_a_line():
        if made.is_dir() and story is None:
            _list_stories(made, result)
            return
        if story is not None and not made.is_dir():
            raise click.UsageError("--story goes with the folder that `claimcompare corpus` wrote")
        comparison = _of_story(made, story) if story else load_comparison(made)
        result.check([made])
        result.put(comparison)


class _Row(NamedTuple):
    story_id: str
    disputes: int
    articles: int
    line: str
    first: str
    is_compared: bool
    has_failed: bool


def _list_stories(folder: Path, result: Result) -> None:
    """The stories that have a dispute, and how many have none; of one that grew, the last."""
    if result.form != "text" or result.show or result.review:
        raise click.UsageError("--story ID says which story; without it there is only a list")
    result.check([folder])
    growth, rows, outgrown = growth_in(folder), [], set[str]()
    for one in read_results(folder):
        rows.append(_row(one))
        outgrown.update(growth.within(one))
    if not rows:
        raise ArticleError(f"{folder}: holds no results of `claimcompare corpus`")
    left = [row for row in rows if row.story_id not in outgrown]
    told = [row for row in left if row.disputes]
    told.sort(key=lambda row: (row.disputes, row.articles), reverse=True)
    with opened(result.output) as file:
        file.writelines(f"{row.line}\n  {row.first}\n" for row in told)
        file.writelines(f"{line}\n" for line in _rest(left, len(outgrown)))


def _row(one: StoryResult) -> _Row:
    articles, made = len(one.articles), one.comparison
    told = made is not None, bool(one.failures)
    if made is None or not made.disputes:
        return _Row(one.story_id, 0, articles, "", "", *told)
    disputes, days = len(made.disputes), when(article.published for article in made.articles)
    line = f"{one.story_id}  {days}, {_many(articles, 'article')}, {_many(disputes, 'dispute')}"
    first = printable(made.disputes[0].proposition)
    return _Row(one.story_id, disputes, articles, line, first, *told)


def _rest(left: list[_Row], outgrown: int) -> Iterator[str]:
    compared = [row for row in left if row.is_compared]
    if others := sum(not row.disputes for row in compared):
        yield f"without a dispute: {_stories(others)}"
    if failed := sum(row.has_failed for row in compared):
        yield f"of all these, with something that failed: {_stories(failed)}"
    if missing := len(left) - len(compared):
        yield f"not compared, as nothing was answered: {_stories(missing)}"
    if outgrown:
        yield f"left out, as a larger story has all their articles: {_stories(outgrown)}"


def _stories(count: int) -> str:
    return f"{count:,} {'story' if count == 1 else 'stories'}"


def _of_story(folder: Path, story: str) -> Comparison:
    found = next((one for one in read_results(folder) if one.story_id == story), None)
    if found is None:
        raise ArticleError(f"{folder}: holds no story {story!a}; without --story they are listed")
    if found.comparison is None:
        why = "; ".join(found.failures)
        raise ArticleError(f"{folder}: story {story} has no comparison ({why})")
    return found.comparison


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
