"""Which article that is new is another version of one that came before."""

from collections.abc import Iterable

from claimcompare.corpus.seen import Seen
from claimcompare.schema import Article
from claimcompare.stages.arrivals import is_version

_Place = tuple[str | None, bool, str]


class Versions:
    """Articles that came before, by their outlet and address, else by their outlet and id.

    What is given once more in a round has not become another one. A version has more than a few
    words of the other: a page may tell of something else the next day, and a number is an id, too.
    """

    def __init__(self, seen: Iterable[Seen], given: Iterable[Seen]) -> None:
        here = {one.key for one in given}
        self._left: dict[_Place, list[Article]] = {}
        for one in seen:
            if one.key not in here:
                self._left.setdefault(_place(one.article), []).append(one.article)

    def former(self, article: Article) -> Article | None:
        """The version before that of an article that is new, if there is one and not several."""
        left = self._left.get(_place(article), [])
        found = [one for one in left if is_version(article, one)]
        return found[0] if len(found) == 1 else None


def _place(article: Article) -> _Place:
    return article.publisher, bool(article.url), article.url or article.id
