"""Stories that grew: all articles of an earlier story are in a larger one of a later run."""

from collections import defaultdict
from typing import NamedTuple

from claimcompare.corpus.records import StoryResult


class _Known(NamedTuple):
    story_id: str
    articles: frozenset[str]
    # Each id with the hash of its text; none where there is no comparison to keep.
    texts: frozenset[tuple[str, str]]


class Growth:
    """Learns of results one by one, and then which of them are in a larger story."""

    def __init__(self) -> None:
        self._known: list[_Known] = []
        self._whole: defaultdict[str, list[_Known]] = defaultdict(list)

    def add(self, result: StoryResult) -> None:
        """Learn of a story."""
        made = result.comparison
        texts = frozenset((one.id, one.sha256) for one in made.articles) if made else frozenset()
        known = _Known(result.story_id, frozenset(result.articles), texts)
        self._known.append(known)
        # What failed in part may lack what the smaller story has.
        if made and not result.failures:
            for article in known.articles:
                self._whole[article].append(known)

    def outgrown(self) -> set[str]:
        """The stories that need not be looked at: a larger one has all their articles, whole."""
        return {one.story_id for one in self._known if self._is_in_larger(one)}

    def _is_in_larger(self, story: _Known) -> bool:
        first = next(iter(story.articles), "")
        return any(
            other.articles > story.articles and other.texts >= story.texts
            for other in self._whole.get(first, ())
        )
