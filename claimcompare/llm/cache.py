"""Answers kept on disk, so that none is paid for twice."""

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple, TypeVar
from weakref import finalize

from pydantic import ValidationError

from claimcompare.errors import LLMError
from claimcompare.llm.answers import Told
from claimcompare.llm.claims import TABLE_OF_CLAIMS, Claims
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request

R = TypeVar("R")
_log = logging.getLogger(__name__)
_FILE = "answers.sqlite3"
_WAIT_FOR_OTHERS = 10.0
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
_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    made TEXT DEFAULT CURRENT_TIMESTAMP,
    model TEXT,
    prompt TEXT,
    answer TEXT
)
"""


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

        self.path = _path(folder)
        self._most_bytes = most_bytes
        self._puts = 0
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._claims: Claims | None = None
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Several processes that start at once would find the new file locked.
            with FileLock(self.path.with_suffix(".lock"), timeout=_WAIT_FOR_OTHERS):
                self._file = _opened(self.path)
            finalize(self, self._file.close)
            self._claims = self._claims_in(self._file)
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
    async def turn(self, key: str, most_seconds: float) -> AsyncIterator[None]:
        """Wait while another process makes that request, for as long as it may take."""
        end = monotonic() + most_seconds
        while not self._claim(key, most_seconds) and monotonic() < end:  # noqa: ASYNC110 - of others
            await asyncio.sleep(_GLANCE)
        try:
            yield
        finally:
            self._with_claims(lambda claims: claims.end(key))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._claims is not None:
                self._claims.close()
            if self._file is not None:
                self._file.close()
            self._claims = self._file = None

    def _claim(self, key: str, most_seconds: float) -> bool:
        return self._with_claims(lambda claims: claims.claim(key, most_seconds)) is not False

    def _claims_in(self, file: sqlite3.Connection) -> Claims | None:
        """Where folders let processes tell each other, what they tell."""
        try:
            claims = Claims(self.path, file)
        except OSError as error:
            _log.info("%s: other processes may ask for the same (%s)", self.path, error)
            return None
        finalize(self, claims.close)
        return claims

    def _with_claims(self, work: Callable[[Claims], bool | None]) -> bool | None:
        """What the work brings; None where processes cannot tell each other."""
        try:
            return self._try(lambda _: work(self._claims) if self._claims else None)
        except OSError as error:
            _log.info("%s: other processes may ask for the same (%s)", self.path, error)
            self._claims = None
            return None

    def _try(self, work: Callable[[sqlite3.Connection], R]) -> R | None:
        """What the work on the file brings; None where that cannot be used, then or any more."""
        with self._lock:
            try:
                return work(self._file) if self._file is not None else None
            except sqlite3.Error as error:
                self._give_up(error)
                return None

    def _give_up(self, error: Exception) -> None:
        self._file = None
        _log.warning(
            "%s: going on without the response cache (%s); "
            "'claimcompare cache clear' makes a new one, --no-cache does without",
            self.path,
            error,
        )


def cache_info(folder: Path | None = None) -> CacheInfo:
    """What the cache in a folder, by default the user's, holds; raises LLMError."""
    path = _path(folder)
    if not path.exists():
        return CacheInfo(path, 0, 0)
    try:
        with closing(_connected(path)) as file:
            return _info(path, file)
    except sqlite3.Error as error:
        raise LLMError(f"{path}: cannot be read ({error})") from error


def clear_cache(folder: Path | None = None) -> CacheInfo:
    """Forget all answers, whatever version kept them, and tell what there was; raises LLMError."""
    before = CacheInfo(_path(folder), 0, 0)
    if not before.path.exists():
        return before
    try:
        with closing(_connected(before.path)) as file, closing(sqlite3.connect(":memory:")) as new:
            before = _info(before.path, file)
            _make_tables(new)
            new.backup(file)
    except sqlite3.OperationalError as error:
        raise LLMError(f"{before.path}: cannot be cleared ({error})") from error
    except sqlite3.DatabaseError:
        # Not a database: there is nothing in it to save.
        before.path.unlink()
    return before


def _path(folder: Path | None) -> Path:
    if folder is not None:
        return folder / _FILE
    from platformdirs import user_cache_path

    told = os.environ.get("CLAIMCOMPARE_CACHE")
    return (Path(told) if told else user_cache_path("claimcompare")) / _FILE


def _connected(path: Path) -> sqlite3.Connection:
    """The file as it is; every statement is its own transaction."""
    return sqlite3.connect(
        path, timeout=_WAIT_FOR_OTHERS, isolation_level=None, check_same_thread=False
    )


def _opened(path: Path) -> sqlite3.Connection:
    """The file with its table."""
    file = _connected(path)
    # What is no text costs the answer that it stands for, and no other.
    file.text_factory = bytes
    try:
        file.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; only a power cut may cost the last answers.
        file.execute("PRAGMA synchronous = NORMAL")
        _make_tables(file)
    except sqlite3.Error:
        file.close()
        raise
    return file


def _make_tables(file: sqlite3.Connection) -> None:
    for table in (_TABLE, TABLE_OF_CLAIMS):
        file.execute(table)


def _bound(file: sqlite3.Connection, most_bytes: int) -> None:
    """Let the oldest tenth of the answers go where they take more room than they may."""
    while _size(file) > most_bytes:
        file.execute(_FORGET_A_TENTH)


def _info(path: Path, file: sqlite3.Connection) -> CacheInfo:
    (is_there,) = file.execute(_IS_THERE).fetchone()
    (answers,) = file.execute("SELECT count(*) FROM answers").fetchone() if is_there else (0,)
    return CacheInfo(path, answers, _size(file))


def _size(file: sqlite3.Connection) -> int:
    """The bytes in use; SQLite knows them without counting."""
    pages, free, size = (
        file.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)
