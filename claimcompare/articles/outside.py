"""Files are read in a process of their own, which is ended when it takes too much."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, Any, NamedTuple, Self, cast

from claimcompare.articles.kinds import Kind
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

READY = b"ready\n"
_CODE = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from claimcompare.articles.worker import main
main()"""
_HOME = Path(__file__).parents[2]
# A busy machine may take long to start it; what it reads is not begun yet.
_START = 60.0
# What Python needs to start, and nothing that could be a key.
_ENVIRONMENT = (
    *("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE"),
    *("HOME", "USERPROFILE", "APPDATA", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("PYTHONHOME", "PYTHONUSERBASE", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"),
    "__PYVENV_LAUNCHER__",
)


class _Running(NamedTuple):
    """A process, what it is asked by and answers by, and where it writes why it fails."""

    process: "Popen[bytes]"
    requests: IO[bytes]
    answers: IO[bytes]
    failures: IO[bytes]


class Worker:
    """A process that reads one file after the other, started when it is first needed.

    It belongs to one thread. One that takes too much is ended; the next file gets another.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self.settings = settings
        self._running: _Running | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._running is None:
            return
        (process, *streams), self._running = self._running, None
        process.kill()
        for stream in streams:
            # What could not be sent any more is lost on purpose.
            with suppress(OSError):
                stream.close()
        process.wait()

    def read(self, source: Source, kind: Kind | str) -> list[Extracted | ArticleError]:
        """The articles in a file, an error for each that cannot be read; raises ArticleError."""
        return list(self.each(source, kind))

    def each(self, source: Source, kind: Kind | str) -> Iterator[Extracted | ArticleError]:
        """The same, some at a time, as they are asked for; the next file is read after the last."""
        is_done = False
        try:
            running = self._started(source.name)
            part = self._part(source, running, _request(source, kind, self.settings) + source.raw)
            while part:
                yield from (_found(one, source.name) for one in part)
                part = self._part(source, running)
            is_done = True
        finally:
            if not is_done:
                self.close()

    def _part(self, source: Source, running: _Running, request: bytes = b"") -> list[Any]:
        """The next articles, and none after the last; raises ArticleError."""
        with _ended_after(self.settings.seconds or _START, running.process) as is_over:
            answer = _asked(running, request)
        if is_over.is_set():
            raise self._too_slow(source.name)
        if not answer:
            raise _ended(source.name, running)
        part: list[Any] = json.loads(answer)
        return part

    def _started(self, name: str) -> _Running:
        if self._running and self._running.process.poll() is None:
            return self._running
        self.close()
        self._running = running = _start(name)
        with _ended_after(_START, running.process):
            is_ready = running.answers.readline() == READY
        if not is_ready:
            raise _ended(name, running)
        return running

    def _too_slow(self, name: str) -> ArticleError:
        return ArticleError(
            f"{name}: took longer than {self.settings.seconds:g} s to read; save it as text, or "
            "raise seconds",
            path=name,
        )


def _start(name: str) -> _Running:
    # What is frozen into one program would start all of itself once more.
    if not sys.executable or getattr(sys, "frozen", False):
        raise ArticleError(
            f"{name}: is read in a process that can be ended, and no Python is there to start one; "
            "with ReadSettings(seconds=None) it is read in this process",
            path=name,
        )
    failures = TemporaryFile()  # noqa: SIM115 - closed with the process
    command = [sys.executable, "-P", "-c", _CODE, json.dumps(_places())]
    process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=failures, env=_environment())  # noqa: S603
    requests, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    return _Running(process, requests, answers, failures)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


def _places() -> list[str]:
    """Where modules are found here, but not in a folder only because it is the current one."""
    here = Path.cwd()
    places = [place or str(here) for place in sys.path]
    return [place for place in places if here == _HOME or Path(place) != here]


@contextmanager
def _ended_after(seconds: float, process: "Popen[bytes]") -> Iterator[Event]:
    """Kill the process when time is up before the block is left; the event says so."""
    is_over = Event()

    def end() -> None:
        is_over.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
        timer.join()


def _request(source: Source, kind: Kind | str, settings: ReadSettings) -> bytes:
    told = source._replace(rest=())._asdict()
    del told["raw"]
    request = {
        "source": told,
        "size": len(source.raw),
        "kind": kind,
        "settings": settings.model_dump(mode="json"),
    }
    return json.dumps(request).encode() + b"\n"


def _asked(running: _Running, request: bytes) -> bytes:
    """The answer, or nothing from a process that has ended."""
    try:
        if request:
            running.requests.write(request)
            running.requests.flush()
        answer = running.answers.readline()
    except OSError:
        return b""
    return answer if answer.endswith(b"\n") else b""


def _found(told: Mapping[str, Any], name: str) -> Extracted | ArticleError:
    if "error" in told:
        return ArticleError(told["error"], path=name, row=told["row"])
    return Extracted(**{**told, "doubts": tuple(told["doubts"])})


def _ended(name: str, running: _Running) -> ArticleError:
    """That the process has ended by itself, as one does that the system gives no more memory."""
    code = running.process.wait()
    running.failures.seek(0)
    last = running.failures.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    why = f"code {code}" + (f", {last}" if last.isprintable() and last else "")
    return ArticleError(
        f"{name}: cannot be read, as the process that was to read it has ended, for want of memory "
        f"or by a fault ({why}); save it as text",
        path=name,
    )
