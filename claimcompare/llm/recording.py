"""Record an endpoint's responses, and replay them without network.

A file ending in .yaml or .yml is a cassette: what went over the wire, to be read by people.
Any other path is a folder of answers: small, and added to, as evaluations need it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal, NamedTuple

from claimcompare.errors import RecordingError
from claimcompare.llm.answers import RecordedAnswers
from claimcompare.llm.cassettes import playing, taping

Mode = Literal["record", "replay"]
_CASSETTES = (".yaml", ".yml")


class _Open(NamedTuple):
    mode: Mode
    answers: RecordedAnswers | None


_OPEN: ContextVar[_Open | None] = ContextVar("recording", default=None)


@contextmanager
def record(path: Path | str) -> Iterator[None]:
    """Record every final response inside the block to `path`.

    A cassette is replaced once the block ends well. A folder keeps what it holds, which is not
    asked for again, and has every new answer as soon as it comes. Raises RecordingError.
    """
    with _recording("record", Path(path)):
        yield


@contextmanager
def replay(path: Path | str) -> Iterator[None]:
    """Answer every request inside the block from `path`; raises RecordingError."""
    with _recording("replay", Path(path)):
        yield


def is_folder(path: Path) -> bool:
    """Whether a recording there is a folder of answers, and no cassette."""
    return path.suffix not in _CASSETTES


def is_open() -> bool:
    """Whether a record or replay block surrounds the caller."""
    return _OPEN.get() is not None


def replaying() -> bool:
    """Whether a replay block surrounds the caller."""
    open_ = _OPEN.get()
    return open_ is not None and open_.mode == "replay"


def open_answers() -> RecordedAnswers | None:
    """The folder of answers that is open around the caller."""
    open_ = _OPEN.get()
    return open_ and open_.answers


@contextmanager
def _recording(mode: Mode, path: Path) -> Iterator[None]:
    if is_open():
        raise RecordingError("a recording is already open; close it first", prompt="")
    if not is_folder(path):
        with _cassette(mode, path), _mode(_Open(mode, None)):
            yield
        return
    answers = RecordedAnswers(path, writing=mode == "record")
    with closing(answers), _mode(_Open(mode, answers)):
        yield


def _cassette(mode: Mode, path: Path) -> AbstractContextManager[None]:
    return taping(path) if mode == "record" else playing(path)


@contextmanager
def _mode(open_: _Open) -> Iterator[None]:
    token = _OPEN.set(open_)
    try:
        yield
    finally:
        _OPEN.reset(token)
