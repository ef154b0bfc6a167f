"""Made-up stories of two articles each, in which one speaker denies what another said."""

from collections.abc import Iterable, Iterator
from itertools import count, islice

from claimcompare.corpus import Story
from tests.endpoint.articles import articles


def stories(many: int | None = None) -> Iterator[Story]:
    """So many stories, or without an end."""
    numbers: Iterable[int] = count() if many is None else range(many)
    found = articles(2 * many) if many is not None else articles(1_000_000)
    return (Story(articles=tuple(islice(found, 2))) for _ in numbers)
