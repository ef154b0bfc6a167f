"""The commands."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    Comparison,
    RunUsage,
    compare,
    extract_each,
)
from claimcompare.cli.console import (
    errors_in_a_line,
    leave,
    note_all,
    progress_shown,
    tell,
    tell_all,
    tell_failures,
)
from claimcompare.cli.corpus import corpus_command
from claimcompare.cli.declared import FILE
from claimcompare.cli.evaluation import eval_group
from claimcompare.cli.forms import form_of
from claimcompare.cli.group import Group
from claimcompare.cli.models import models_command
from claimcompare.cli.options import (
    CACHE_FOLDER,
    OUTPUT,
    JudgeOptions,
    RunOptions,
    judge_options,
    run_options,
)
from claimcompare.cli.outputs import check_output, opened, opened_late, say
from claimcompare.cli.report import report_command
from claimcompare.cli.results import Result, result_options
from claimcompare.cli.review import review_command
from claimcompare.cli.sources import SOURCES, Articles, read_options
from claimcompare.cli.stories import stories_command
from claimcompare.cli.updating import update_command
from claimcompare.cli.usage import estimate_lines, spent, usage_lines, used_also
from claimcompare.cli.watching import watch_command
from claimcompare.dry_run import Estimate, estimate, estimate_each
from claimcompare.llm.cache import cache_info, clear_cache
from claimcompare.prompts import copy_prompts
from claimcompare.report import comparison_schema

_COMPARE_EXAMPLES = """\b
Examples:
  claimcompare compare herald.txt courier.html
  claimcompare compare 'story/*.html' -m gpt-5-mini -o report.html --open
  claimcompare compare feed.xml -m qwen3-32b --base-url http://127.0.0.1:8000/v1 --dry-run
"""
_EXTRACT_EXAMPLES = """\b
Examples:
  claimcompare extract archive.jsonl --field text=body -m gpt-5-mini -o claims.jsonl
  claimcompare extract news/ -m gpt-5-mini --max-cost 2.50 > claims.jsonl
"""
_DRY = click.option("--dry-run", is_flag=True, help="Tell what it would take, and send nothing.")


@click.group(cls=Group)
@click.version_option(package_name="claimcompare")
def app() -> None:
    """Who claims what in the news, who denies it, and on what words."""


@app.command("compare", epilog=_COMPARE_EXAMPLES)
@SOURCES
@result_options
@_DRY
@read_options
@run_options
@judge_options
def compare_command(articles: Articles, result: Result, *, dry_run: bool, **options: Any) -> None:
    """Compare articles: disputes with support, denial and context.

    PATH is a file, a folder, a quoted pattern such as 'news/**/*.html', a URL, or - for standard
    input. A file is text, Markdown, HTML, PDF, DOCX, mail or subtitles, or holds many
    articles: JSON Lines, CSV, Parquet, RSS or Atom.
    """
    own = {field: options.pop(field) for field in JudgeOptions.model_fields}
    run, judging = RunOptions.of(**options), JudgeOptions(**own)
    with (
        errors_in_a_line(hint=run.after_a_stop()),
        run.llm() as llm,
        judging.llm(run) as judge,
    ):
        if dry_run:
            _tell_estimate(estimate(articles(None), llm=llm, judge=judge, settings=run.comparing))
            return
        result.check([*articles.sources, *run.files])
        run.tell_prompts()
        comparison = _compared(articles(None), run, llm, judge)
        result.put(comparison)
        failures = tell_failures(comparison.ledger)
        now = spent(llm, judge)
        note_all(usage_lines(comparison.usage, now, in_detail=run.show_usage))
    leave(failures)


@app.command("extract", epilog=_EXTRACT_EXAMPLES)
@SOURCES
@OUTPUT
@_DRY
@read_options
@run_options
def extract_command(
    articles: Articles, output: Path | None, *, dry_run: bool, **options: Any
) -> None:
    """List the claims of articles, one JSON object a line, as they are found.

    PATH is a file, a folder, a quoted pattern such as 'news/**/*.html', a URL, or - for standard
    input. A file is text, Markdown, HTML, PDF, DOCX, mail or subtitles, or holds many
    articles: JSON Lines, CSV, Parquet, RSS or Atom.
    """
    run = RunOptions.of(**options)
    form_of("jsonl", output, ["jsonl"])
    with errors_in_a_line(hint=run.after_a_stop()), run.llm() as llm:
        if dry_run:
            _tell_estimate(estimate_each(articles(None), llm=llm, settings=run.comparing))
            return
        check_output(output, [*articles.sources, *run.files])
        run.tell_prompts()
        failures = _extracted(articles, run, llm, output)
    leave(failures)


@app.command("schema")
def schema_command() -> None:
    """The JSON Schema of a comparison, as -f json writes it."""
    with opened(None) as file:
        file.write(f"{json.dumps(comparison_schema(), indent=2)}\n")


@app.group("cache")
def cache_group() -> None:
    """The answers that are kept, so that none is paid for twice."""


@cache_group.command("info")
@CACHE_FOLDER
def cache_info_command(cache_folder: Path | None) -> None:
    """Where they are, how many, and how large."""
    with errors_in_a_line():
        info = cache_info(cache_folder)
    say(f"{info.path}: {info.answers:,} answers, {info.size / 1e6:.1f} MB")


@cache_group.command("clear")
@CACHE_FOLDER
def cache_clear_command(cache_folder: Path | None) -> None:
    """Forget them all."""
    with errors_in_a_line():
        before = clear_cache(cache_folder)
    say(f"{before.path}: {before.answers:,} answers forgotten")


@app.group("prompts")
def prompts_group() -> None:
    """The prompts that are shipped, to be changed."""


@prompts_group.command("copy")
@click.argument("folder", type=FILE, metavar="FOLDER")
def prompts_copy_command(folder: Path) -> None:
    """Copy them to a folder; use that with --prompts, and leave in it what you change."""
    with errors_in_a_line():
        for path in copy_prompts(folder):
            say(str(path))


app.add_command(update_command)
app.add_command(stories_command)
app.add_command(corpus_command)
app.add_command(report_command)
app.add_command(watch_command)
app.add_command(eval_group)
app.add_command(review_command)
app.add_command(models_command)


def _compared(
    articles: Iterable[Article], run: RunOptions, llm: LLM, judge: LLM | None
) -> Comparison:
    with run.recording(), progress_shown() as progress:
        return compare(articles, llm=llm, judge=judge, settings=run.comparing, progress=progress)


def _extracted(articles: Articles, run: RunOptions, llm: LLM, output: Path | None) -> int:
    """Write the claims, and tell what failed; gives how much did."""
    unread: list[ArticleError] = []
    failures, claims, used = 0, 0, RunUsage()
    with run.recording(), progress_shown() as progress:
        read = _some(articles(unread.append), unread)
        stream = extract_each(read, llm=llm, settings=run.comparing, progress=progress)
        with closing(stream), opened_late(output, stream) as (file, extractions):
            for extraction in extractions:
                file.writelines(f"{claim.model_dump_json()}\n" for claim in extraction.claims)
                file.flush()
                failures += tell_failures(extraction.log.ledger)
                claims += len(extraction.claims)
                used = used_also(used, extraction, by_article=run.show_usage)
    if unread and not used.extract.calls and not failures and not claims:
        raise unread[0]
    tell_all(f"failed: {error}" for error in unread)
    if not claims:
        tell("No claims found.")
    note_all(usage_lines(used, llm.spent, in_detail=run.show_usage))
    return failures + len(unread)


def _some(articles: Iterable[Article], unread: Sequence[ArticleError]) -> Iterator[Article]:
    """The articles; raises the first error where none of them could be read."""
    found = False
    for article in articles:
        found = True
        yield article
    if unread and not found:
        raise unread[0]


def _tell_estimate(expected: Estimate) -> None:
    for line in estimate_lines(expected):
        say(line)
