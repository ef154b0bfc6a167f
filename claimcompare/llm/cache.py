"""Answers kept on disk, so that none is paid for twice."""

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeVar
from weakref import finalize

from pydantic import ValidationError

from claimcompare.errors import LLMError
from claimcompare.llm.answers import Told
from claimcompare.llm.cachefile import (
    WAIT_FOR_OTHERS,
    cache_path,
    connected,
    is_locked,
    make_tables,
    opened,
    remove,
    size,
)
from claimcompare.llm.completion import Completion
from claimcompare.llm.leases import Leases
from claimcompare.llm.requests import Request

R = TypeVar("R")
_log = logging.getLogger(__name__)
_CHECK_EVERY = 100
_GLANCE = 0.2
_FORGET_A_TENTH = """
DELETE FROM answers WHERE rowid IN (
    SELECT rowid FROM answers ORDER BY rowid LIMIT (SELECT max(1, count(*) / 10) FROM answers)
)
"""
_IS_THERE = "SELECT count(*) FROM sqlite_schema WHERE name = 'answers'"
_GET = "SELECT answer FROM answers WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO answers (key, model, prompt, answer) VALUES (?, ?, ?, ?)"


class CacheInfo(NamedTuple):
    """Where the cache is, how many answers it holds, and their size in bytes."""

    path: Path
    answers: int
    size: int


class ResponseCache:
    """Valid answers by key, in an SQLite file that threads and processes may share.

    A fault of the file ends the cache and not the run, and is told of once.
    """

    keeps_all = False

    def __init__(self, folder: Path | None, most_bytes: int) -> None:
        from filelock import FileLock

        self.path = cache_path(folder)
        self._most_bytes = most_bytes
        self._puts = 0
        self._was_locked = False
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._leases: Leases | None = None
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Several processes that start at once would find the new file locked.
            with FileLock(self.path.with_suffix(".lock"), timeout=WAIT_FOR_OTHERS):
                self._file = opened(self.path)
            finalize(self, _close_here, self._file.close, os.getpid())
            self._leases = self._leases_in(self._file)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get(self, key: str, request: Request) -> Completion | None:
        """The answer kept under that key; one that cannot be read is none."""
        row = self._try(lambda file: file.execute(_GET, (key,)).fetchone())
        try:
            return Completion.model_validate_json(row[0]) if row else None
        except (ValidationError, TypeError):
            _log.info("%s: asking '%s' again, whose row is odd", self.path, request.prompt.name)
            return None

    def put(self, key: str, request: Request, told: Told) -> None:
        """Keep an answer that deserves it; it is on disk when this returns."""
        if not isinstance(told, Completion) or not told.lasting:
            return
        prompt = f"{request.prompt.name} {request.prompt.sha256}"
        row = (key, request.body.get("model"), prompt, told.model_dump_json())
        self._try(lambda file: file.execute(_PUT, row))
        self._puts += 1
        if self._puts % _CHECK_EVERY == 1:
            self._try(lambda file: _bound(file, self._most_bytes))

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait while another process that is alive makes that request."""
        while (taken := self._take(key)) is False:  # noqa: ASYNC110 - of others
            await asyncio.sleep(_GLANCE)
        try:
            yield
        finally:
            if taken:
                self._with_leases(lambda leases: leases.end(key))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._drop_leases()
            if self._file is not None:
                self._file.close()
            self._file = None

    def _take(self, key: str) -> bool | None:
        return self._with_leases(lambda leases: leases.take(key))

    def _leases_in(self, file: sqlite3.Connection) -> Leases | None:
        """Where folders let processes tell each other, what they tell."""
        try:
            leases = Leases(self.path, file)
        except OSError as error:
            _log.info("%s: other processes may ask for the same (%s)", self.path, error)
            return None
        finalize(self, _close_here, leases.close, os.getpid())
        return leases

    def _with_leases(self, work: Callable[[Leases], bool | None]) -> bool | None:
        """What the work brings; None where processes cannot tell each other."""
        try:
            return self._try(lambda _: work(self._leases) if self._leases else None)
        except OSError as error:
            _log.info("%s: other processes may ask for the same (%s)", self.path, error)
            self._drop_leases()
            return None

    def _drop_leases(self) -> None:
        leases, self._leases = self._leases, None
        if leases is not None:
            leases.close()

    def _try(self, work: Callable[[sqlite3.Connection], R]) -> R | None:
        """What the work on the file brings; None where that cannot be used, now or any more."""
        with self._lock:
            try:
                return work(self._file) if self._file is not None else None
            except sqlite3.Error as error:
                if is_locked(error):
                    self._go_without(error)
                else:
                    self._give_up(error)
                return None

    def _go_without(self, error: Exception) -> None:
        level = logging.INFO if self._was_locked else logging.WARNING
        self._was_locked = True
        told = "%s: another program has it locked (%s); going on, with less of it kept"
        _log.log(level, told, self.path, error)

    def _give_up(self, error: Exception) -> None:
        self._drop_leases()
        self._file = None
        _log.warning(
            "%s: going on without the response cache (%s); "
            "'claimcompare cache clear' makes a new one, --no-cache does without",
            self.path,
            error,
        )


def cache_info(folder: Path | None = None) -> CacheInfo:
    """What the cache in a folder, by default the user's, holds; raises LLMError."""
    path = cache_path(folder)
    if not path.exists():
        return CacheInfo(path, 0, 0)
    try:
        with closing(connected(path)) as file:
            return _info(path, file)
    except sqlite3.Error as error:
        raise LLMError(f"{path}: cannot be read ({error})") from error


def clear_cache(folder: Path | None = None) -> CacheInfo:
    """Forget all answers, whatever version kept them, and tell what there was; raises LLMError."""
    before = CacheInfo(cache_path(folder), 0, 0)
    if not before.path.exists():
        return before
    try:
        with closing(connected(before.path)) as file, closing(sqlite3.connect(":memory:")) as new:
            before = _info(before.path, file)
            make_tables(new)
            new.backup(file)
    except sqlite3.OperationalError as error:
        raise LLMError(f"{before.path}: cannot be cleared ({error})") from error
    except sqlite3.DatabaseError:
        # Not a database: there is nothing in it to save.
        _remove(before.path)
    return before


def _remove(path: Path) -> None:
    try:
        remove(path)
    except OSError as error:
        told = f"{path}: cannot be deleted ({error}); end what has it open and try again"
        raise LLMError(told) from error


def _close_here(close: Callable[[], None], process: int) -> None:
    """Close what this process opened: what a fork left in its child is its parent's."""
    if os.getpid() == process:
        close()


def _bound(file: sqlite3.Connection, most_bytes: int) -> None:
    """Let the oldest tenth of the answers go where they take more room than they may."""
    while size(file) > most_bytes:
        file.execute(_FORGET_A_TENTH)


def _info(path: Path, file: sqlite3.Connection) -> CacheInfo:
    (is_there,) = file.execute(_IS_THERE).fetchone()
    (answers,) = file.execute("SELECT count(*) FROM answers").fetchone() if is_there else (0,)
    return CacheInfo(path, answers, size(file))
