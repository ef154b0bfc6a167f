"""Which requests the processes that share a cache are making at the moment."""

import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

TABLE_OF_LEASES = "CREATE TABLE IF NOT EXISTS leases (key TEXT PRIMARY KEY, owner TEXT NOT NULL)"
_OWNER = "SELECT owner FROM leases WHERE key = ?"
_TAKE = "INSERT OR IGNORE INTO leases (key, owner) VALUES (?, ?)"
_END = "DELETE FROM leases WHERE key = ? AND owner = ?"
_END_ALL = "DELETE FROM leases WHERE owner = ?"


class Leases:
    """Leases in a cache's file; those of a process end with it, since a lock of its own does.

    Raises sqlite3.Error, OSError.
    """

    def __init__(self, path: Path, file: sqlite3.Connection) -> None:
        self._file = file
        self._path = path
        self._begin()

    def take(self, key: str) -> bool:
        """Whether nobody else is making this request; then it is ours to make."""
        row = self._file.execute(_OWNER, (key,)).fetchone()
        owner = row[0].decode() if row else None
        if owner == self._name:
            # Left behind by an event loop that was: no two make one request of a cache.
            return True
        if owner is not None:
            if self._is_alive(owner):
                return False
            self._file.execute(_END_ALL, (owner,))
        return self._file.execute(_TAKE, (key, self._name)).rowcount > 0

    def end(self, key: str) -> None:
        """Give up the lease of a request."""
        try:
            self._file.execute(_END, (key, self._name))
        except sqlite3.Error:
            # Others would wait for as long as this process lives: what it had is void instead.
            self.close()
            self._begin()
            raise

    def close(self) -> None:
        """Give up all leases."""
        # What cannot be unlocked ends with the process.
        with suppress(OSError):
            self._alive.release()
        self._remove(self._name)

    def _begin(self) -> None:
        from filelock import FileLock

        self._name = secrets.token_hex(8)
        self._alive = FileLock(self._lock(self._name), thread_local=False)
        self._alive.acquire()

    def _is_alive(self, owner: str) -> bool:
        from filelock import FileLock, Timeout

        lock = FileLock(self._lock(owner))
        try:
            with lock.acquire(blocking=False):
                pass
        except Timeout:
            return True
        self._remove(owner)
        return False

    def _remove(self, owner: str) -> None:
        # Windows deletes no file that another process is looking at; it is in nobody's way.
        with suppress(OSError):
            self._lock(owner).unlink(missing_ok=True)

    def _lock(self, owner: str) -> Path:
        return self._path.with_name(f"{self._path.stem}-{owner}.lock")
