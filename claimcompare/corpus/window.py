"""The stories that are open: what joins which, and when one is over."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nlargest

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
# by chance. Each day since the story's last article takes its part away.
_LEAST_NEAR = 0.06
_NEAR = 0.024
_FADING = 0.4


class Window:
    """Puts each article into the nearest open story, or into one of its own."""

    def __init__(self, settings: StorySettings) -> None:
        self._settings = settings
        self._open: dict[int, OpenStory] = {}
        self._words = Index()
        self._lines = Index()
        self._now: float | None = None
        self._places = 0
        self._held = 0

    def add(
        self,
        article: Article,
        when: float | None,
        words: Mapping[int, float],
        lines: tuple[int, ...],
    ) -> Iterator[Story]:
        """The stories that end by this article: those that are over, or full with it."""
        yield from self._over(when)
        story = self._for(words, lines)
        self._place(story, article, words, lines)
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
        if self._now is None:
            for story in self._open.values():
                story.last = when
        self._now = max(when, self._now or when)
        while self._open:
            story = next(iter(self._open.values()))
            if story.last is None or self._now - story.last <= self._settings.days:
                return
            yield from self._closed(story)

    def _for(self, words: Mapping[int, float], lines: tuple[int, ...]) -> OpenStory:
        copied = self._copied(lines)
        if copied is not None:
            return copied
        near = self._near(words)
        if not near:
            story = OpenStory(self._places)
            self._open[story.number] = story
            return story
        for other in near[1:]:
            self._join(near[0], other)
        return near[0]

    def _copied(self, lines: tuple[int, ...]) -> OpenStory | None:
        """The story that has most of the lines, without those that stand everywhere."""
        shared: Counter[int] = Counter()
        telling = 0
        for line in lines:
            there = self._lines.having(line)
            if len(there) <= _MOST_WITH_A_LINE:
                telling += 1
                shared.update(there.keys())
        if not shared:
            return None
        number, most = min(shared.items(), key=lambda pair: (-pair[1], pair[0]))
        if most >= min(_LEAST_LINES, telling) and most / telling >= _LEAST_SHARE:
            return self._open[number]
        return None

    def _near(self, words: Mapping[int, float]) -> list[OpenStory]:
        """The stories near enough, the nearest first."""
        found = []
        for number in self._candidates(words):
            story = self._open[number]
            nearness = story.nearness(words) * self._fresh(story)
            if nearness >= self._near_enough():
                found.append((-nearness, number, story))
        return [story for _, _, story in sorted(found)]

    def _near_enough(self) -> float:
        return max(_LEAST_NEAR, _NEAR * math.log(len(self._open) + 1))

    def _fresh(self, story: OpenStory) -> float:
        """From 1 at the time of a story's last article on towards 0."""
        if self._now is None or story.last is None:
            return 1.0
        return math.exp(-_FADING * (self._now - story.last))

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
        self, story: OpenStory, article: Article, words: Mapping[int, float], lines: tuple[int, ...]
    ) -> None:
        story.add(self._places, article, words)
        story.lines.update(dict.fromkeys(lines))
        self._words.add(story.number, words)
        self._lines.add(story.number, lines)
        self._places += 1
        self._held += 1
        # The open stories stand in the order in which they are over.
        story.last = self._now
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
