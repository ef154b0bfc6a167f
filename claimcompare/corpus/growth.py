"""Stories that grew: all articles of an earlier story are in a larger one of a later run."""

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from claimcompare.corpus.records import StoryResult, story_id
from claimcompare.schema import Article


class Growth:
    """Learns of stories one by one, and then which of them are in a larger one.

    A story's id tells the texts of its articles, so that of each story of several articles only
    short hashes of their ids are held, some 200 bytes, and of one article nothing but its id.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        # By the least hash of a story how many it has, then all; those of other stories may follow.
        self._several: dict[int, bytes] = {}

    def add(self, story: str, articles: Sequence[str]) -> None:
        """Learn of a story by its id and those of its articles."""
        if story in self._known:
            return
        self._known.add(story)
        if len(articles) > 1:
            hashes = sorted(map(_hash, articles))
            told = array("Q", (len(hashes), *hashes)).tobytes()
            self._several[hashes[0]] = self._several.get(hashes[0], b"") + told

    def within(self, result: StoryResult) -> tuple[str, ...]:
        """The stories that need not be looked at, as a larger one has all their articles, whole."""
        made = result.comparison
        # What failed in part may lack what the smaller story has.
        if made is None or result.failures:
            return ()
        found = (story_id(some) for some in self._parts(made.articles))
        return tuple(one for one in dict.fromkeys(found) if one in self._known)

    def _parts(self, articles: Sequence[Article]) -> Iterator[list[Article]]:
        """Each of some articles alone, and those that a smaller story has by their ids."""
        if len(articles) == 1:
            return
        yield from ([one] for one in articles)
        by_hash = {_hash(one.id): one for one in articles}
        for least in by_hash:
            for hashes in _each(self._several.get(least, b"")):
                if len(hashes) < len(articles) and by_hash.keys() >= set(hashes):
                    yield [by_hash[one] for one in hashes]


def _hash(article_id: str) -> int:
    told = article_id.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest())


def _each(told: bytes) -> Iterator["array[int]"]:
    """The hashes of each story."""
    numbers = array("Q", told)
    at = 0
    while at < len(numbers):
        end = at + 1 + numbers[at]
        yield numbers[at + 1 : end]
        at = end
