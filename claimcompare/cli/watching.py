"""`watch`: feeds read again and again, and what is new in their stories."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from claimcompare import Usage
from claimcompare.cli.command import Command
from claimcompare.cli.console import Exit, errors_in_a_line, note, tell, tell_failures
from claimcompare.cli.declared import FILE
from claimcompare.cli.forms import form_option
from claimcompare.cli.grouping import Grouping, story_options
from claimcompare.cli.options import JudgeOptions, RunOptions, judge_options, run_options
from claimcompare.cli.outputs import check_state, opened
from claimcompare.cli.sources import SOURCES, Articles, read_options
from claimcompare.cli.usage import in_words, spent
from claimcompare.corpus.watched import Asking, Watched
from claimcompare.corpus.watching import Watch
from claimcompare.report.text import first_text, news_text

if TYPE_CHECKING:
    from claimcompare import ArticleError

_EXAMPLES = """\b
Examples:
  claimcompare watch https://herald.example/feed.xml inbox/ --state desk -m gpt-5-mini
  claimcompare watch feeds/*.xml --state desk -m gpt-5-mini --once > new.txt || mail desk < new.txt
\b
Exit codes of --once: 0 nothing has changed, 3 something has, 1 something failed (also where
something has changed), 2 it could not be done.
"""


@click.command("watch", cls=Command, epilog=_EXAMPLES)
@SOURCES
@click.option(
    "--state", type=FILE, required=True, metavar="FOLDER", help="Keep stories and what was seen."
)
@click.option(
    "--every", type=click.FloatRange(min=0, min_open=True), default=15.0, metavar="MINUTES",
    show_default=True, help="Read so often.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Read once and end.")
@form_option(lambda: ("text", "jsonl"))
@story_options(least=2, what="Compare a story once it has so many articles.")
@read_options
@run_options
@judge_options
def watch_command(
    articles: Articles,
    grouping: Grouping,
    *,
    state: Path,
    once: bool,
    **options: Any,
) -> None:
    """Read feeds again and again, and tell what is new in each story.

    Articles are grouped into stories. A story of two or more (--least) is compared, and updated
    when more come; its comparison is a file in the folder of the state, for report and update. A
    feed that cannot be read is told, and read again the next time.
    """
    own = {field: options.pop(field) for field in JudgeOptions.model_fields}
    every, form = options.pop("every"), options.pop("form")
    run, judging = RunOptions.of(**options), JudgeOptions(**own)
    hint = "; what was seen is kept, and the same command goes on from there"
    with errors_in_a_line(hint=hint):
        check_state(state, [*articles.sources, *run.files])
    with (
        errors_in_a_line(hint=hint),
        run.llm() as llm,
        judging.llm(run) as judge,
        Watch(state, settings=grouping.settings, least=grouping.least) as watch,
        run.recording(),
    ):
        run.tell_prompts()
        asking, paid = Asking(llm, judge, run.comparing), Usage()
        while True:
            ended = _round(watch, articles, asking, is_json=form == "jsonl")
            paid = _tell_paid(asking, before=paid)
            if once:
                break
            note(f"next in {every:g} minutes")
            sleep(every * 60)
    sys.exit(ended)


def _round(watch: Watch, articles: Articles, asking: Asking, *, is_json: bool) -> Exit:
    """Tell what one round brings; gives how it ended."""
    unread: list[ArticleError] = []
    found = articles(unread.append)
    failures = changed = 0
    for one in watch.round(found, asking, now=datetime.now(UTC)):
        failures += _failures(one)
        if one.comparison and (one.is_new or not _is_same(one)):
            changed += 1
            _show(one, is_json=is_json)
    for error in unread:
        tell(f"failed: {error}")
    if failures or unread:
        return Exit.WITH_FAILURES
    return Exit.CHANGED if changed else Exit.DONE


def _tell_paid(asking: Asking, *, before: Usage) -> Usage:
    """Tell what was paid so far, where that has become more."""
    paid = spent(asking.llm, asking.judge)
    if paid.calls > before.calls:
        note(f"paid so far: {in_words(paid)}")
    return paid


def _is_same(one: Watched) -> bool:
    changes = one.comparison.changes if one.comparison else None
    return changes is None or changes.is_empty


def _failures(one: Watched) -> int:
    """Tell what failed, and count it."""
    if one.error:
        tell(f"failed: story {one.story_id}: {one.error}")
        return 1
    return tell_failures(one.failed)


def _show(one: Watched, *, is_json: bool) -> None:
    made = one.comparison
    if made is None:
        return
    with opened(None) as file:
        if is_json:
            changes = made.changes.model_dump(mode="json") if made.changes else None
            told = {"story": one.story_id, "path": str(one.path), "new": one.is_new}
            file.write(f"{json.dumps({**told, 'changes': changes})}\n")
        else:
            words = first_text(made) if one.is_new else news_text(made)
            file.write(f"{one.path}\n{words}\n\n")
