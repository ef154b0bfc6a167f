"""Colours: where somebody reads on a terminal, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcompare.report import render
from tests.report import LOCK
from tests.test_cli import run

pty = pytest.importorskip("pty", reason="pseudo-terminals are a matter of POSIX")

TEXT = render(LOCK, "text")


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A comparison in the folder where commands are run."""
    (tmp_path / "made.json").write_text(render(LOCK, "json"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "made.json"


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What a terminal of 256 colours is sent."""
    ours, theirs = pty.openpty()
    unset = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    command = [sys.executable, "-m", "claimcompare", "report", "made.json", *arguments]
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
    assert on_a_terminal("--all", **environment) == render(LOCK, "text", everything=True)


def test_a_file_and_a_pipe_get_plain_text(tmp_path: Path) -> None:
    assert on_a_terminal("-o", tmp_path / "report.txt") == ""
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == TEXT
    assert run("report", "made.json", FORCE_COLOR="1").stdout.decode() == TEXT
