"""How well articles are grouped: pairs of articles in one story, told by which they should be."""

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

_RESAMPLES = 400


class Rate(NamedTuple):
    """A figure, with the interval that 95 of 100 samples of stories fall into."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


class Grouping(NamedTuple):
    """Of the pairs that were made, how many are right, and how many of the right ones were made."""

    precision: Rate
    recall: Rate
    f1: Rate


class Pairs:
    """Counts pairs by the story that their articles are about; a wrong pair is half of each's.

    Holds some numbers a story, and no article.
    """

    def __init__(self) -> None:
        self._sizes = array("q")
        self._right = array("q")
        self._made = array("d")
        self.largest = 0
        self.stories = 0

    def should_be(self, story: int) -> None:
        """One more article about a story."""
        missing = story + 1 - len(self._sizes)
        for counts in (self._sizes, self._right, self._made):
            counts.extend([0] * missing)
        self._sizes[story] += 1

    def made(self, about: Iterable[int]) -> None:
        """A story was made of articles about these."""
        found = Counter(about)
        whole = found.total()
        self.largest = max(self.largest, whole)
        self.stories += 1
        for story, count in found.items():
            self._right[story] += count * (count - 1) // 2
            self._made[story] += count * (count - 1) / 2 + count * (whole - count) / 2

    def grouping(self) -> Grouping:
        """The figures, with intervals over stories."""
        sizes, right, made = map(np.asarray, (self._sizes, self._right, self._made))
        told = sizes > 0
        table = np.stack([right[told], made[told], (sizes * (sizes - 1) / 2)[told]]).astype(float)
        random = np.random.default_rng(0)
        count = table.shape[1]
        drawn = [table @ random.poisson(1, count) for _ in range(_RESAMPLES)]
        samples = np.array([_rates(one) for one in drawn])
        low, high = np.percentile(samples, [2.5, 97.5], axis=0)
        return Grouping(*map(Rate, _rates(table.sum(axis=1)), low, high))


def _rates(sums: np.ndarray) -> tuple[float, float, float]:
    right, made, wanted = (float(one) for one in sums)
    precision, recall = right / max(made, 1.0), right / max(wanted, 1.0)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
