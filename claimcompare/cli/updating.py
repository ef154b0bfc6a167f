"""`update`: a comparison with new articles, and what they change."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from claimcompare import LLM, Article, ArticleError, Comparison, Usage, update
from claimcompare.cli.command import Command
from claimcompare.cli.console import (
    Exit,
    errors_in_a_line,
    leave,
    note,
    note_all,
    progress_shown,
    stop,
    tell,
    tell_failures,
)
from claimcompare.cli.declared import FILE
from claimcompare.cli.options import JudgeOptions, RunOptions, judge_options, run_options
from claimcompare.cli.outputs import opened, say
from claimcompare.cli.reading import bytes_of, comparison_in
from claimcompare.cli.results import Result, result_options
from claimcompare.cli.sources import SOURCES, Articles, read_options
from claimcompare.cli.usage import estimate_lines, spent, usage_lines
from claimcompare.dry_run import estimate_update
from claimcompare.report.fields import moment
from claimcompare.report.news import since as published_since
from claimcompare.report.records import to_json
from claimcompare.report.text import news_text
from claimcompare.schema import LedgerRow
from claimcompare.stages.log import failed_since
from claimcompare.whole import write_whole

_EXAMPLES = """\b
Examples:
  claimcompare update story.json today/*.html -m gpt-5-mini -o story-2.json
  claimcompare update story.json https://herald.example/feed.xml -m gpt-5-mini --in-place
  claimcompare update story.json feed.xml --in-place -o story.html --since 2026-11-03
\b
Exit codes: 0 nothing has changed, 3 something has, 1 something failed (also where something has
changed), 2 it could not be done.
"""


class _Day(click.ParamType[datetime]):
    """A day or a moment as ISO 8601 writes it."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment; of a day its beginning."""
        found = value if isinstance(value, datetime) else moment(value)
        if found is None:
            self.fail(f"{value!r} is no date such as 2026-11-03", param, ctx)
        return found


@click.command("update", cls=Command, epilog=_EXAMPLES)
@click.argument("comparison", type=FILE, metavar="COMPARISON.json")
@SOURCES
@click.option("--in-place", is_flag=True, help="Write the updated comparison to COMPARISON.json.")
@click.option(
    "--since",
    type=_Day(),
    metavar="DATE",
    help="Tell only what articles published since then change, and those without a date.",
)
@click.option("--dry-run", is_flag=True, help="Tell what it would take, and send nothing.")
@result_options
@read_options
@run_options
@judge_options
def update_command(
    comparison: Path,
    articles: Articles,
    result: Result,
    *,
    in_place: bool,
    since: datetime | None,
    **options: Any,
) -> None:
    """Add new articles to a comparison, and tell what they change.

    Only what is new is read and asked about; articles that are in it already are passed over. The
    text form tells what is new (with --all, everything), the others hold the whole, with what is
    new marked. COMPARISON.json stays as it is unless --in-place is given.
    """
    own = {field: options.pop(field) for field in JudgeOptions.model_fields}
    dry_run = options.pop("dry_run")
    run, judging = RunOptions.of(**options), JudgeOptions(**own)
    with (
        errors_in_a_line(hint=run.after_a_stop()),
        run.llm() as llm,
        judging.llm(run) as judge,
        _alone(comparison, is_replaced=in_place and not dry_run),
    ):
        before = bytes_of(comparison, ArticleError)
        known = comparison_in(before, comparison)
        if dry_run:
            leave(_tell_estimate(known, articles, run, llm, judge))
        result.check([comparison, *articles.sources, *run.files])
        run.tell_prompts()
        given, unread = _read(articles)
        after = _updated(known, given, run, llm, judge)
        told = _put(after, result, since)
        is_read = after.ledger != known.ledger
        if in_place and is_read:
            _replace(comparison, before, after)
        failures = unread + tell_failures(_failed(known, after))
        if is_read:
            _note_kept(after, spent(llm, judge), run, is_kept=in_place or result.keeps)
    sys.exit(_exit(failures, told))


def _read(articles: Articles) -> tuple[list[Article], int]:
    """What can be read, and how much cannot be, which is told: a broken entry must not stop a feed.

    Raises ArticleError where nothing can be read at all.
    """
    unread: list[ArticleError] = []
    given = list(articles(unread.append))
    for error in unread if given else unread[1:]:
        tell(f"failed: {error}")
    if unread and not given:
        raise unread[0]
    return given, len(unread)


def _updated(
    known: Comparison, given: list[Article], run: RunOptions, llm: LLM, judge: LLM | None
) -> Comparison:
    with run.recording(), progress_shown() as progress:
        return update(known, given, llm=llm, judge=judge, settings=run.comparing, progress=progress)


def _put(after: Comparison, result: Result, since: datetime | None) -> Comparison:
    """What is told of the updated comparison, once it is written where it is to go."""
    told = _since(after, since)
    result.put(told, short=news_text)
    if result.output:
        _tell_news(told)
    return told


def _tell_estimate(
    known: Comparison, articles: Articles, run: RunOptions, llm: LLM, judge: LLM | None
) -> int:
    """Tell what it would take; how much cannot be read."""
    given, unread = _read(articles)
    expected = estimate_update(known, given, llm=llm, judge=judge, settings=run.comparing)
    for line in estimate_lines(expected):
        say(line)
    if expected.usage.total.calls:
        say("after reading, the claims of before are counted as if they were new: it may be less")
    return unread


def _failed(known: Comparison, after: Comparison) -> list[LedgerRow]:
    """What got no answer in the update."""
    return failed_since(_not_read_again(known, after), after.ledger)


def _not_read_again(known: Comparison, after: Comparison) -> list[LedgerRow]:
    """The rows of before but for articles read now: what fails again in the same words is told."""
    return [row for row in known.ledger if row.article_id not in after.usage.extract_by_article]


def _note_kept(after: Comparison, now: Usage, run: RunOptions, *, is_kept: bool) -> None:
    note_all(usage_lines(after.usage, now, in_detail=run.show_usage))
    if not is_kept:
        note("the updated comparison is not kept: that takes --in-place, or -o NEW.json")


def _replace(path: Path, before: bytes, after: Comparison) -> None:
    """Write the comparison in one step, unless somebody else has written there meanwhile."""
    path = path.resolve()
    if path.read_bytes() != before:
        stop(f"{path}: was changed meanwhile; run the update again, what was answered is kept")
    write_whole(path, f"{to_json(after)}\n", keep_mode=True)


@contextmanager
def _alone(path: Path, *, is_replaced: bool) -> Iterator[None]:
    """Nobody else replaces the comparison meanwhile; stops now if it cannot be replaced at all."""
    if not is_replaced:
        yield
        return
    from filelock import FileLock, Timeout

    path = path.resolve()
    if not os.access(path.parent, os.W_OK):
        stop(f"{path}: cannot be replaced (its folder takes no new file)")
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        stop(f"{path}: another update of it is under way; run this one when that has ended")
    try:
        yield
    finally:
        lock.release()


def _since(after: Comparison, day: datetime | None) -> Comparison:
    if day is None or after.changes is None:
        return after
    told = published_since(after.changes, after, day)
    if told != after.changes:
        note(f"articles from before {day.date()} changed something, too, which --since leaves out")
    return after.model_copy(update={"changes": told})


def _tell_news(comparison: Comparison) -> None:
    with opened(None) as file:
        file.write(f"{news_text(comparison)}\n")


def _exit(failures: int, told: Comparison) -> Exit:
    if failures:
        return Exit.WITH_FAILURES
    return Exit.CHANGED if told.changes and not told.changes.is_empty else Exit.DONE
