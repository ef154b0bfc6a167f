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
from claimcompare.corpus.growth import Growth

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


def _list_stories(folder: Path, result: Result) -> None:
    """The stories that have a dispute, and how many have none; of one that grew, the last."""
    if result.form != "text" or result.show or result.review:
        raise click.UsageError("--story ID says which story; without it there is only a list")
    result.check([folder])
    growth, rows, failed = Growth(), [], set()
    for one in read_results(folder):
        growth.add(one)
        rows.append(_row(one))
        if one.failures:
            failed.add(one.story_id)
    if not rows:
        raise ArticleError(f"{folder}: holds no results of `claimcompare corpus`")
    outgrown = growth.outgrown()
    left = [row for row in rows if row.story_id not in outgrown]
    told = [row for row in left if row.disputes]
    told.sort(key=lambda row: (row.disputes, row.articles), reverse=True)
    with opened(result.output) as file:
        file.writelines(f"{row.line}\n  {row.first}\n" for row in told)
        rest = _rest(len(left) - len(told), len(failed - outgrown), len(outgrown))
        file.writelines(f"{line}\n" for line in rest)


def _row(one: StoryResult) -> _Row:
    articles, made = len(one.articles), one.comparison
    if made is None or not made.disputes:
        return _Row(one.story_id, 0, articles, "", "")
    disputes, days = len(made.disputes), when(article.published for article in made.articles)
    line = f"{one.story_id}  {days}, {_many(articles, 'article')}, {_many(disputes, 'dispute')}"
    return _Row(one.story_id, disputes, articles, line, printable(made.disputes[0].proposition))


def _rest(others: int, failed: int, outgrown: int) -> Iterator[str]:
    if others:
        yield f"without a dispute: {_stories(others)}"
    if failed:
        yield f"with something that failed: {failed:,}"
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
