"""Who speaks: a name as the article writes it."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from claimcompare.stages.lexicon import CLAUSE_OPENERS, FUNCTION_WORDS, PRONOUNS, TITLES
from claimcompare.stages.words import STEM, WORD, is_title_case, is_unspaced, normal

_MOST_BEFORE = 3
_WITHIN_NAME = " .-\u00a0"
# "Dr. Quill" is one name; in "Bray. Quill" a sentence ends.
_LONGEST_SHORTENED = 3
_INITIAL_WITHIN = re.compile(r"(?<=\w\w)(?:\s+[^\W\d_]\.)+\s+(?=\w\w)")


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    stretch: int


class Names:
    """The words of one article, or of some stretches of it, to look names up in."""

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]] | None = None) -> None:
        stretches = [(0, len(text))] if stretches is None else stretches
        self._text = text
        self._plain = "\n".join(normal(text[start:end]) for start, end in stretches)
        self._tokens = [
            _token(match, stretch)
            for stretch, (start, end) in enumerate(stretches)
            for match in WORD.finditer(text, start, end)
        ]
        self._places: dict[str, list[int]] = {}
        for place, token in enumerate(self._tokens):
            self._places.setdefault(token.word[:STEM], []).append(place)

    def resolve(self, name: str) -> str | None:
        """The name as the article writes it, or the part of it that the article has.

        Titles before a name may be missing from the article, and words after a full name; the
        noun that says who it is may not: "Oslo mayor" is not Oslo.
        """
        given = [re.sub("['\u2019]s$", "", match.group()) for match in WORD.finditer(name)]
        for length in range(len(given), 0, -1):
            for first in range(len(given) - length, -1, -1):
                run, left_out = given[first : first + length], given[first + length :]
                if _may_stand_for_all(run, left_out, whole=length == len(given)):
                    found = self._find(run)
                    if found is not None:
                        return found
        # Scripts without spaces have no words to find, only characters.
        is_there = is_unspaced(name) and normal(name.strip()) in self._plain
        return name.strip() if is_there else None

    def longer(self, word: str, *, headlines: bool = True) -> set[str]:
        """The names of several words that end in this one: "Ines Quill" for "Quill".

        Those of headlines, "Board Blames Quill", may be none.
        """
        ends = [at for at in self._at(word) if self._is_capitalised(at)]
        ends = [at for at in ends if headlines or not self._in_headline(at)]
        found = ((self._first_of_name(at), at) for at in ends)
        return {self._written(first, at) for first, at in found if first < at}

    def has_in_lower_case(self, word: str) -> bool:
        """Whether the article has the word without a capital, too."""
        return not all(map(self._is_capitalised, self._at(word)))

    def stand_together(self, noun: str, name: str) -> bool:
        """Whether some stretch has a noun, not as an owner, and the last word of a name."""
        last = WORD.findall(name)[-1:]
        here = {self._tokens[at].stretch for at in self._at(noun, _same_stem) if not self._owns(at)}
        return any(self._tokens[at].stretch in here for word in last for at in self._at(word))

    def _owns(self, at: int) -> bool:
        end = self._tokens[at].end
        return normal(self._text[end : end + 1]) == "'"

    def _in_headline(self, at: int) -> bool:
        """Whether a word stands in a line that is written as a headline."""
        start = self._text.rfind("\n", 0, self._tokens[at].start) + 1
        end = self._text.find("\n", start)
        return is_title_case(self._text[start : end if end >= 0 else len(self._text)])

    def _at(self, word: str, alike: Callable[[str, _Token], bool] | None = None) -> list[int]:
        places = self._places.get(normal(word)[:STEM], ())
        return [at for at in places if (alike or _same)(word, self._tokens[at])]

    def _first_of_name(self, last: int) -> int:
        first = last
        while first and last - first < _MOST_BEFORE and self._goes_on(first - 1):
            first -= 1
        return first

    def _goes_on(self, at: int) -> bool:
        """Whether a word is part of a name that the next word is part of, too."""
        token, following = self._tokens[at : at + 2]
        gap = self._text[token.end : following.start]
        stops = "." in gap and len(token.word) > _LONGEST_SHORTENED
        if gap.strip(_WITHIN_NAME) or stops or token.stretch != following.stretch:
            return False
        return self._is_capitalised(at) and token.word not in CLAUSE_OPENERS

    def _is_capitalised(self, at: int) -> bool:
        return self._text[self._tokens[at].start].isupper()

    def _written(self, first: int, last: int) -> str:
        return " ".join(self._text[self._tokens[first].start : self._tokens[last].end].split())

    def _find(self, run: list[str]) -> str | None:
        """The article's words for a run: the same, or other forms around a common noun.

        "Aldmere council" is found in "Aldmerean council"; "Eric Petersen" not in "Eric Peterson".
        """
        has_noun = any(word.islower() and normal(word) not in FUNCTION_WORDS for word in run)
        for alike in (_same, _same_stem) if has_noun else (_same,):
            for place in self._places.get(normal(run[0])[:STEM], ()):
                tokens = self._tokens[place : place + len(run)]
                whole = len(tokens) == len(run) and tokens[0].stretch == tokens[-1].stretch
                if whole and all(map(alike, run, tokens)):
                    return self._written(place, place + len(run) - 1)
        return None


def _token(match: re.Match[str], stretch: int) -> _Token:
    """A word of the article, without a possessive ending."""
    word = normal(match.group())
    bare = word.removesuffix("'s")
    return _Token(bare, match.start(), match.end() - len(word) + len(bare), stretch)


def _same(word: str, token: _Token) -> bool:
    return normal(word) == token.word


def _same_stem(word: str, token: _Token) -> bool:
    stem = normal(word)[:STEM]
    return _same(word, token) or (len(stem) == STEM and token.word.startswith(stem))


def is_pronoun(name: str) -> bool:
    """Whether a speaker is given as "they" and not by a name."""
    return normal(name.strip()) in PRONOUNS


def may_be_called(name: str, shorter: str) -> bool:
    """Whether a name is the other, or ends in it: "Sergei Lavrov" may be called "Mr. Lavrov".

    "Mayor of Oslo" is not "Oslo".
    """
    initials = [_INITIAL_WITHIN.findall(one) for one in (name, shorter)]
    if all(initials) and initials[0] != initials[1]:
        return False
    name, shorter = untitled(name), untitled(shorter)
    is_name = any(not word.islower() for word in WORD.findall(shorter)[-1:])
    before = normal(name).removesuffix(normal(shorter))
    whole = not before or before.endswith(" ")
    ends = normal(name).endswith(normal(shorter)) and whole
    return is_name and ends and FUNCTION_WORDS.isdisjoint(before.split())


def untitled(name: str) -> str:
    """A name without title and initials within: "Rep. Una B. Brock" → "Una Brock"."""
    name = _INITIAL_WITHIN.sub(" ", name)
    found = list(WORD.finditer(name))
    titles = [at for at, match in enumerate(found) if normal(match.group()) in TITLES]
    behind = found[titles[-1] + 1 :] if titles else []
    is_name = bool(behind) and all(match.group()[0].isupper() for match in behind)
    return name[behind[0].start() :] if is_name else name


def fullest(name: str, names: Collection[str]) -> str:
    """The one longer name that ends in this one ("Lavrov" → "Sergei Lavrov"), else the name."""
    longer = {other for other in names if normal(other).endswith(f" {normal(name)}")}
    return longer.pop() if len(longer) == 1 else name


def _may_stand_for_all(run: list[str], after: list[str], *, whole: bool) -> bool:
    names = [word for word in run if normal(word) not in FUNCTION_WORDS and not is_pronoun(word)]
    if whole or run[-1:] != names[-1:]:
        return whole and bool(names)
    capitalised = [word for word in names if not word.islower()]
    if after:
        return len(capitalised) > 1 and all(word.islower() for word in after)
    return bool(capitalised)
