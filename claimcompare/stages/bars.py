"""Bars that show how far a run is, in terminals and notebooks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

from claimcompare.schema import StageName
from claimcompare.stages.flow import Progress

if TYPE_CHECKING:
    from rich.console import Console

Wanted = Progress | bool | None
_STAGES: tuple[StageName, ...] = get_args(StageName)


@contextmanager
def shown(progress: Wanted) -> Iterator[Progress | None]:
    """What is to be told of progress: bars for True, nobody for False, else whoever is given."""
    if progress is True:
        with bars() as advance:
            yield advance
    else:
        yield None if progress is False else progress


@contextmanager
def bars(console: "Console | None" = None) -> Iterator[Progress]:
    """A bar for each stage once it begins, on standard error or in a notebook's cell.

    They go when the block is left. Nothing is shown where standard error is no terminal.
    """
    from rich.console import Console
    from rich.progress import Progress as Bars

    # What a caller prints is to stay on standard output where that leads elsewhere.
    together = sys.stdout is not None and sys.stdout.isatty()
    made = Bars(console=console or Console(stderr=True), transient=True, redirect_stdout=together)
    # Added before any other thread tells of them: a notebook shows them where this was called.
    tasks = {stage: made.add_task(stage, total=None, visible=False) for stage in _STAGES}

    def advance(stage: StageName, done: int, total: int) -> None:
        made.update(tasks[stage], completed=done, total=total, visible=True)

    with made:
        yield advance
