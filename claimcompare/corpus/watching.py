"""`Watch`: stories in articles that come day after day, each with a comparison that is kept."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from filelock import FileLock, Timeout
from pydantic import ValidationError

from claimcompare.corpus.seen import Seen, SeenFile, key_of
from claimcompare.corpus.settings import StorySettings
from claimcompare.corpus.stories import stories
from claimcompare.errors import ArticleError, BudgetExceeded, LLMError
from claimcompare.llm import LLM
from claimcompare.pipeline import compare
from claimcompare.schema import Article, Comparison, LedgerRow, Record
from claimcompare.stages import CompareSettings
from claimcompare.stages.log import failed_rows, failed_since
from claimcompare.stages.standing import unanswered
from claimcompare.updating import update

_STATE = "watch.sqlite3"


class Asking(NamedTuple):
    """Who reads what is new, and how."""

    llm: LLM
    judge: LLM | None = None
    settings: CompareSettings | None = None


class Watched(NamedTuple):
    """What came of a story: its comparison, new or updated, where that is kept; or an error.

    `failed` are the rows of the ledger that tell what got no answer this time, and what is still
    without any from before.
    """

    story_id: str
    path: Path
    comparison: Comparison | None = None
    is_new: bool = False
    failed: tuple[LedgerRow, ...] = ()
    error: str = ""


class _ToDo(NamedTuple):
    """A story to ask about: its articles that were compared, and those that are in none yet."""

    story_id: str
    there: list[Article]
    fresh: list[Article]


class Watch:
    """A folder of comparisons, one a story, and what was seen so far.

    Everything is written in one step each, and what is new is told before it is kept: whoever is
    ended in between hears of it again, and pays for nothing that the cache of answers has. A story
    is compared once it has `least` articles.
    """

    def __init__(
        self, folder: Path, *, settings: StorySettings | None = None, least: int = 2
    ) -> None:
        self._folder = folder
        self._settings = settings or StorySettings()
        self._least = least
        self._lock = FileLock(folder / "watch.lock")

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            message = f"{self._folder}: another watch uses it; give this one a folder of its own"
            raise ArticleError(message, path=self._folder) from None
        try:
            self._kept = SeenFile(self._folder / _STATE)
            self._take_over()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._kept.close()
        self._lock.release()

    def round(
        self, articles: Iterable[Article], asking: Asking, *, now: datetime
    ) -> Iterator[Watched]:
        """What is new with these articles, story by story; what came before is passed over.

        A story about which no call is answered is an error, and so is a comparison that cannot be
        read; where it is gone the story is compared anew. What failed is tried again in the next
        round, until no article can join the story any more.
        Raises ArticleError for a state that cannot be read, and BudgetExceeded.
        """
        given = [Seen(article=one, at=now) for one in articles]
        with self._kept.changing():
            for new in given:
                if not self._kept.is_known(new.key):
                    self._kept.put(new)
            self._let_go(now)
        for one in self._to_do():
            made = _made(one, self._path(one.story_id), asking)
            yield made
            self._keep(one.fresh, made)

    def _to_do(self) -> Iterator[_ToDo]:
        """The stories in which something is new, or without an answer."""
        fresh: dict[str, list[Article]] = {one: [] for one in self._kept.marked("unanswered")}
        pool = [one.article for one in self._kept.seen.values()]
        for story in stories(pool, settings=self._settings):
            of = Counter(filter(None, map(self._story_of, story.articles)))
            new = [one for one in story.articles if self._story_of(one) is None]
            if of and new:
                fresh.setdefault(of.most_common(1)[0][0], []).extend(new)
            elif new and len(new) >= self._least:
                fresh[story.id] = new
        there = defaultdict[str | None, list[Article]](list)
        for one in self._kept.seen.values():
            there[one.story_id].append(one.article)
        for story_id, new in fresh.items():
            yield _ToDo(story_id, there[story_id], new)

    def _keep(self, fresh: list[Article], made: Watched) -> None:
        if made.comparison is None:
            return
        if made.is_new:
            # A stop between the two must not leave a comparison that nobody knows of.
            with self._kept.changing():
                self._kept.mark(made.story_id, "begun")
        _write(made.path, made.comparison)
        self._place(fresh, made.story_id, made.comparison)

    def _place(self, fresh: Iterable[Article], story_id: str, comparison: Comparison) -> None:
        with self._kept.changing():
            for article in fresh:
                one = self._kept.seen.get(key_of(article))
                if one and one.story_id is None:
                    self._kept.put(one.model_copy(update={"story_id": story_id}))
            self._kept.mark(story_id, "unanswered" if _waiting(comparison) else None)

    def _take_over(self) -> None:
        """Take the comparisons that were written, and not told of any more."""
        for story_id in self._kept.marked("begun"):
            path = self._path(story_id)
            # What is broken meanwhile is made anew, as it was not kept yet.
            with suppress(ArticleError):
                if path.exists():
                    made = _read(path)
                    self._place(made.articles, story_id, made)
                    continue
            with self._kept.changing():
                self._kept.mark(story_id, None)

    def _story_of(self, article: Article) -> str | None:
        one = self._kept.seen.get(key_of(article))
        return one.story_id if one else None

    def _let_go(self, now: datetime) -> None:
        """Let go of articles that nothing can join any more."""
        last: dict[str, datetime] = {}
        for key, one in self._kept.seen.items():
            name = one.story_id or key
            last[name] = max(one.at, last.get(name, one.at))
        bound = now - timedelta(days=self._settings.days)
        over = {name for name, at in last.items() if at < bound}
        gone = [key for key, one in self._kept.seen.items() if (one.story_id or key) in over]
        self._kept.let_go(gone)
        for name in over:
            self._kept.mark(name, None)

    def _path(self, story_id: str) -> Path:
        return self._folder / f"{story_id}.json"


def _made(one: _ToDo, path: Path, asking: Asking) -> Watched:
    """What comes of a story."""
    try:
        before = _read(path) if one.there and path.exists() else None
        if before:
            given = _apart([*_unread(before), *one.fresh])
            made = update(before, given, **asking._asdict())
        else:
            made = compare(_apart([*one.there, *one.fresh]), **asking._asdict())
    except BudgetExceeded:
        raise
    except (ArticleError, LLMError) as error:
        return Watched(one.story_id, path, error=str(error))
    failed = failed_since(before.ledger if before else (), made.ledger)
    every = tuple(dict.fromkeys((*failed, *_waiting(made))))
    return Watched(one.story_id, path, made, is_new=before is None, failed=every)


def _waiting(comparison: Comparison) -> list[LedgerRow]:
    """The rows of what is without an answer and can be asked again: articles, and claims."""
    claims = unanswered(comparison.ledger) & {one.id for one in comparison.claims}
    failed = failed_rows(comparison.ledger)
    return [row for row in failed if row.stage == "extract" or row.item in claims]


def _unread(comparison: Comparison) -> list[Article]:
    """The articles that were not read in full."""
    waiting = {row.article_id for row in _waiting(comparison) if row.stage == "extract"}
    return [one for one in comparison.articles if one.id in waiting]


def _apart(articles: Iterable[Article]) -> list[Article]:
    """The articles, each of an id of its own: one that another has gets a number after it."""
    made: dict[str, Article] = {}
    for article in articles:
        names = (f"{article.id}-{number}" for number in count(2))
        own = next(name for name in chain([article.id], names) if name not in made)
        made[own] = article if own == article.id else article.model_copy(update={"id": own})
    return list(made.values())


def _read(path: Path) -> Comparison:
    try:
        return Comparison.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        message = f"{path}: cannot be read as a comparison; put it back, or move it away"
        raise ArticleError(message, path=path) from error


def _write(path: Path, record: Record) -> None:
    """Write in one step, so that a stop leaves what was there or this."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
