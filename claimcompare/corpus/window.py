"""The stories that are open: what joins which, and when one is over."""

import math
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from heapq import nlargest
from statistics import median_low

from claimcompare.corpus.features import Features
from claimcompare.corpus.index import Index
from claimcompare.corpus.opened import OpenStory
from claimcompare.corpus.records import Story
from claimcompare.corpus.settings import StorySettings
from claimcompare.schema import Article

# Together these bound the work for an article, so that all of it grows with their number alone.
_MOST_WITH_A_WORD = 100
_MOST_LOOKED_AT = 1_000
_MOST_COMPARED = 8
# A line in more stories is what an outlet writes below everything.
_MOST_WITH_A_LINE = 3
_LEAST_LINES = 2
_LEAST_SHARE = 0.5
# How near an article must be to a story: the more stories there are, the nearer comes one of them
# by chance. The longer ago its last article is, as a part of the window, the nearer must it be.
_LEAST_NEAR = 0.06
_NEAR = 0.026
_FADING = 1.2
# Articles whose middle is the time that it is: a wrong date now and then does not move that.
_CLOCK = 5


class Window:
    """Puts each article into the nearest open story, or into one of its own."""

    def __init__(self, settings: StorySettings) -> None:
        self._settings = settings
        self._open: dict[int, OpenStory] = {}
        self._words = Index()
        self._lines = Index()
        # The time of the article that is placed, or of the one before it.
        self._when: float | None = None
        self._times: deque[float] = deque(maxlen=_CLOCK)
        self._places = 0
        self._held = 0

    def add(
        self,
        article: Article,
        when: float | None,
        words: Mapping[int, float],
        found: Features,
    ) -> Iterator[Story]:
        """The stories that end by this article: those that are over, or full with it."""
        yield from self._over(when)
        story = self._copied(found) or self._nearest(words)
        self._place(story, article, words, found)
        if len(story.articles) >= self._settings.most:
            yield self._full(story)
        while self._held > self._settings.held:
            yield from self._closed(next(iter(self._open.values())))

    def rest(self) -> Iterator[Story]:
        """All stories that are still open."""
        for story in list(self._open.values()):
            yield from self._closed(story)

    def _over(self, when: float | None) -> Iterator[Story]:
        """The stories that the time has passed; those without a time take the first there is."""
        if when is None:
            return
        if self._when is None:
            for story in self._open.values():
                story.last = when
        self._when = when
        self._times.append(when)
        now = median_low(self._times)
        while self._open and len(self._times) == _CLOCK:
            story = next(iter(self._open.values()))
            if story.last is None or abs(now - story.last) <= self._settings.days:
                return
            yield from self._closed(story)

    def _may_join(self, story: OpenStory) -> bool:
        """Whether the article that is placed is of the time of a story."""
        return self._away(story) <= self._settings.days

    def _away(self, story: OpenStory) -> float:
        """The days between the article that is placed and a story's last."""
        if self._when is None or story.last is None:
            return 0.0
        return abs(self._when - story.last)

    def _copied(self, found: Features) -> OpenStory | None:
        """The story that has most of the lines, without those that an outlet has everywhere."""
        shared: Counter[int] = Counter()
        telling = 0
        for line in found.lines:
            there = self._lines.having(line)
            others = [number for number in there if not self._is_own(line, number, found)]
            if len(there) <= _MOST_WITH_A_LINE and len(others) == len(there):
                telling += 1
                shared.update(one for one in others if self._may_join(self._open[one]))
        if not shared:
            return None
        number, most = min(shared.items(), key=lambda pair: (-pair[1], pair[0]))
        if most >= min(_LEAST_LINES, telling) and most / telling >= _LEAST_SHARE:
            return self._open[number]
        return None

    def _is_own(self, line: int, number: int, found: Features) -> bool:
        """Whether a line is in a story by the same outlet, which may have it everywhere."""
        return found.outlet is not None and self._open[number].lines[line] == found.outlet

    def _nearest(self, words: Mapping[int, float]) -> OpenStory:
        """The nearest story, with those of the others that it is one with; else a new one."""
        near = self._near(words)
        if not near:
            return self._open.setdefault(self._places, OpenStory(self._places))
        for other in near[1:]:
            self._join(near[0], other)
        return near[0]

    def _near(self, words: Mapping[int, float]) -> list[OpenStory]:
        """The stories near enough, the nearest first."""
        found = []
        for number in self._candidates(words):
            story = self._open[number]
            if not self._may_join(story):
                continue
            nearness = story.nearness(words) * self._fresh(story)
            if nearness >= self._near_enough():
                found.append((-nearness, number, story))
        return [story for _, _, story in sorted(found)]

    def _near_enough(self) -> float:
        return max(_LEAST_NEAR, _NEAR * math.log(len(self._open) + 1))

    def _fresh(self, story: OpenStory) -> float:
        """From 1 at the time of a story's last article on towards 0."""
        return math.exp(-_FADING * self._away(story) / self._settings.days)

    def _candidates(self, words: Mapping[int, float]) -> list[int]:
        """The stories that share most, by the most telling words."""
        scores: dict[int, float] = {}
        looked_at = 0
        for word, weight in words.items():
            there = self._words.having(word)
            if len(there) <= _MOST_WITH_A_WORD:
                for number in there:
                    scores[number] = scores.get(number, 0.0) + weight * weight
                looked_at += len(there)
                if looked_at > _MOST_LOOKED_AT:
                    break
        return nlargest(_MOST_COMPARED, scores, key=lambda number: (scores[number], number))

    def _join(self, story: OpenStory, other: OpenStory) -> None:
        """Make one of two stories that turn out to be near each other."""
        whole = len(story.articles) + len(other.articles)
        if whole >= self._settings.most or story.continues or other.continues:
            return
        if story.nearness(other.words) / other.weight < self._near_enough():
            return
        self._forget(other)
        story.absorb(other)
        self._words.add(story.number, other.words)
        self._lines.add(story.number, other.lines)

    def _place(
        self, story: OpenStory, article: Article, words: Mapping[int, float], found: Features
    ) -> None:
        story.add(self._places, article, words)
        for line in found.lines:
            story.lines.setdefault(line, found.outlet)
        self._words.add(story.number, words)
        self._lines.add(story.number, found.lines)
        self._places += 1
        self._held += 1
        story.reach(self._when)
        # The open stories stand in the order in which they are over.
        self._open[story.number] = self._open.pop(story.number)

    def _full(self, story: OpenStory) -> Story:
        told = story.told()
        self._held -= len(story.articles)
        words, lines = story.begin_next(told)
        self._words.remove(story.number, words)
        self._lines.remove(story.number, lines)
        return told

    def _closed(self, story: OpenStory) -> Iterator[Story]:
        self._forget(story)
        self._held -= len(story.articles)
        if story.articles:
            yield story.told()

    def _forget(self, story: OpenStory) -> None:
        del self._open[story.number]
        self._words.remove(story.number, story.words)
        self._lines.remove(story.number, story.lines)
