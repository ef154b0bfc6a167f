"""Worker processes that share a cache folder or do not."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tests.endpoint.process import EndpointProcess

_ROOT = Path(__file__).parents[2]
_PATIENCE = 60
Worker: TypeAlias = "subprocess.Popen[bytes]"


class Files(NamedTuple):
    """Where a worker keeps and tells things."""

    cache: Path
    finished: Path
    result: Path

    def finished_calls(self) -> list[str]:
        """The hashes of the prompts that are answered for good."""
        return self.finished.read_text().split() if self.finished.exists() else []

    @property
    def database(self) -> Path:
        """The file of the response cache."""
        return self.cache / "answers.sqlite3"


def files_in(folder: Path, name: str, cache: str = "") -> Files:
    """Files of that name, and a cache of the same or another name."""
    return Files(folder / f"{cache or name}-cache", folder / f"{name}.txt", folder / f"{name}.json")


def started(server: EndpointProcess, files: Files) -> Worker:
    """A worker that is starting."""
    named = {"url": server.url, "cache": files.cache, "finished": files.finished}
    options = {**named, "result": files.result}
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *arguments],
        cwd=_ROOT,
        stderr=subprocess.PIPE,
    )


def ended(worker: Worker) -> str:
    """What a worker complained about, when it is done."""
    _, complaints = worker.communicate(timeout=_PATIENCE)
    assert worker.returncode == 0, complaints.decode()
    return complaints.decode()
