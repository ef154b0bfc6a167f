"""A story that articles may still join."""

from collections.abc import Iterable, Mapping
from itertools import islice

from claimcompare.corpus.records import Story
from claimcompare.schema import Article

# What is kept of a full story, so that the next article of its event is known.
_KEPT_WORDS = 200
_KEPT_LINES = 2_000


class OpenStory:
    """Articles of a story so far, and the sum of their vectors of words."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.last: float | None = None
        self.continues: str | None = None
        self.articles: list[tuple[int, Article]] = []
        self.words: dict[int, float] = {}
        # Each with the outlet that had it first.
        self.lines: dict[int, int | None] = {}
        self.weight = 0.0

    def add(self, place: int, article: Article, words: Mapping[int, float]) -> None:
        """One more article, with its place among all."""
        self.articles.append((place, article))
        self._sum(words, 1.0)

    def reach(self, when: float | None) -> None:
        """Its last article is not older than that."""
        if when is not None:
            self.last = when if self.last is None else max(when, self.last)

    def absorb(self, other: "OpenStory") -> None:
        """All articles of another story."""
        self.articles = sorted(self.articles + other.articles, key=lambda one: one[0])
        self.lines = other.lines | self.lines
        self.reach(other.last)
        self._sum(other.words, other.weight)

    def nearness(self, words: Mapping[int, float]) -> float:
        """The average of how similar the articles are to one with these words, from 0 to 1."""
        own = self.words
        return sum(weight * own[word] for word, weight in words.items() if word in own) / (
            self.weight
        )

    def told(self) -> Story:
        """The story as it stands; its articles get ids of their own."""
        articles = tuple(_with_own_ids(article for _, article in self.articles))
        return Story(articles=articles, continues=self.continues)

    def begin_next(self, full: Story) -> tuple[list[int], list[int]]:
        """Go on, without articles, as what follows a full story; the words and lines let go."""
        self.articles, self.continues = [], full.id
        kept = sorted(self.words, key=lambda word: (-self.words[word], word))
        gone_words = kept[_KEPT_WORDS:]
        for word in gone_words:
            del self.words[word]
        gone_lines = list(islice(self.lines, max(0, len(self.lines) - _KEPT_LINES)))
        for line in gone_lines:
            del self.lines[line]
        for word in self.words:
            self.words[word] /= 2
        self.weight /= 2
        return gone_words, gone_lines

    def _sum(self, words: Mapping[int, float], weight: float) -> None:
        for word, one in words.items():
            self.words[word] = self.words.get(word, 0.0) + one
        self.weight += weight


def _with_own_ids(articles: Iterable[Article]) -> Iterable[Article]:
    """The articles, with a number after an id that another has; the number that is free."""
    taken: dict[str, int] = {}
    for article in articles:
        name, own = article.id, article
        while own.id in taken:
            taken[name] += 1
            own = article.model_copy(update={"id": f"{name}-{taken[name]}"})
        taken[own.id] = 1
        yield own
