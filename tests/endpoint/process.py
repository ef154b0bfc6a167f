"""The fake endpoint as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

_ROOT = Path(__file__).parents[2]
_PATIENCE = 30


class Entry(NamedTuple):
    """A request in the log; `prompt` is the hash of its filled prompt, `id` that of all of it.

    Status 0 got no reply: the endpoint hung up, or the client did before. Tokens are those that
    the reply told, 0 where it told none. The client was asked to stay away from `done` for
    `retry_after` seconds.
    """

    id: str
    prompt: str
    task: str
    attempt: int
    at: float
    done: float
    fault: str | None
    status: int
    in_flight: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    retry_after: float | None


class EndpointProcess:
    """A running endpoint; options are those of its command line, such as `latency_ms=10`."""

    def __init__(self, log: Path | None = None, **options: float | str) -> None:
        self._log = log and log.resolve()
        given = {**options, **({"log": str(self._log)} if self._log else {})}
        named = [(f"--{name.replace('_', '-')}", str(value)) for name, value in given.items()]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.endpoint", *(part for pair in named for part in pair)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        try:
            self.port = int(json.loads(self.process.stdout.readline())["port"])
        except ValueError:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.port}/v1"

    def log(self) -> list[Entry]:
        """The requests that are answered or given up, in that order."""
        if self._log is None:
            raise ValueError("this endpoint keeps no log")
        rows = self._log.read_text(encoding="utf-8").splitlines()
        return [Entry(**json.loads(row)) for row in rows]

    def close(self) -> None:
        """Stop the process; what it still had in flight is in the log then."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
