"""What is in a folder of shards, for whoever does not write there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimcompare.corpus.folders import number, partials, shards
from claimcompare.corpus.growth import Growth
from claimcompare.corpus.records import StoryResult
from claimcompare.corpus.rows import Row, from_row
from claimcompare.corpus.shardfiles import PARTIAL, reading, rows_in
from claimcompare.errors import ClaimCompareError


def read_results(source: Path, *, current: bool = False) -> Iterator[StoryResult]:
    """The results in a folder of shards, also one that is being written, or in one of its files.

    One for each story: the last, where a story that failed was asked again. `current` leaves out
    those that a later one `replaces`, as it has all their articles and more.
    Raises ClaimCompareError where they cannot be read.
    """
    paths = _files(source) if source.is_dir() else [source]
    if not paths:
        raise ClaimCompareError(f"{source}: holds no results of stories")
    left: Counter[str] = Counter()
    replaced: set[str] = set()
    for path in map(_by_now, paths):
        with reading(path):
            for row in rows_in(path, ("story_id", "replaces")):
                left[row["story_id"]] += 1
                replaced.update((row.get("replaces") or ()) if current else ())
    for path in map(_by_now, paths):
        with reading(path):
            rows = last_of_each(rows_in(path), left, keep=1)
            yield from (from_row(row) for row in rows if row["story_id"] not in replaced)
    if any(many > 0 for many in left.values()):
        raise ClaimCompareError(f"{source}: was put in order while it was read; read it again")


def _files(folder: Path) -> list[Path]:
    """The files of a folder in order; a shard that was not full when they were sought is there."""
    found = {number(path): path for path in (*partials(folder), *shards(folder))}
    return [found[one] for one in sorted(found)]


def _by_now(path: Path) -> Path:
    """Where the rows of a file are by now: one that was being written may have become a shard."""
    if path.name.endswith(PARTIAL) and not path.exists():
        full = (one for one in shards(path.parent) if number(one) == number(path))
        return next(full, path)
    return path


def growth_in(source: Path) -> Growth:
    """What is known of stories in a folder of shards, to find those that are in a larger one.

    Raises ClaimCompareError where they cannot be read.
    """
    growth = Growth()
    for path in map(_by_now, _files(source)):
        with reading(path):
            for row in rows_in(path, ("story_id", "articles")):
                growth.add(row["story_id"], row["articles"])
    return growth


def done_in(folder: Path) -> set[str]:
    """The stories that are in a folder without failures; none where there is no such folder.

    Raises ClaimCompareError where they cannot be read.
    """
    done: set[str] = set()
    for path in map(_by_now, _files(folder)):
        with reading(path):
            rows = rows_in(path, ("story_id", "failures"))
            done.update(row["story_id"] for row in rows if not row["failures"])
    return done


def last_of_each(rows: Iterable[Row], left: Counter[str], *, keep: int) -> Iterator[Row]:
    """The rows without the first ones of a story, of which so many are left that some are kept."""
    for row in rows:
        left[row["story_id"]] -= 1
        if left[row["story_id"]] == keep - 1:
            yield row
