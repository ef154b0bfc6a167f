"""What a command shows, and how it ends."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from time import monotonic
from typing import NoReturn, TextIO

import click

from claimcompare import ClaimCompareError, LedgerRow
from claimcompare.articles import one_line
from claimcompare.schema import StageName
from claimcompare.stages import Progress, bars
from claimcompare.stages.log import failed_rows

# Where a command's context keeps how much is said: -1 with -q, 1 and more with -v.
LOUDNESS = "claimcompare.loudness"
# Seconds between lines, where nobody watches a bar.
_EVERY = 30.0


class Exit(IntEnum):
    """Exit codes."""

    DONE = 0
    WITH_FAILURES = 1
    CANNOT_RUN = 2
    CHANGED = 3
    INTERRUPTED = 130


def tell_failures(ledger: Iterable[LedgerRow]) -> int:
    """Name what failed, and count it."""
    failed = failed_rows(ledger)
    for row in failed:
        tell(f"failed: {row.article_id}, {row.item}: {row.reason}")
    return len(failed)


def tell(line: str) -> None:
    """A line beside the results; where nobody can be told, the exit code still says it."""
    try:
        click.echo(printable(line), err=True)
    except OSError:
        discard(sys.stderr)


def note(line: str) -> None:
    """A line beside the results that nobody needs, told unless -q was given."""
    if not is_quiet():
        tell(line)


def is_quiet() -> bool:
    """Whether -q was given; known on the thread of the command alone."""
    context = click.get_current_context(silent=True)
    return context is not None and context.meta.get(LOUDNESS, 0) < 0


def printable(line: str) -> str:
    """A line in which no name or answer of others moves the cursor or breaks off."""
    return line if line.isprintable() else one_line(line)


def discard(stream: TextIO) -> None:
    """Send what a stream still holds nowhere, as Python would fail on it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def tell_all(lines: Iterable[str]) -> None:
    """Lines beside the results."""
    for line in lines:
        tell(line)


def note_all(lines: Iterable[str]) -> None:
    """Lines beside the results, told unless -q was given."""
    for line in lines:
        note(line)


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
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        tell(f"claimcompare: stopped{hint}")
        sys.exit(Exit.INTERRUPTED)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar for each stage where somebody watches, else a line now and then."""
    if not sys.stderr.isatty():
        yield _progress_lines()
        return
    with bars() as advance:
        yield advance


def _progress_lines() -> Progress:
    last, quiet = monotonic(), is_quiet()

    def advance(stage: StageName, done: int, total: int) -> None:
        nonlocal last
        if not quiet and monotonic() - last >= _EVERY:
            last = monotonic()
            tell(f"{stage}: {done} of {total} calls are done")

    return advance
