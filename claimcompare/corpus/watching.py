"""`Watch`: stories in articles that come day after day, each with a comparison that is kept."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, Field, ValidationError

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

_STATE = "watch.json"
# Of articles that no story waits for any more only so many are still known.
_MOST_KNOWN = 200_000
R = TypeVar("R", bound=Record)


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


class _Seen(Record):
    """An article that came, when that was, and the story in whose comparison it is."""

    article: Article
    at: AwareDatetime
    story_id: str | None = None

    @property
    def key(self) -> str:
        return _key(self.article)


class _State(Record):
    """What is known between two rounds; `known` are articles that no story waits for any more.

    `unanswered` are the stories in which something is without an answer.
    """

    seen: tuple[_Seen, ...] = ()
    unanswered: tuple[str, ...] = ()
    known: tuple[str, ...] = Field(default=())


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
        self._seen: dict[str, _Seen] = {}
        self._known: dict[str, None] = {}
        self._unanswered: dict[str, None] = {}
        self._lock = FileLock(folder / "watch.lock")

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            message = f"{self._folder}: another watch uses it; give this one a folder of its own"
            raise ArticleError(message, path=self._folder) from None
        try:
            self._load()
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
        for article in articles:
            key = _key(article)
            if key not in self._seen and key not in self._known:
                self._seen[key] = _Seen(article=article, at=now)
        self._prune(now)
        self._save()
        for story_id, fresh in self._to_do().items():
            made = self._made(story_id, fresh, asking)
            yield made
            self._keep(fresh, made)

    def _to_do(self) -> dict[str, list[Article]]:
        """The stories to ask about, each with the articles that are in no comparison yet."""
        found: dict[str, list[Article]] = {one: [] for one in self._unanswered}
        pool = [one.article for one in self._seen.values()]
        for story in stories(pool, settings=self._settings):
            there = Counter(filter(None, map(self._story_of, story.articles)))
            fresh = [one for one in story.articles if self._story_of(one) is None]
            if there and fresh:
                found.setdefault(there.most_common(1)[0][0], []).extend(fresh)
            elif fresh and len(fresh) >= self._least:
                found[story.id] = fresh
        return found

    def _made(self, story_id: str, fresh: list[Article], asking: Asking) -> Watched:
        """What comes of a story."""
        path = self._path(story_id)
        there = [one.article for one in self._seen.values() if one.story_id == story_id]
        try:
            before = _read(path, Comparison) if there and path.exists() else None
            if before:
                given = _apart([*_unread(before), *fresh])
                made = update(before, given, **asking._asdict())
            else:
                made = compare(_apart([*there, *fresh]), **asking._asdict())
        except BudgetExceeded:
            raise
        except (ArticleError, LLMError) as error:
            return Watched(story_id, path, error=str(error))
        failed = failed_since(before.ledger if before else (), made.ledger)
        every = tuple(dict.fromkeys((*failed, *_waiting(made))))
        return Watched(story_id, path, made, is_new=before is None, failed=every)

    def _keep(self, fresh: list[Article], made: Watched) -> None:
        if made.comparison is None:
            return
        _write(made.path, made.comparison)
        for article in fresh:
            self._place(article, made.story_id)
        self._unanswered.pop(made.story_id, None)
        if _waiting(made.comparison):
            self._unanswered[made.story_id] = None
        self._save()

    def _place(self, article: Article, story_id: str) -> None:
        one = self._seen.get(_key(article))
        if one and one.story_id is None:
            self._seen[one.key] = one.model_copy(update={"story_id": story_id})

    def _story_of(self, article: Article) -> str | None:
        one = self._seen.get(_key(article))
        return one.story_id if one else None

    def _prune(self, now: datetime) -> None:
        """Let go of articles that nothing can join any more."""
        last: dict[str, datetime] = {}
        for key, one in self._seen.items():
            name = one.story_id or key
            last[name] = max(one.at, last.get(name, one.at))
        bound = now - timedelta(days=self._settings.days)
        for key, one in list(self._seen.items()):
            if last[one.story_id or key] < bound:
                del self._seen[key]
                self._known[key] = None
        for key in list(self._known)[:-_MOST_KNOWN]:
            del self._known[key]
        left = {one.story_id for one in self._seen.values()}
        self._unanswered = {one: None for one in self._unanswered if one in left}

    def _path(self, story_id: str) -> Path:
        return self._folder / f"{story_id}.json"

    def _load(self) -> None:
        path = self._folder / _STATE
        state = _read(path, _State) if path.exists() else _State()
        self._seen = {one.key: one for one in state.seen}
        self._known = dict.fromkeys(state.known)
        self._unanswered = dict.fromkeys(state.unanswered)
        # A stop between two files leaves a comparison of which the state does not know yet.
        told = {one.story_id for one in state.seen}
        for key, story_id in self._untold(told):
            one = self._seen.get(key)
            if one and one.story_id is None:
                self._seen[key] = one.model_copy(update={"story_id": story_id})

    def _untold(self, told: set[str | None]) -> Iterator[tuple[str, str]]:
        if all(one.story_id for one in self._seen.values()):
            return
        for path in sorted(self._folder.glob("*.json")):
            if path.name != _STATE and path.stem not in told:
                for article in _read(path, Comparison).articles:
                    yield _key(article), path.stem

    def _save(self) -> None:
        state = _State(
            seen=tuple(self._seen.values()),
            known=tuple(self._known),
            unanswered=tuple(self._unanswered),
        )
        _write(self._folder / _STATE, state)


def _key(article: Article) -> str:
    told = [article.text, article.publisher, None if article.publisher else article.url]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


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


def _read(path: Path, kind: type[R]) -> R:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        message = f"{path}: cannot be read as what a watch keeps; put it back, or move it away"
        raise ArticleError(message, path=path) from error


def _write(path: Path, record: Record) -> None:
    """Write in one step, so that a stop leaves what was there or this."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
