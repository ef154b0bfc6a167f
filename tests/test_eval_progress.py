"""How far an evaluation is: lines where nobody watches, else a bar."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from claimcompare.cli import items
from claimcompare.cli.items import items_done
from tests.llm.server import FakeServer
from tests.test_eval_cli import _only_the_fake_endpoint, data, judged, rows, server, written

__all__ = ["_only_the_fake_endpoint", "data", "server"]


class FakeClock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    fake = FakeClock()
    monkeypatch.setattr(items, "monotonic", fake)
    return fake


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 100 columns; pytest captures anew for the test, which has to show it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return Terminal()


@contextmanager
def shown_on(terminal: Terminal) -> Iterator[Callable[[int, int], None]]:
    """Progress where standard error is that terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        with items_done("stance") as on_items:
            yield on_items


def told(
    capsys: pytest.CaptureFixture[str], clock: FakeClock, total: int, seconds: float = 1.0
) -> list[str]:
    """The lines of a run in which each item takes so many seconds."""
    with items_done("stance") as on_items:
        for done in range(1, total + 1):
            clock.now += seconds
            on_items(done, total)
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("total", [10, 95, 1_000])
def test_a_line_is_told_for_each_tenth(
    capsys: pytest.CaptureFixture[str], clock: FakeClock, total: int
) -> None:
    lines = told(capsys, clock, total)
    done = [int(line.split()[1]) for line in lines]
    # The first item at which a tenth is full, in whole numbers.
    assert done == [-(-total * part // 10) for part in range(1, 11)]


@pytest.mark.parametrize("total", [1, 3, 9])
def test_a_few_items_have_a_line_each(
    capsys: pytest.CaptureFixture[str], clock: FakeClock, total: int
) -> None:
    lines = told(capsys, clock, total)
    assert [line.split(",")[0] for line in lines] == [
        f"stance: {done} of {total}" for done in range(1, total + 1)
    ]


def test_a_line_has_the_pace_and_the_time_left(
    capsys: pytest.CaptureFixture[str], clock: FakeClock
) -> None:
    lines = told(capsys, clock, 300, seconds=0.5)
    assert lines[0] == "stance: 30 of 300, 2.0/s, 2:15 left"
    assert lines[-2:] == [
        "stance: 270 of 300, 2.0/s, 0:15 left",
        "stance: 300 of 300, 2.0/s, 0:00 left",
    ]


def test_the_pace_is_that_since_the_start(
    capsys: pytest.CaptureFixture[str], clock: FakeClock
) -> None:
    with items_done("pairs") as on_items:
        clock.now += 10
        on_items(1, 10)
        clock.now += 2
        on_items(4, 10)
    assert capsys.readouterr().err.splitlines() == [
        "pairs: 1 of 10, 0.1/s, 1:30 left",
        "pairs: 4 of 10, 0.3/s, 0:18 left",
    ]


def test_slow_items_are_counted_by_the_minute(
    capsys: pytest.CaptureFixture[str], clock: FakeClock
) -> None:
    assert told(capsys, clock, 2, seconds=40)[0] == "stance: 1 of 2, 1.5/min, 0:40 left"


def test_a_line_without_a_pace_ends_with_the_count(
    capsys: pytest.CaptureFixture[str], clock: FakeClock
) -> None:
    lines = told(capsys, clock, 2, seconds=0)
    assert lines == ["stance: 1 of 2", "stance: 2 of 2"]


@pytest.mark.parametrize("calls", [[], [(0, 0)], [(0, 7)]])
def test_nothing_is_told_before_an_item_is_done(
    capsys: pytest.CaptureFixture[str], clock: FakeClock, calls: list[tuple[int, int]]
) -> None:
    with items_done("stance") as on_items:
        for done, total in calls:
            clock.now += 1
            on_items(done, total)
    assert capsys.readouterr().err == ""


def test_many_calls_within_a_tenth_tell_one_line(
    capsys: pytest.CaptureFixture[str], clock: FakeClock
) -> None:
    with items_done("stance") as on_items:
        clock.now += 1
        for _ in range(5):
            on_items(50, 100)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_terminal_has_a_bar_with_done_and_total_and_pace(
    terminal: Terminal, clock: FakeClock
) -> None:
    with shown_on(terminal) as on_items:
        clock.now += 2
        on_items(3, 12)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    assert re.search(r"stance .* 3/12 1\.5/s, 0:06 left", shown)


def test_a_bar_leaves_nothing_behind(terminal: Terminal, clock: FakeClock) -> None:
    with shown_on(terminal) as on_items:
        clock.now += 1
        on_items(1, 2)
    # Its line is erased, and the cursor is shown again.
    assert terminal.getvalue().endswith("\x1b[2K")
    assert "\x1b[?25h" in terminal.getvalue()


def test_a_bar_that_is_interrupted_gives_the_cursor_back(
    terminal: Terminal, clock: FakeClock
) -> None:
    with suppress(KeyboardInterrupt), shown_on(terminal) as on_items:
        clock.now += 1
        on_items(1, 2)
        raise KeyboardInterrupt
    assert "\x1b[?25h" in terminal.getvalue()


def test_a_run_tells_its_tenths_beside_the_result(server: FakeServer, tmp_path: Path) -> None:
    data = written(tmp_path / "quays.jsonl", rows(20))
    done = judged(server, "--data", data, "-f", "json")
    *lines, used = done.stderr.splitlines()
    counts = [line.split(",")[0] for line in lines]
    assert used.startswith("used: 20 calls, ")
    assert counts == [f"stance: {number} of 20" for number in range(2, 21, 2)]
    assert "of 20," not in done.stdout


def test_a_limited_run_counts_to_its_limit(server: FakeServer, data: Path) -> None:
    lines = judged(server, "--data", data, "--limit", "2").stderr.splitlines()
    assert lines[-2].startswith("stance: 2 of 2, ")
