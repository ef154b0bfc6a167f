"""A run over stories that is killed or interrupted goes on where it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimcompare import ClaimCompareError
from claimcompare.corpus import read_results
from tests.corpus.program import CONCURRENCY, INTERRUPTED
from tests.corpus.stories import stories
from tests.endpoint.process import EndpointProcess

ROOT = Path(__file__).parents[2]
MANY = 12
# So long that stories do not all end between two glances.
LATENCY_MS = 150
GLANCE = 0.02
PATIENCE = 60


class Run:
    """The program with a folder of results, and how often it was ended in its middle."""

    def __init__(self, url: str, folder: Path, form: str, workers: int) -> None:
        self.folder = folder / "results"
        options = {"url": url, "cache": folder / "cache", "folder": self.folder, "form": form}
        options |= {"workers": workers, "stories": MANY}
        self._told = [part for name, value in options.items() for part in (f"--{name}", str(value))]

    def started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.corpus.program", *self._told]
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)

    def rows(self) -> int:
        """How many stories are there."""
        try:
            return sum(1 for _ in read_results(self.folder))
        except ClaimCompareError:
            # Not there yet, or a file becomes another one at the moment.
            return 0

    def ended_at(self, rows: int, how: signal.Signals) -> tuple[int, str]:
        """The program, ended as soon as there are so many rows."""
        program = self.started()
        until = time.monotonic() + PATIENCE
        while program.poll() is None and self.rows() < rows and time.monotonic() < until:
            time.sleep(GLANCE)
        if how == signal.SIGINT:
            os.killpg(program.pid, how)
        else:
            program.kill()
        return _end(program)


def _end(program: "subprocess.Popen[bytes]") -> tuple[int, str]:
    _, told = program.communicate(timeout=PATIENCE)
    return program.returncode, told.decode()


@pytest.mark.parametrize(("form", "workers"), [("jsonl", 1), ("parquet", 2)])
def test_nothing_is_lost_and_nothing_asked_twice_but_what_was_in_flight(
    tmp_path: Path, form: str, workers: int
) -> None:
    ends = 1
    with EndpointProcess(tmp_path / "log.jsonl", latency_ms=LATENCY_MS) as server:
        run = Run(server.url, tmp_path, form, workers)
        if workers > 1 and sys.platform != "win32":
            ends += 1
            assert run.ended_at(1, signal.SIGINT) == (INTERRUPTED, "")
        code, told = run.ended_at(3, signal.SIGTERM)
        assert code != 0
        # Python tells of semaphores that are left.
        assert "Traceback" not in told
        kept = {one.story_id for one in read_results(run.folder)}
        assert 3 <= len(kept) < MANY
        assert _end(run.started()) == (0, "")
        asked = server.log()
    found = [one.story_id for one in read_results(run.folder)]
    assert sorted(found) == sorted(story.id for story in stories(MANY))
    assert all(one.comparison and not one.failures for one in read_results(run.folder))
    again = len(asked) - len({row.id for row in asked})
    assert again <= ends * CONCURRENCY
