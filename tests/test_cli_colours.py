"""Colours: where somebody reads on a terminal, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcompare import Comparison
from claimcompare.report import render
from tests.test_cli import EXPECTED, run

pty = pytest.importorskip("pty", reason="pseudo-terminals are a matter of POSIX")

TEXT = render(Comparison.model_validate_json(EXPECTED.read_bytes()), "text")


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What a terminal of 256 colours is sent."""
    ours, theirs = pty.openpty()
    unset = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    command = [sys.executable, "-m", "claimcompare", "report", EXPECTED, *arguments]
    environment = unset | {"TERM": "xterm-256color"} | environment
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        sent = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
    assert process.returncode == 0
    return sent.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_a_terminal_gets_colours() -> None:
    assert "\x1b[1;32mSupport\x1b[0m" in on_a_terminal()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_plain_text(environment: dict[str, str]) -> None:
    assert on_a_terminal(**environment) == TEXT


def test_a_file_and_a_pipe_get_plain_text(tmp_path: Path) -> None:
    assert on_a_terminal("-o", tmp_path / "report.txt") == ""
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == TEXT
    assert run("report", EXPECTED, FORCE_COLOR="1").stdout.decode() == TEXT
