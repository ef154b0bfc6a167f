"""What a watch has seen, in a file of SQLite: a change writes what it changes, in one step."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, ValidationError

from claimcompare.errors import ArticleError
from claimcompare.schema import Article, Record

# Of articles that no story waits for any more only so many are still known.
_MOST_KNOWN = 200_000
_TABLES = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, told TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS known (
    place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS stories (id TEXT PRIMARY KEY, told TEXT NOT NULL);
"""
# Of a new story whose file is being written, and of one in which something is without an answer.
Mark = Literal["begun", "unanswered"]


class Seen(Record):
    """An article that came, when that was, and the story in whose comparison it is.

    `name` is its id there. One that `is_due` is to take the place of a former version, of which
    story and name are. One of which `asked_for` names a story is in no comparison, or not in this
    version, though it was to be asked about: it is not let go.
    """

    article: Article
    at: AwareDatetime
    story_id: str | None = None
    name: str | None = None
    is_due: bool = False
    asked_for: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return key_of(self.article)


def key_of(article: Article) -> str:
    """What tells an article from others, whatever id it was given."""
    told = [article.text, article.publisher, None if article.publisher else article.url]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class SeenFile:
    """Articles that may still be joined by others, and those of before by their hashes alone.

    `seen` are the former by their keys. Changes are made within `changing()`. Raises ArticleError
    where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._errors():
            self._file = sqlite3.connect(path, check_same_thread=False)
        try:
            with self._errors():
                self._file.executescript(_TABLES)
                # In the order in which they came, which rowids have.
                rows = self._file.execute("SELECT told FROM seen ORDER BY rowid").fetchall()
                found = [Seen.model_validate_json(told) for (told,) in rows]
        except BaseException:
            self._file.close()
            raise
        self.seen = {one.key: one for one in found}

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All changes within are kept in one step, or none of them is."""
        with self._errors(), self._file:
            yield

    def put(self, one: Seen) -> None:
        """Keep what is known of an article, in place of what was known."""
        self.seen[one.key] = one
        self._file.execute(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET told = excluded.told",
            (one.key, one.model_dump_json(exclude_none=True)),
        )

    def replace(self, former: Article, one: Seen) -> None:
        """Keep an article in the place of its former version, which may come back."""
        key = key_of(former)
        before = self.seen.pop(key)
        self._file.execute("DELETE FROM seen WHERE key = ?", (key,))
        told = {"story_id": before.story_id, "name": before.name}
        self.put(one.model_copy(update={**told, "is_due": before.story_id is not None}))

    def let_go(self, keys: Iterable[str]) -> None:
        """Keep of articles only that they came."""
        for key in keys:
            del self.seen[key]
            self._file.execute("DELETE FROM seen WHERE key = ?", (key,))
            self._file.execute("INSERT OR IGNORE INTO known (key) VALUES (?)", (key,))
        self._file.execute(
            "DELETE FROM known WHERE place <= (SELECT max(place) FROM known) - ?", (_MOST_KNOWN,)
        )

    def is_known(self, key: str) -> bool:
        """Whether an article came before."""
        with self._errors():
            found = self._file.execute("SELECT 1 FROM known WHERE key = ?", (key,)).fetchone()
        return key in self.seen or found is not None

    def mark(self, story_id: str, told: Mark | None) -> None:
        """Keep what is to be done about a story, if anything."""
        self._file.execute("DELETE FROM stories WHERE id = ?", (story_id,))
        if told:
            self._file.execute("INSERT INTO stories VALUES (?, ?)", (story_id, told))

    def marked(self, told: Mark) -> list[str]:
        """The stories about which that is to be done."""
        with self._errors():
            rows = self._file.execute("SELECT id FROM stories WHERE told = ?", (told,)).fetchall()
        return [story_id for (story_id,) in rows]

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValidationError) as error:
            why = error if isinstance(error, sqlite3.Error) else "an article in it is broken"
            message = f"{self._path}: cannot be used as what a watch has seen ({why}); put it back"
            raise ArticleError(f"{message}, or move it away", path=self._path) from error
