"""What a command shows, and how it ends."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import NoReturn, TextIO

import click

from claimcompare import ClaimCompareError, LedgerRow
from claimcompare.schema import StageName
from claimcompare.stages import Progress
from claimcompare.stages.log import failed_rows


class Exit(IntEnum):
    """Exit codes."""

    DONE = 0
    WITH_FAILURES = 1
    CANNOT_RUN = 2
    INTERRUPTED = 130


def check_output(output: Path | None) -> None:
    """Stop now if results could not be written after the work."""
    if output is None:
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with output.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        stop(f"{output}: cannot be written ({error.strerror})")


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Where results go: a file in UTF-8, or standard output."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        stop(f"{output}: cannot be written ({error.strerror})")


def tell_failures(ledger: Iterable[LedgerRow]) -> int:
    """Name what failed, and count it."""
    failed = failed_rows(ledger)
    for row in failed:
        tell(f"failed: {row.article_id}, {row.item}: {row.reason}")
    return len(failed)


def tell(line: str) -> None:
    """A line beside the results."""
    click.echo(line, err=True)


def tell_all(lines: Iterable[str]) -> None:
    """Lines beside the results."""
    for line in lines:
        tell(line)


def leave(failures: int) -> NoReturn:
    """End with the exit code for that many failures."""
    sys.exit(Exit.WITH_FAILURES if failures else Exit.DONE)


def stop(message: str) -> NoReturn:
    """End because nothing can be done, in one line."""
    tell(f"claimcompare: {message}")
    sys.exit(Exit.CANNOT_RUN)


@contextmanager
def errors_in_a_line(*, hint: str = "") -> Iterator[None]:
    """Errors of ours and Ctrl-C without a traceback; `hint` is for whoever interrupts."""
    try:
        yield
    except ClaimCompareError as error:
        stop(str(error))
    except KeyboardInterrupt:
        tell(f"claimcompare: stopped{hint}")
        sys.exit(Exit.INTERRUPTED)


@contextmanager
def progress_bars() -> Iterator[Progress | None]:
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
