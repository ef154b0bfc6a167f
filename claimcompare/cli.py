"""The command line: parse, call, print, exit code."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from pydantic import ValidationError

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    ClaimCompareError,
    CompareSettings,
    Comparison,
    LLMSettings,
    compare,
    extract,
)
from claimcompare.articles import article_paths, decode
from claimcompare.llm import recording
from claimcompare.report import FORMS, Format, render
from claimcompare.schema import LedgerRow, Record, StageName
from claimcompare.stages import Progress

R = TypeVar("R")
_FILE = click.Path(path_type=Path)


class Exit(IntEnum):
    """Exit codes."""

    DONE = 0
    WITH_FAILURES = 1
    CANNOT_RUN = 2
    INTERRUPTED = 130


class RunOptions(Record):
    """The options of the commands that use a model."""

    model: str
    base_url: str | None
    gguf: Path | None
    prompts: Path | None
    record: Path | None
    replay: Path | None
    concurrency: int

    def llm(self) -> LLM:
        """The model to call."""
        settings = LLMSettings(gguf=self.gguf, concurrency=self.concurrency)
        return LLM(self.model, base_url=self.base_url, settings=settings)

    def recording(self) -> AbstractContextManager[None]:
        """Where responses are recorded to or replayed from, if at all."""
        if self.record and self.replay:
            raise click.UsageError("use --record or --replay, not both")
        if self.record:
            return recording.record(self.record)
        return recording.replay(self.replay) if self.replay else nullcontext()


_OUTPUT = click.option("-o", "--output", type=_FILE, help="Write to this file.")
_FORMAT = click.option(
    "-f", "--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True
)
_PATHS = click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="PATH...")


def _run_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "-m",
            "--model",
            default="local",
            show_default=True,
            envvar="CLAIMCOMPARE_MODEL",
            help="The embedded model, or a model of the endpoint.",
        ),
        click.option("--base-url", help="An OpenAI-compatible endpoint."),
        click.option("--gguf", type=_FILE, help="Another model file for -m local."),
        click.option("--prompts", type=_FILE, help="A folder with prompts of your own."),
        click.option("--record", type=_FILE, help="Record the responses to this file."),
        click.option("--replay", type=_FILE, help="Answer from a recording, without network."),
        click.option(
            "--concurrency",
            type=click.IntRange(min=1),
            default=16,
            show_default=True,
            help="Requests at the same time; the embedded model takes one.",
        ),
    ):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name="claimcompare")
def app() -> None:
    """Who claims what in the news, who denies it, and on what words."""


@app.command("compare")
@_PATHS
@_FORMAT
@_OUTPUT
@_run_options
def compare_command(
    paths: tuple[Path, ...], form: Format, output: Path | None, **options: Any
) -> None:
    """Compare articles: disputes with support, denial and context.

    PATH is a file, a folder, or - for standard input.
    """
    comparison = _with_model(compare, paths, RunOptions(**options))
    _write(render(comparison, form), output)
    _leave(comparison.ledger)


@app.command("extract")
@_PATHS
@_OUTPUT
@_run_options
def extract_command(paths: tuple[Path, ...], output: Path | None, **options: Any) -> None:
    """List the claims of articles, one JSON object a line.

    PATH is a file, a folder, or - for standard input.
    """
    extraction = _with_model(extract, paths, RunOptions(**options))
    if not extraction.claims:
        click.echo("No claims found.", err=True)
    _write("".join(f"{claim.model_dump_json()}\n" for claim in extraction.claims), output)
    _leave(extraction.log.ledger)


@app.command("report")
@click.argument("comparison", type=_FILE, metavar="COMPARISON.json")
@_FORMAT
@_OUTPUT
def report_command(comparison: Path, form: Format, output: Path | None) -> None:
    """Render a comparison again, without a model."""
    with _errors_in_a_line():
        made = _load(comparison)
    _write(render(made, form), output)


def _with_model(work: Callable[..., R], paths: Iterable[Path], run: RunOptions) -> R:
    """What `compare` or `extract` makes of the articles."""
    with _errors_in_a_line(), run.recording(), _progress() as progress:
        settings = CompareSettings(prompts=run.prompts)
        return work(_read(paths), llm=run.llm(), settings=settings, progress=progress)


def _read(paths: Iterable[Path]) -> list[Article]:
    """The articles with ids of their own; `-` is standard input."""
    articles: list[Article] = []
    taken: set[str] = set()
    for path in article_paths(paths):
        article = _from_stdin() if str(path) == "-" else Article.from_path(path)
        name, number = article.id, 2
        while article.id in taken:
            article = article.model_copy(update={"id": f"{name}-{number}"})
            number += 1
        taken.add(article.id)
        articles.append(article)
    return articles


def _from_stdin() -> Article:
    return Article(id="stdin", text=decode(sys.stdin.buffer.read(), name="standard input"))


def _load(path: Path) -> Comparison:
    try:
        return Comparison.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        raise ArticleError(
            f"{path}: not a comparison of this version ({where}: {first['msg']})", path=path
        ) from error


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        _stop(f"{output}: cannot be written ({error.strerror})")


def _leave(ledger: tuple[LedgerRow, ...]) -> None:
    failed = [row for row in ledger if row.outcome == "failed"]
    for row in failed:
        click.echo(f"failed: {row.article_id}, {row.item}: {row.reason}", err=True)
    sys.exit(Exit.WITH_FAILURES if failed else Exit.DONE)


@contextmanager
def _errors_in_a_line() -> Iterator[None]:
    try:
        yield
    except ClaimCompareError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        click.echo("claimcompare: stopped", err=True)
        sys.exit(Exit.INTERRUPTED)


def _stop(message: str) -> NoReturn:
    click.echo(f"claimcompare: {message}", err=True)
    sys.exit(Exit.CANNOT_RUN)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar for each stage, where somebody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def advance(stage: StageName, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance
