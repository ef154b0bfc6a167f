"""`Watch`: stories in articles that come day after day, each with a comparison that is kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from claimcompare.corpus.seen import Seen, SeenFile, key_of
from claimcompare.corpus.settings import StorySettings
from claimcompare.corpus.stories import stories
from claimcompare.corpus.versions import Versions
from claimcompare.corpus.watched import Asking, ToDo, Watched, made_of, read_comparison, waiting
from claimcompare.errors import ArticleError
from claimcompare.schema import Article, Comparison
from claimcompare.whole import write_whole

_STATE = "watch.sqlite3"


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
        round, until no article can join the story any more; a story that was never asked about, or
        about which nothing was answered, as long as it takes.
        Raises ArticleError for a state that cannot be read, and BudgetExceeded.
        """
        given = [Seen(article=one, at=now) for one in articles]
        with self._kept.changing():
            versions = Versions(self._kept.seen.values(), given)
            for new in given:
                if not self._kept.is_known(new.key):
                    self._add(new, versions.former(new.article))
            self._let_go(now)
        to_do = list(self._to_do())
        with self._kept.changing():
            self._begin(to_do)
        for one in to_do:
            made = made_of(one, self._path(one.story_id), asking)
            yield made
            self._keep([*one.again, *one.fresh], made, now)

    def _add(self, new: Seen, former: Article | None) -> None:
        if former and key_of(former) in self._kept.seen:
            self._kept.replace(former, new)
        else:
            self._kept.put(new)

    def _to_do(self) -> Iterator[ToDo]:
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
        there, again = (defaultdict[str, list[Article]](list) for _ in range(2))
        for one in self._kept.seen.values():
            if one.is_due and one.story_id:
                named = {"id": one.name or one.article.id}
                again[one.story_id].append(one.article.model_copy(update=named))
            elif one.story_id:
                there[one.story_id].append(one.article)
        for story_id in dict.fromkeys((*fresh, *again)):
            yield ToDo(story_id, there[story_id], again[story_id], fresh.get(story_id, []))

    def _begin(self, to_do: Iterable[ToDo]) -> None:
        """Note what is about to be asked: whoever is ended, or gets no answer, does not lose it."""
        asked = {
            key_of(article): one.story_id for one in to_do for article in (*one.again, *one.fresh)
        }
        for key, one in list(self._kept.seen.items()):
            if one.asked_for != asked.get(key):
                self._kept.put(one.model_copy(update={"asked_for": asked.get(key)}))

    def _keep(self, fresh: list[Article], made: Watched, now: datetime) -> None:
        if made.comparison is None:
            return
        if made.is_new:
            # A stop between the two must not leave a comparison that nobody knows of.
            with self._kept.changing():
                self._kept.mark(made.story_id, "begun")
        write_whole(made.path, f"{made.comparison.model_dump_json(indent=2)}\n")
        self._place(fresh, made.story_id, made.comparison, now)

    def _place(
        self,
        fresh: Iterable[Article],
        story_id: str,
        comparison: Comparison,
        now: datetime | None = None,
    ) -> None:
        """Keep which articles are in a comparison; one that had to wait comes as late as now."""
        names = {key_of(article): article.id for article in comparison.articles}
        with self._kept.changing():
            for key in map(key_of, fresh):
                one = self._kept.seen.get(key)
                if one is None:
                    continue
                told: dict[str, object] = {"asked_for": None}
                # A version that was not read may have left the former in its place: it stays due,
                # and as old as it is, so that its story is let go some day.
                if key in names and (one.is_due or one.story_id is None):
                    told |= {"story_id": story_id, "name": names[key], "is_due": False}
                    told["at"] = now or one.at
                self._kept.put(one.model_copy(update=told))
            self._kept.mark(story_id, "unanswered" if waiting(comparison) else None)

    def _take_over(self) -> None:
        """Take the comparisons that were written, and not told of any more."""
        for story_id in self._kept.marked("begun"):
            path = self._path(story_id)
            # What is broken meanwhile is made anew, as it was not kept yet.
            with suppress(ArticleError):
                if path.exists():
                    made = read_comparison(path)
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
        asked = {key: one.asked_for for key, one in self._kept.seen.items() if one.asked_for}
        over = {name for name, at in last.items() if at < bound} - {*asked, *asked.values()}
        gone = [key for key, one in self._kept.seen.items() if (one.story_id or key) in over]
        self._kept.let_go(gone)
        for name in over:
            self._kept.mark(name, None)

    def _path(self, story_id: str) -> Path:
        return self._folder / f"{story_id}.json"
