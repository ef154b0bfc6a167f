"""What runs in the process that reads files for another one.

A line of JSON says what follows and how to read it, then come the bytes; lines of JSON go back
with some articles each, or what is wrong with them, and one with none at the end.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from math import ceil
from typing import IO, Any

from claimcompare.articles.inside import read_inside
from claimcompare.articles.outside import READY
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

_GIGABYTE = 1_000_000_000
_IN_A_PART = 100
# The one who asked ends what takes too long; this ends it where nobody is left who does.
_GRACE = 10


def main() -> None:
    """Read what comes in, until nothing does any more."""
    requests = sys.stdin.buffer
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        # Whatever a library prints is no answer.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        _send(READY, answers)
        while line := requests.readline():
            request = json.loads(line)
            raw = requests.read(request["size"])
            for part in _parts(request, raw):
                _send(json.dumps(part).encode() + b"\n", answers)


def _send(answer: bytes, answers: IO[bytes]) -> None:
    answers.write(answer)
    answers.flush()


def _parts(request: Mapping[str, Any], raw: bytes) -> Iterator[list[dict[str, Any]]]:
    """The articles, some at a time; the last part is empty."""
    settings = ReadSettings(**request["settings"])
    _limit(settings)
    part: list[dict[str, Any]] = []
    for told in _each(Source(raw=raw, **request["source"]), request["kind"], settings):
        part.append(told)
        if len(part) == _IN_A_PART:
            yield part
            part = []
            _limit(settings)
    if part:
        yield part
    yield []


def _each(source: Source, kind: str, settings: ReadSettings) -> Iterator[dict[str, Any]]:
    try:
        for one in read_inside(source, kind, settings):
            yield _told(one)
    except ArticleError as error:
        yield _told(error)
    except MemoryError:
        most = f"{settings.max_memory / _GIGABYTE:g} GB"
        what = f"needs more than {most} of memory to read; save it as text, or raise max_memory"
        yield {"error": f"{source.name}: {what}", "row": None}


def _told(found: Extracted | ArticleError) -> dict[str, Any]:
    if isinstance(found, ArticleError):
        return {"error": str(found), "row": found.row}
    return found._asdict()


def _limit(settings: ReadSettings) -> None:
    """Bound memory and time from within, where the system can do so."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = ceil(used.ru_utime + used.ru_stime + (settings.seconds or 0) + _GRACE)
    for what, most in ((resource.RLIMIT_AS, settings.max_memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Some systems name a limit and take none; the one who asked ends it by the clock there.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (allowed, hard))
