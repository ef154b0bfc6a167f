"""A folder of shards: where the results of stories go, and from where a run goes on."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from claimcompare.corpus.folders import RUN, claim, disclaim, number, partials, shard_at, shards
from claimcompare.corpus.growth import Growth
from claimcompare.corpus.reading import last_of_each
from claimcompare.corpus.records import StoryResult
from claimcompare.corpus.rows import Row, to_row
from claimcompare.corpus.shardfiles import (
    PARTIAL,
    UNFINISHED,
    Form,
    append_row,
    cut_half_a_line,
    parquet,
    reading,
    rows_in,
    write_rows,
    writing,
)
from claimcompare.errors import ClaimCompareError

_LOCK = ".lock"
_TOLD = ("story_id", "articles", "failures", "claims")


class Results:
    """Results of stories in a folder, a row each; a later run with it goes on where one ended.

    Each row is on disk when `add` returns: in a file of JSON Lines, which becomes a shard when it
    has `rows_per_shard` rows, and at the end. `run` says what made them, such as the model: to what
    another run made nothing is added. `done` are the stories that are there without failures; the
    row of another stays until one is added in its place, which a row without a comparison is not
    where claims are there. A story that grew is another story; its row tells those that it
    `replaces`.

    To be used in a `with` block. Raises ClaimCompareError where the folder is another's, in use,
    or cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        form: Form = "parquet",
        rows_per_shard: int = 1_000,
        run: Mapping[str, str] | None = None,
    ) -> None:
        self.done: set[str] = set()
        self._folder = folder
        self._form = form
        self._rows_per_shard = rows_per_shard
        self._run = run or {}
        self._number = 0
        self._rows = 0
        # Stories with failures that are there, and whether their row has claims.
        self._failed: dict[str, bool] = {}
        self._is_twice = False
        self._growth = Growth()

    def add(self, result: StoryResult) -> None:
        """Keep what came of a story, unless what is there has no failures, or is more."""
        if result.story_id in self.done:
            return
        if result.comparison is None and self._failed.get(result.story_id):
            return
        grown = result.model_copy(update={"replaces": self._growth.within(result)})
        row, path = to_row(grown), self._path(PARTIAL)
        with writing(path):
            append_row(path, row)
        self._is_twice |= result.story_id in self._failed
        self._learn(row)
        self._rows += 1
        if self._rows >= self._rows_per_shard:
            self._close_shard()

    def __enter__(self) -> Self:
        if self._form == "parquet":
            parquet("writing Parquet")
        self._take_lock()
        try:
            self._take_up()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
            else:
                # Whoever hears of the first error has enough; the next run takes up what is left.
                with suppress(ClaimCompareError):
                    self._finish()
                    disclaim(self._folder)
        finally:
            self._leave()

    def _take_lock(self) -> None:
        from filelock import FileLock, Timeout

        self._lock = FileLock(self._folder / _LOCK)
        self._is_new = not self._folder.exists()
        with writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise ClaimCompareError(
                    f"{self._folder}: another run is writing there; wait for its end, or use "
                    "another folder"
                ) from error

    def _leave(self) -> None:
        """Let others write; where nothing came of the run, nothing of it stays."""
        self._lock.release()
        if not (self._folder / RUN).exists():
            with suppress(OSError):
                (self._folder / _LOCK).unlink(missing_ok=True)
                if self._is_new:
                    self._folder.rmdir()

    def _take_up(self) -> None:
        """Put in order what earlier runs left, and learn what is done."""
        claim(self._folder, self._form, self._run)
        for path in self._folder.glob(f"*{UNFINISHED}"):
            with writing(path):
                path.unlink()
        left = partials(self._folder)
        for path in set(self._folder.glob(f"*{PARTIAL}")).difference(left):
            # It had become a shard, and was to be deleted.
            with writing(path):
                path.unlink()
        for path in left:
            with writing(path):
                self._rows = cut_half_a_line(path)
            self._number = number(path)
            self._close_shard()
        for path in shards(self._folder):
            self._number = max(self._number, number(path) + 1)
        self._tidy()

    def _finish(self) -> None:
        self._close_shard()
        if self._is_twice:
            self._tidy()

    def _close_shard(self) -> None:
        """Make a shard of what was added since the last one."""
        partial, shard = self._path(PARTIAL), self._path(f".{self._form}")
        with writing(shard):
            if partial.exists():
                self._become(partial, shard)
                self._number += 1
        self._rows = 0

    def _become(self, partial: Path, shard: Path) -> None:
        if self._form == "jsonl" and self._rows:
            partial.replace(shard)
            return
        write_rows(shard, rows_in(partial))
        partial.unlink()

    def _tidy(self) -> None:
        """Learn what the shards hold, and leave in them the last row of each story."""
        last: dict[str, Path] = {}
        former: defaultdict[Path, Counter[str]] = defaultdict(Counter)
        for path in shards(self._folder):
            with reading(path):
                for row in rows_in(path, _TOLD):
                    story_id = row["story_id"]
                    if story_id in last:
                        former[last[story_id]][story_id] += 1
                    last[story_id] = path
                    self._learn(row)
        for path, story_ids in former.items():
            write_rows(path, last_of_each(rows_in(path), story_ids, keep=0))

    def _learn(self, row: Row) -> None:
        self._growth.add(row["story_id"], row["articles"])
        if not row["failures"]:
            self.done.add(row["story_id"])
        else:
            self._failed[row["story_id"]] = bool(row["claims"])

    def _path(self, ending: str) -> Path:
        return shard_at(self._folder, self._number, ending)
