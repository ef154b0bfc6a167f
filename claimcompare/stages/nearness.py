"""Which claims may be about the same matter, by the words that they share: rare ones weigh more."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nsmallest

from claimcompare.stages.occurrence import tokens

# Bounds the work for one text, so that all of it grows with the number of texts and no faster.
_MOST_COMPARED = 1_500
# Of so many times as are wanted, some say much the same.
_SPARE = 5
_BODY = 1.2
_STEM = 5


class Nearness:
    """Some texts, ranked by how near they are to another.

    The weights are those of BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019), with
    words cut to their beginnings.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [_stems(text) for text in texts]
        self._postings: dict[str, list[int]] = defaultdict(list)
        for at, stems in enumerate(self._stems):
            for stem in stems:
                self._postings[stem].append(at)

    def nearest(self, text: str, count: int) -> list[int]:
        """The places of the nearest texts, the nearest first; of those as near, the earlier."""
        scores = self._scores(_stems(text))
        return nsmallest(count, scores, key=lambda at: (-scores[at], at))

    def neighbours(self, count: int) -> list[list[int]]:
        """For each text the nearest others; of those that say much the same, the first."""
        return [self.near(at, count) for at in range(len(self._stems))]

    def near(self, own: int, count: int) -> list[int]:
        """The nearest others of one text, as `neighbours` gives them of each."""
        scores = self._scores(self._stems[own])
        scores.pop(own, None)
        found: list[int] = []
        seen: set[frozenset[str]] = set()
        for at in nsmallest(_SPARE * count, scores, key=lambda at: (-scores[at], at)):
            words = frozenset(self._stems[at])
            if words not in seen:
                seen.add(words)
                found.append(at)
            if len(found) == count:
                break
        return found

    def _scores(self, stems: Mapping[str, int]) -> dict[int, float]:
        """The rarest words first, until enough texts are compared."""
        scores: dict[int, float] = defaultdict(float)
        compared = 0
        for stem in sorted(stems, key=lambda stem: (len(self._postings.get(stem, ())), stem)):
            places = self._postings.get(stem, [])
            if compared and compared + len(places) > _MOST_COMPARED:
                break
            rarity = self._rarity(len(places))
            for at in places[:_MOST_COMPARED]:
                scores[at] += rarity / (_BODY + math.log(1 + len(self._stems[at])))
            compared += len(places)
        return scores

    def _rarity(self, places: int) -> float:
        return math.log(1 + (len(self._stems) - places + 0.5) / (places + 0.5))


def shared_windows(texts: Sequence[str], size: int, count: int) -> Iterator[list[int]]:
    """The places of the texts in windows of up to `size`, all in one where they fit.

    Each text stands in some window together with the `count` that are nearest to it.
    """
    if len(texts) <= size:
        yield list(range(len(texts)))
        return
    yield from windows_near(Nearness(texts).neighbours(count), size)


def windows_around(
    new: Collection[int], texts: Sequence[str], size: int, count: int
) -> Iterator[list[int]]:
    """Like `shared_windows`, of windows in which each text that is new meets those near it."""
    if len(texts) <= size:
        yield list(range(len(texts)))
        return
    nearness = Nearness(texts)
    near = [nearness.near(at, count) if at in new else [] for at in range(len(texts))]
    yield from windows_near(near, size, among=new)


def windows_near(
    near: Sequence[Sequence[int]], size: int, *, among: Collection[int] | None = None
) -> Iterator[list[int]]:
    """The places of items in windows of up to `size`, each in some window with those near it.

    `near` has for each item the places of others, the nearest first: all count that fit. Where only
    some items are to meet those near them, `among` are their places.
    """
    wanted = [others[: size - 1] for others in near]
    waiting = dict.fromkeys(range(len(near)) if among is None else among)
    while waiting:
        yield sorted(_window(wanted, waiting, size))


def _window(near: Sequence[Sequence[int]], waiting: dict[int, None], size: int) -> set[int]:
    """As many of those that wait as fit with their neighbours, each next to what is there."""
    window: set[int] = set()
    following: deque[int] = deque()
    while following or waiting:
        core = following.popleft() if following else next(iter(waiting))
        if core not in waiting:
            continue
        wanted = window | {core, *near[core]}
        if len(wanted) > size:
            if not following:
                break
            continue
        window = wanted
        del waiting[core]
        following.extend(near[core])
    for other in window & waiting.keys():
        if window.issuperset(near[other]):
            del waiting[other]
    return window


def _stems(text: str) -> Counter[str]:
    return Counter(word[:_STEM] for word in tokens(text))
