"""Record an endpoint's responses, and replay them without network.

A file ending in .yaml or .yml is a cassette: what went over the wire, to be read by people.
Any other path is a folder of answers: small, and added to, as evaluations need it.
Threads and event loops may record and replay at the same time, each to and from its own path.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from claimcompare.errors import RecordingError
from claimcompare.llm.answers import Recording, Replay
from claimcompare.llm.folder import RecordedAnswers

_CASSETTES = (".yaml", ".yml")


class _Open(NamedTuple):
    recording: Recording | None = None
    replay: Replay | None = None


_NONE = _Open()
_OPEN: ContextVar[_Open] = ContextVar("recording", default=_NONE)


@contextmanager
def record(path: Path | str, *, adding: bool = False) -> Iterator[None]:
    """Record every final response inside the block to `path`.

    A cassette is replaced once the block ends well, or else, where one is `adding` to it, keeps
    what it holds, which is not asked for again. A folder always does so, and has every
    new answer as soon as it comes. Raises RecordingError.
    """
    _check_that_none_is_open()
    recording = _recording(Path(path), adding=adding)
    ended_well = False
    try:
        with _opened(_Open(recording=recording)):
            yield
        ended_well = True
    finally:
        recording.end(well=ended_well)


@contextmanager
def replay(path: Path | str) -> Iterator[None]:
    """Answer every request inside the block from `path`; raises RecordingError."""
    _check_that_none_is_open()
    with _opened(_Open(replay=_replay(Path(path)))):
        yield


def is_folder(path: Path) -> bool:
    """Whether a recording there is a folder of answers, and no cassette."""
    return path.suffix not in _CASSETTES


def open_recording() -> Recording | None:
    """What the block around the caller records to."""
    return _OPEN.get().recording


def open_replay() -> Replay | None:
    """What the block around the caller replays from."""
    return _OPEN.get().replay


def _recording(path: Path, *, adding: bool) -> Recording:
    if is_folder(path):
        return RecordedAnswers(path, recording=True)
    from claimcompare.llm.cassettes import Taping

    return Taping(path, adding=adding)


def _replay(path: Path) -> Replay:
    if is_folder(path):
        return RecordedAnswers(path, recording=False)
    from claimcompare.llm.cassettes import Playing

    return Playing(path)


def _check_that_none_is_open() -> None:
    if _OPEN.get() is not _NONE:
        raise RecordingError("a recording is already open; close it first", prompt="")


@contextmanager
def _opened(open_: _Open) -> Iterator[None]:
    token = _OPEN.set(open_)
    try:
        yield
    finally:
        _OPEN.reset(token)
