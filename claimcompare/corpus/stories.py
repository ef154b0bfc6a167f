"""`stories()`: articles grouped by the event that they are about, as they come."""

from collections.abc import Iterable, Iterator
from itertools import islice

from claimcompare.corpus.features import Features, features
from claimcompare.corpus.moments import moment
from claimcompare.corpus.rarity import Rarity
from claimcompare.corpus.records import Story
from claimcompare.corpus.settings import StorySettings
from claimcompare.corpus.spool import in_order
from claimcompare.corpus.window import Window
from claimcompare.schema import Article

# So many are read before the first is placed: how rare words are must be known by then.
_AHEAD = 1_000


def stories(
    articles: Iterable[Article], *, settings: StorySettings | None = None
) -> Iterator[Story]:
    """The stories that articles tell: each article is in one, and some are alone in theirs.

    Any number of articles, in any language and any order, are read when a story is asked for, and
    put in order of time in a temporary file on the disk, unless `settings.ordered`. A story comes
    as soon as nothing can join it, so that memory holds the articles of some days. An article
    without a date is taken to be of the time of the article before it. In a story ids differ: one
    that comes again gets a number after it. The same articles in the same order give the same
    stories, and where all have a time, in whatever order. Raises ClaimCompareError where the disk
    is full.
    """
    told = settings or StorySettings()
    window, rarity = Window(told), Rarity()
    for article, found in _counted(articles if told.ordered else in_order(articles), rarity):
        weights = rarity.weights(found.words)
        yield from window.add(article, moment(article.published), weights, found)
    yield from window.rest()


def _counted(articles: Iterable[Article], rarity: Rarity) -> Iterator[tuple[Article, Features]]:
    """Each article with its features, which are counted before it comes; the first all at once."""
    known = _known(articles, rarity)
    yield from list(islice(known, _AHEAD))
    yield from known


def _known(articles: Iterable[Article], rarity: Rarity) -> Iterator[tuple[Article, Features]]:
    for article in articles:
        found = features(article)
        rarity.count(found.words)
        yield article, found
