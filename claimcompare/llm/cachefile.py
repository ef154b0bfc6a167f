"""The SQLite file in which answers are kept."""

import os
import sqlite3
from pathlib import Path

from claimcompare.llm.leases import TABLE_OF_LEASES

CACHE_VARIABLE = "CLAIMCOMPARE_CACHE"
WAIT_FOR_OTHERS = 10.0
_FILE = "answers.sqlite3"
_PRIMARY = 0xFF
_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    made TEXT DEFAULT CURRENT_TIMESTAMP,
    model TEXT,
    prompt TEXT,
    answer TEXT
)
"""


def cache_path(folder: Path | None) -> Path:
    """The file in a folder, by default the user's."""
    if folder is not None:
        return folder / _FILE
    from platformdirs import user_cache_path

    told = os.environ.get(CACHE_VARIABLE)
    return (Path(told) if told else user_cache_path("claimcompare")) / _FILE


def connected(path: Path) -> sqlite3.Connection:
    """The file as it is; every statement is its own transaction."""
    return sqlite3.connect(
        path, timeout=WAIT_FOR_OTHERS, isolation_level=None, check_same_thread=False
    )


def opened(path: Path) -> sqlite3.Connection:
    """The file with its tables; raises sqlite3.Error."""
    file = connected(path)
    # What is no text costs the answer that it stands for, and no other.
    file.text_factory = bytes
    try:
        file.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; only a power cut may cost the last answers.
        file.execute("PRAGMA synchronous = NORMAL")
        make_tables(file)
    except sqlite3.Error:
        file.close()
        raise
    return file


def make_tables(file: sqlite3.Connection) -> None:
    """Make the tables that are not there."""
    for table in (_TABLE, TABLE_OF_LEASES):
        file.execute(table)


def remove(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it; raises OSError."""
    for end in ("-wal", "-shm", ""):
        path.with_name(path.name + end).unlink(missing_ok=True)


def is_locked(error: Exception) -> bool:
    """Whether another has the file for too long, which will pass."""
    code = error.sqlite_errorcode if isinstance(error, sqlite3.OperationalError) else 0
    return code & _PRIMARY in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def size(file: sqlite3.Connection) -> int:
    """The bytes in use; SQLite knows them without counting."""
    pages, free, page = (
        file.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * page)
