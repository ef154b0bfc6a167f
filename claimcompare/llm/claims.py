"""Which requests the processes that share a cache are making at the moment."""

import secrets
import sqlite3
from pathlib import Path
from time import time

TABLE_OF_CLAIMS = "CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, owner TEXT, since REAL)"
# A claim is taken where there is none, or only one that is older than a call may take.
_CLAIM = """
INSERT INTO claims (key, owner, since) VALUES (?, ?, ?) ON CONFLICT (key)
DO UPDATE SET owner = excluded.owner, since = excluded.since WHERE since < ?
"""
_OWNER = "SELECT owner FROM claims WHERE key = ?"
_END = "DELETE FROM claims WHERE key = ? AND owner = ?"
_END_ALL = "DELETE FROM claims WHERE owner = ?"


class Claims:
    """Claims in a cache's file; those of a process end with it, since a lock of its own does.

    Raises sqlite3.Error, OSError.
    """

    def __init__(self, path: Path, file: sqlite3.Connection) -> None:
        from filelock import FileLock

        self._file = file
        self._path = path
        self._name = secrets.token_hex(8)
        self._alive = FileLock(self._lock(self._name), thread_local=False)
        self._alive.acquire()

    def claim(self, key: str, most_seconds: float) -> bool:
        """Whether nobody else is making this request; then it is claimed."""
        now = time()
        claimed = self._file.execute(_CLAIM, (key, self._name, now, now - most_seconds))
        if claimed.rowcount:
            return True
        row = self._file.execute(_OWNER, (key,)).fetchone()
        owner = row[0].decode() if row else None
        if owner and not self._is_alive(owner):
            self._file.execute(_END_ALL, (owner,))
        return False

    def end(self, key: str) -> None:
        """Give up the claim to a request."""
        self._file.execute(_END, (key, self._name))

    def close(self) -> None:
        """Give up all claims."""
        self._alive.release()
        self._lock(self._name).unlink(missing_ok=True)

    def _is_alive(self, owner: str) -> bool:
        from filelock import FileLock, Timeout

        lock = FileLock(self._lock(owner))
        try:
            with lock.acquire(blocking=False):
                pass
        except Timeout:
            return True
        self._lock(owner).unlink(missing_ok=True)
        return False

    def _lock(self, owner: str) -> Path:
        return self._path.with_name(f"{self._path.stem}-{owner}.lock")
