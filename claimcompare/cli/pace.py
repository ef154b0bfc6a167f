"""How far the comparison of stories is, whose number nobody knows before the last."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from claimcompare import RunUsage, Usage
from claimcompare.cli.console import is_quiet, tell
from claimcompare.corpus import StoryResult

# Seconds between lines, where nobody watches.
_EVERY = 30.0


class Pace:
    """What is done so far, shown with each story."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self.stories = self.disputes = self.failed = self.failures = 0
        self.usage, self.by_stage = Usage(), RunUsage()

    def add(self, result: StoryResult) -> None:
        """Count a story, and name what failed of it."""
        self.stories += 1
        self.disputes += len(result.comparison.disputes) if result.comparison else 0
        self.failed += bool(result.failures)
        self.failures += len(result.failures)
        self.usage += result.usage
        if result.comparison:
            used = result.comparison.usage
            self.by_stage += used.model_copy(update={"extract_by_article": {}})
        if result.failures:
            first, *others = result.failures
            more = f" (and {len(others):,} more)" if others else ""
            tell(f"failed: story {result.story_id}: {first}{more}")
        self._show(self.line)

    @property
    def line(self) -> str:
        """All of it in a line."""
        cost = "" if self.usage.cost is None else f", ${self.usage.cost:.4f}"
        failed = f", {self.failed:,} with failures" if self.failed else ""
        return (
            f"stories: {self.stories:,} done{failed}; {self.disputes:,} disputes; "
            f"{self.usage.calls:,} calls{cost}"
        )


@contextmanager
def pace_shown() -> Iterator[Pace]:
    """A line that changes where somebody watches, else a line now and then."""
    if not sys.stderr.isatty():
        yield Pace(_nothing if is_quiet() else _lines())
        return
    from rich.console import Console

    with Console(stderr=True).status("stories: none done yet") as status:
        yield Pace(status.update)


def _nothing(_: str) -> None:
    """What -q shows."""


def _lines() -> Callable[[str], None]:
    last = monotonic()

    def show(line: str) -> None:
        nonlocal last
        if monotonic() - last >= _EVERY:
            last = monotonic()
            tell(line)

    return show
