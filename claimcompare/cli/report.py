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
    disputes: int
    articles: int
    line: str
    first: str


def _list_stories(folder: Path, result: Result) -> None:
    """The stories that have a dispute, and how many have none."""
    if result.form != "text" or result.show or result.review:
        raise click.UsageError("--story ID says which story; without it there is only a list")
    result.check([folder])
    rows, others, failed = [], 0, 0
    for one in read_results(folder):
        failed += bool(one.failures)
        if one.comparison is not None and one.comparison.disputes:
            rows.append(_row(one, one.comparison))
        else:
            others += 1
    if not rows and not others:
        raise ArticleError(f"{folder}: holds no results of `claimcompare corpus`")
    rows.sort(key=lambda row: (row.disputes, row.articles), reverse=True)
    with opened(result.output) as file:
        file.writelines(f"{row.line}\n  {row.first}\n" for row in rows)
        file.writelines(f"{line}\n" for line in _rest(others, failed))


def _row(one: StoryResult, comparison: Comparison) -> _Row:
    disputes, articles = len(comparison.disputes), len(one.articles)
    days = when(article.published for article in comparison.articles)
    line = f"{one.story_id}  {days}, {_many(articles, 'article')}, {_many(disputes, 'dispute')}"
    return _Row(disputes, articles, line, printable(comparison.disputes[0].proposition))


def _rest(others: int, failed: int) -> Iterator[str]:
    if others:
        yield f"without a dispute: {others:,} {'story' if others == 1 else 'stories'}"
    if failed:
        yield f"with something that failed: {failed:,}"


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
