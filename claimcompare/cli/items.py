"""How far a run over many items is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from claimcompare.cli.console import is_quiet, tell

# Lines in a log, where nobody watches a bar.
_PARTS = 10
_SLOW = 0.1


@contextmanager
def items_done(what: str) -> Iterator[Callable[[int, int], None]]:
    """What shows the items done, of how many: a bar for those who watch, else a line now and then.

    With items a second, and the time left if it goes on like that.
    """
    if not sys.stderr.isatty():
        yield _nothing if is_quiet() else _Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[at]}"))
    start = monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, at="")

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, at=_pace(done, total, start))

        yield show


def _nothing(_: int, __: int) -> None:
    """What -q shows."""


class _Lines:
    def __init__(self, what: str) -> None:
        self._what = what
        self._start = monotonic()
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        part = done * _PARTS // max(1, total)
        if part > self._told:
            self._told = part
            pace = _pace(done, total, self._start)
            tell(f"{self._what}: {done} of {total}{pace and f', {pace}'}")


def _pace(done: int, total: int, start: float) -> str:
    passed = monotonic() - start
    if not done or passed <= 0:
        return ""
    rate = done / passed
    pace = f"{rate:.1f}/s" if rate >= _SLOW else f"{rate * 60:.1f}/min"
    minutes, seconds = divmod(round((total - done) / rate), 60)
    return f"{pace}, {minutes}:{seconds:02} left"
