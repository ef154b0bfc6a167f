"""Progress: bars where they are wanted, and nothing on standard output."""

import io
import sys
from unittest.mock import Mock

import pytest

from claimcompare.stages import bars, shown


def test_each_stage_gets_its_bar_once_it_begins() -> None:
    from rich.console import Console

    screen = io.StringIO()
    with bars(Console(file=screen, force_terminal=True, width=80)) as advance:
        advance("extract", 1, 4)
    seen = screen.getvalue()
    assert "extract" in seen
    assert " 25%" in seen
    assert "classify" not in seen


def test_true_shows_bars_and_false_and_none_tell_nobody() -> None:
    told = Mock()
    for given in (False, None):
        with shown(given) as progress:
            assert progress is None
    with shown(told) as progress:
        assert progress is told
    with shown(progress=True) as progress:
        assert progress is not None
        progress("pair", 0, 1)


def test_what_a_caller_prints_stays_on_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with shown(progress=True):
        print("a claim")  # noqa: T201 - as callers do
    assert capsys.readouterr().out == "a claim\n"
