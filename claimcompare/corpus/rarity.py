"""In how many articles words stand, within memory that does not grow."""

import math
from array import array
from collections.abc import Iterable, Mapping
from heapq import nlargest

from claimcompare.corpus.features import DIFFERENT_WORDS

_MOST_WORDS = 64
# Words weigh by their rarity to this power: what few share tells more than what some share.
_STEEP = 1.5
# What stands in a third of all articles says nothing of an event, unless those are all of a story.
_COMMON = 3
_FEW = 40
# As if so many other articles were known: of two alone, all that they share would be in all.
_UNSEEN = 6


class Rarity:
    """Counts articles by word, by their hashes; the rarer a word, the more it tells."""

    def __init__(self) -> None:
        self._counts = array("I", [0]) * DIFFERENT_WORDS
        self._articles = 0

    def count(self, words: Iterable[int]) -> None:
        """One more article, with these words."""
        self._articles += 1
        counts = self._counts
        for word in words:
            counts[word] += 1

    def weights(self, counts: Mapping[int, float]) -> dict[int, float]:
        """The words that tell most, the most telling first, as a vector of length 1."""
        log, known, total = math.log, self._counts, self._articles + _UNSEEN
        common = max(_FEW, total / _COMMON)
        told = [
            ((1 + log(count)) * log(total / (known[word] + 0.5)) ** _STEEP, word)
            for word, count in counts.items()
            if known[word] <= common
        ]
        most = nlargest(_MOST_WORDS, told)
        length = math.sqrt(sum(weight * weight for weight, _ in most))
        return {word: weight / length for weight, word in most}
