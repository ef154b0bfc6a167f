"""`claimcompare corpus`: the comparison of every story, kept as it is made."""

import json
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from claimcompare import BudgetExceeded, CompareSettings
from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line, leave, note, note_all, tell
from claimcompare.cli.declared import FILE, option
from claimcompare.cli.grouping import Grouping, story_options
from claimcompare.cli.options import JudgeOptions, RunOptions, judge_options, run_options
from claimcompare.cli.outputs import check_folder, say
from claimcompare.cli.pace import Pace, pace_shown
from claimcompare.cli.sources import SOURCES, Articles, read_options
from claimcompare.cli.stories import Told
from claimcompare.cli.usage import estimate_lines, in_words, stage_lines
from claimcompare.corpus import Model, Results, Story, compare_stories
from claimcompare.corpus.folders import check_run, form_in
from claimcompare.corpus.reading import done_in
from claimcompare.dry_run import estimate_groups
from claimcompare.provenance import settings_told

_EXAMPLES = """\b
Examples:
  claimcompare corpus archive.parquet results/ --field text=body --dry-run
  claimcompare corpus archive.parquet results/ --field text=body -m gpt-5-mini --max-cost 20
  claimcompare corpus 'news/*.html' results/ -m qwen3-32b --base-url http://127.0.0.1:8000/v1
  claimcompare report results/
"""


_GOES_ON = "the same command goes on from there"


class _Left:
    """The stories whose results are not there yet; the others are counted."""

    def __init__(self, told: Told, done: Collection[str]) -> None:
        self._told = told
        self._done = done
        self.before = 0

    def __iter__(self) -> Iterator[Story]:
        for story in self._told:
            if story.id in self._done:
                self.before += 1
            else:
                yield story


@click.command("corpus", cls=Command, epilog=_EXAMPLES)
@SOURCES
@click.argument("output", type=FILE, metavar="OUTPUT")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["jsonl", "parquet"]),
    help="Else as OUTPUT holds already, else jsonl.",
)
@click.option(
    "--stories",
    "ready",
    is_flag=True,
    help="PATH is JSON Lines of stories, as `claimcompare stories -f jsonl` writes them.",
)
@click.option("--dry-run", is_flag=True, help="Tell what it would take, and send nothing.")
@story_options()
@read_options
@run_options
@judge_options
@option(
    "--workers",
    group="Limits",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes, which share the limits; one serves a server that answers slowly just as well.",
)
def corpus_command(
    articles: Articles, grouping: Grouping, output: Path, *, dry_run: bool, **options: Any
) -> None:
    """Compare the articles of each story, many stories in a run.

    Articles are grouped into stories, each about one event, and compared with no others.

    PATH is a file, a folder, a quoted pattern such as 'news/**/*.html', a URL, or - for standard
    input. A file is text, Markdown, HTML, PDF, DOCX, mail or subtitles, or holds many
    articles: JSON Lines, CSV, Parquet, RSS or Atom.

    OUTPUT is a folder: a row a story, with its comparison, what it took and what failed. The same
    command again goes on where it was stopped: what is there is not asked for again.
    """
    own = {field: options.pop(field) for field in JudgeOptions.model_fields}
    form, ready, workers = (options.pop(name) for name in ("form", "ready", "workers"))
    run, judging = RunOptions.of(**options), JudgeOptions(**own)
    if workers > 1 and (run.record or run.replay):
        raise click.UsageError("--record and --replay go with one worker")
    told = Told(articles, grouping, ready=ready)
    with errors_in_a_line(hint=f"; what is done is in {output}, and {_GOES_ON}"):
        check_folder(output, [*articles.sources, *run.files])
        models = run.as_model(), judging.as_model(run)
        made_by, form = _made_by(*models, run.comparing), form or form_in(output) or "jsonl"
        if dry_run:
            check_run(output, form, made_by)
            _tell_estimate(told, output, run, judging)
            leave(told.unread)
        run.tell_prompts()
        kept = Results(output, form=form, run=made_by)
        with kept as results, run.recording():
            pace = _compared(told, results, models, run.comparing, workers)
        if run.show_usage:
            note_all(stage_lines(pace.by_stage))
    leave(pace.failures + told.unread)


def _compared(
    told: Told,
    results: Results,
    models: tuple[Model, Model | None],
    settings: CompareSettings,
    workers: int,
) -> Pace:
    """Compare what is left to do, and tell what came of it."""
    left = _Left(told, results.done)
    llm, judge = models
    stream = compare_stories(left, llm=llm, judge=judge, settings=settings, workers=workers)
    with pace_shown() as pace, closing(stream):
        try:
            for result in stream:
                results.add(result)
                pace.add(result)
        except BudgetExceeded as error:
            tell(f"stopped: {error}; the same command goes on with what is left")
            pace.failures += 1
        except KeyboardInterrupt:
            note(pace.line)
            raise
    note_all(told.lines())
    note(f"{pace.line}; {left.before:,} done before")
    known = "; answers that were known are counted, too" if pace.usage.calls else ""
    note(f"used: {in_words(pace.usage)}{known}")
    return pace


def _made_by(llm: Model, judge: Model | None, settings: CompareSettings) -> dict[str, str]:
    """What all results of a folder are made by."""
    judging = judge.settings if judge else None
    told = {"model": llm.name, **({"judge": judge.name} if judge else {})}
    for whose, changed in settings_told(llm.settings, judging, settings).items():
        told |= {f"{whose}: {name}": json.dumps(value) for name, value in changed.items()}
    return told


def _tell_estimate(told: Told, output: Path, run: RunOptions, judging: JudgeOptions) -> None:
    left = _Left(told, done_in(output))
    with run.llm() as llm, judging.llm(run) as judge:
        groups = (story.articles for story in left)
        expected = estimate_groups(groups, llm=llm, judge=judge, settings=run.comparing)
    for line in told.lines():
        say(line)
    if left.before:
        say(f"done before: {left.before:,} stories in {output}, which are not counted below")
    for line in estimate_lines(expected):
        say(line)
