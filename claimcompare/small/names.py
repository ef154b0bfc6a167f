"""The longer names of an article that end in a word, in English."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.schema import Span
from claimcompare.small.lexicon import CLAUSE_OPENERS, PARTICLES, PRONOUNS
from claimcompare.small.words import WORD, is_headline, normal

_MOST_BEFORE = 3
_WITHIN_NAME = " .-\u00a0"
# "Dr. Quill" is one name; in "Bray. Quill" a sentence ends.
_LONGEST_SHORTENED = 3


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    stretch: int


class Names:
    """The words of one article, in stretches that no name runs over, to look names up in."""

    def __init__(self, text: str, stretches: Sequence[Span]) -> None:
        self._text = text
        self._tokens = [
            _token(match, stretch)
            for stretch, span in enumerate(stretches)
            if not is_headline(span.text)
            for match in WORD.finditer(text, span.start, span.end)
        ]
        self._places: dict[str, list[int]] = {}
        for place, token in enumerate(self._tokens):
            self._places.setdefault(token.word, []).append(place)

    def longer(self, word: str) -> set[str]:
        """The names of several words that end in this one: "Ines Quill" for "Quill".

        Those of headlines, "Board Blames Quill", may be none.
        """
        ends = [at for at in self._places.get(normal(word), ()) if self._is_capitalised(at)]
        found = ((self._first_of_name(at), at) for at in ends)
        return {self._written(first, at) for first, at in found if first < at}

    def _first_of_name(self, last: int) -> int:
        first, left = last, _MOST_BEFORE
        while first and left and self._goes_on(first - 1):
            first -= 1
            left -= self._is_capitalised(first)
        while first < last and not self._is_capitalised(first):
            first += 1
        return first

    def _goes_on(self, at: int) -> bool:
        """Whether a word is part of a name that the next word is part of, too."""
        token, following = self._tokens[at : at + 2]
        gap = self._text[token.end : following.start]
        stops = "." in gap and len(token.word) > _LONGEST_SHORTENED
        if gap.strip(_WITHIN_NAME) or stops or token.stretch != following.stretch:
            return False
        within = self._is_capitalised(at) or token.word in PARTICLES
        return within and token.word not in CLAUSE_OPENERS

    def _is_capitalised(self, at: int) -> bool:
        return self._text[self._tokens[at].start].isupper()

    def _written(self, first: int, last: int) -> str:
        return " ".join(self._text[self._tokens[first].start : self._tokens[last].end].split())


def _token(match: re.Match[str], stretch: int) -> _Token:
    """A word of the article, without a possessive ending."""
    word = normal(match.group())
    bare = word.removesuffix("'s")
    return _Token(bare, match.start(), match.end() - len(word) + len(bare), stretch)


def is_pronoun(name: str) -> bool:
    """Whether a speaker is given as "they" and not by a name."""
    return normal(name.strip()) in PRONOUNS
