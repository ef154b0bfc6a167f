"""Any number of articles in order of time, by way of the disk."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice

from pydantic import ValidationError

from claimcompare.corpus.moments import moment
from claimcompare.errors import ClaimCompareError
from claimcompare.schema import Article

# An empty name is a file that SQLite makes where temporary files are, and that goes with its
# connection, whatever ends the process.
_TEMPORARY = ""
_SETUP = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE articles (place INTEGER PRIMARY KEY, moment REAL, told TEXT NOT NULL);
"""
_AT_ONCE = 1_000
_FOLLOWS = {"sha256"}


def in_order(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles by the time of publication, from a temporary file on the disk.

    Those of one moment stay as given, and one without a date comes after the article before it.
    Raises ClaimCompareError where the disk is full.
    """
    try:
        # Whoever asks for the next article need not be the thread that asked for the first.
        with closing(sqlite3.connect(_TEMPORARY, check_same_thread=False)) as spool:
            spool.executescript(_SETUP)
            _fill(spool, articles)
            spool.execute("CREATE INDEX by_moment ON articles (moment)")
            for (told,) in spool.execute("SELECT told FROM articles ORDER BY moment, place"):
                yield _read(told)
    except sqlite3.Error as error:
        raise ClaimCompareError(
            f"the articles cannot be put in order of time in a temporary file ({error}): make room "
            "where such files go (TMPDIR), or give them in order and say so (ordered)"
        ) from error


def _fill(spool: sqlite3.Connection, articles: Iterable[Article]) -> None:
    rows = _rows(articles)
    while some := list(islice(rows, _AT_ONCE)):
        spool.executemany("INSERT INTO articles (moment, told) VALUES (?, ?)", some)


def _rows(articles: Iterable[Article]) -> Iterator[tuple[float | None, str]]:
    last: float | None = None
    for article in articles:
        last = _or_before(moment(article.published), last)
        yield last, _told(article)


def _told(article: Article) -> str:
    try:
        return article.model_dump_json(exclude=_FOLLOWS, exclude_none=True)
    except ValueError:
        # Half a character has no UTF-8, but a place in ASCII.
        return json.dumps(article.model_dump(exclude=_FOLLOWS, exclude_none=True))


def _read(told: str) -> Article:
    try:
        return Article.model_validate_json(told)
    except ValidationError:
        return Article.model_validate(json.loads(told))


def _or_before(found: float | None, last: float | None) -> float | None:
    return last if found is None else found
