"""Whether an article has the words of a name or a claim: without case, marks and endings."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from claimcompare.schema import Span

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_STEM = 3
# Of the longer of two words, how much must be the same from the first letter on.
_SAME_PART = 0.6
_MOST_WORDS_OF_A_NAME = 2
_OF_A_DESCRIPTION = 0.6


def plain(text: str) -> str:
    """The text without differences of case, width and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))


def tokens(text: str) -> list[str]:
    """The words of a text in order; of scripts without spaces, all pairs of letters."""
    return [token for token, _, _ in _placed(text)]


def is_unspaced(text: str) -> bool:
    """Whether a text is in a script that puts no space between words."""
    return bool(_UNSPACED.search(text))


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word with where it stands; an apostrophe ends a word, a combining mark does not."""
    for start, end in _runs(text):
        word = text[start:end]
        if is_unspaced(word):
            for at in range(start, max(start + 1, end - 1)):
                stop = min(at + 2, end)
                yield plain(text[at:stop]), at, stop
        else:
            yield plain(word), start, end


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for at, one in enumerate(text):
        inside = one.isalnum() or (start >= 0 and unicodedata.category(one) in ("Mn", "Mc", "Cf"))
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: the same, or the same but for an ending or a prefix."""
    shorter, longer = sorted((one, other), key=len)
    if one == other or len(shorter) < _SHORTEST_STEM or shorter.isdigit() or longer.isdigit():
        return one == other
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1),
        len(shorter),
    )
    if same >= max(_SHORTEST_STEM, _SAME_PART * len(longer)):
        return True
    # Semitic languages put the article and "and" before a word.
    return longer.endswith(shorter) and len(longer) - len(shorter) <= _SHORTEST_STEM


class Vocabulary:
    """The words of a text, to look others up in."""

    def __init__(self, text: str) -> None:
        self._words = frozenset(tokens(text))
        self._stems: dict[str, list[str]] = {}
        for word in self._words:
            self._stems.setdefault(word[:_SHORTEST_STEM], []).append(word)
            self._stems.setdefault(word[-_SHORTEST_STEM:], []).append(word)

    def has(self, word: str) -> bool:
        """Whether some form of a word is there."""
        near = (word[:_SHORTEST_STEM], word[-_SHORTEST_STEM:])
        return word in self._words or any(
            alike(word, one) for stem in near for one in self._stems.get(stem, ())
        )

    def share(self, words: Collection[str]) -> float:
        """The part of some words that are there, 1 of none."""
        return sum(map(self.has, words)) / len(words) if words else 1.0

    def names(self, name: str) -> bool:
        """Whether a name is there: all words of a short one, most of a longer description."""
        words = tokens(name)
        if not words:
            return False
        least = 1.0 if len(words) <= _MOST_WORDS_OF_A_NAME else _OF_A_DESCRIPTION
        return self.share(words) >= least


class Places:
    """Where the words of a text stand, to find names there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._there = list(_placed(text))
        self._at: dict[str, list[int]] = {}
        for at, (word, _, _) in enumerate(self._there):
            self._at.setdefault(word, []).append(at)
        # The same few speak again and again.
        self._found: dict[str, list[tuple[int, int]]] = {}

    def of(self, name: str) -> list[tuple[int, int]]:
        """Start and end of a name wherever it stands, word by word, without case and marks."""
        if name not in self._found:
            self._found[name] = list(self._sought(tokens(name)))
        return self._found[name]

    def nearest(self, name: str, start: int, end: int) -> Span | None:
        """The occurrence of a name that is nearest to a stretch, within it if there is one."""
        found = self.of(name)
        behind = bisect_left(found, (start, start))
        near = found[max(0, behind - 1) : behind + 1]
        if not near:
            return None
        first, last = min(near, key=lambda place: _distance(place, start, end))
        return Span(start=first, end=last, text=self._text[first:last])

    def _sought(self, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
        if not wanted:
            return
        # Where the rarest of the words is not, the others are in vain.
        places = [self._at.get(word, []) for word in wanted]
        rarest = min(range(len(wanted)), key=lambda at: len(places[at]))
        for at in places[rarest]:
            first = at - rarest
            there = self._there[max(0, first) : first + len(wanted)]
            if [word for word, _, _ in there] == wanted:
                yield there[0][1], there[-1][2]


def _distance(place: tuple[int, int], start: int, end: int) -> int:
    return max(0, start - place[0], place[1] - end)
