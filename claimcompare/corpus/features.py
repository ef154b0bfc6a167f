"""What tells an article's event: its words, and its longer lines."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from claimcompare.schema import Article
from claimcompare.stages.occurrence import is_unspaced
from claimcompare.stages.occurrence import plain as without_marks
from claimcompare.stages.reprints import columns
from claimcompare.stages.reprints import plain as without_dateline

# Words are told apart by a hash this large: few that differ have the same.
DIFFERENT_WORDS = 1 << 22
# What an event is stands in the first pages; this bounds the work for a book, or for hostile text.
_READ = 20_000
_LONG = 32
_STEM = 6
# A name tells more than other words that are as rare, and so does a number.
_TELLING = 3.0
_SHORT = 3
# Only the first lines of a text may begin with a place and an agency.
_WITH_DATELINE = 2
_LINE_ENDS = re.compile(r"(?<=[.!?؟।])[\"'”»’)]*\s+|(?<=[。！？])|\n+")
_DASH = re.compile("[-\u2013\u2014]")
_PLACE_AND_AGENCY = 100
_NOT_LETTERS = re.compile(r"\W+")


class Features(NamedTuple):
    """Hashes of an article's words, with how much each counts, its longer lines, its outlet."""

    words: dict[int, float]
    lines: tuple[int, ...]
    outlet: int | None


class _Word(NamedTuple):
    """Its beginning, or pairs of its letters; what it counts, and what if it is a name."""

    stems: tuple[int, ...]
    counts: float = 1.0
    as_name: float = 1.0


def features(article: Article) -> Features:
    """The words of an article, cut to their beginnings, and its longer lines."""
    text = article.text[:_READ]
    told = f"{article.title}\n{text}" if article.title else text
    outlet = _hash(article.publisher) if article.publisher else None
    return Features(_words(told), tuple(dict.fromkeys(_lines(text))), outlet)


def _words(text: str) -> dict[int, float]:
    """A word counts by the logarithm of how often it stands there."""
    found = Counter(_pattern().findall(text))
    counts: dict[int, float] = {}
    for word, count in found.items():
        stems, once, as_name = _word(word)
        # What stands with a capital only is a name, or the first word of a sentence.
        if as_name > once and word.lower() not in found:
            once = as_name
        if once:
            for stem in stems:
                counts[stem] = counts.get(stem, 0.0) + once * count
    return counts


@lru_cache(maxsize=131_072)
def _word(word: str) -> _Word:
    if is_unspaced(word):
        return _Word(tuple(_stem(word[at : at + 2]) for at in range(max(1, len(word) - 1))))
    stem = (_stem(word),)
    if word.isdigit():
        return _Word(stem, _TELLING)
    # Where there are capitals, most short words are such as "the".
    has_case = word.lower() != word.upper()
    counts = 0.0 if has_case and len(word) <= _SHORT else 1.0
    return _Word(stem, counts, _TELLING if word[0].isupper() else counts)


@lru_cache(maxsize=131_072)
def _stem(word: str) -> int:
    stem = (word.lower() if word.isascii() else without_marks(word))[:_STEM]
    return _hash(stem) % DIFFERENT_WORDS


def _lines(text: str) -> Iterator[int]:
    for number, line in enumerate(_LINE_ENDS.split(text)):
        if len(line) >= _LONG // 2:
            has_dateline = number < _WITH_DATELINE and _DASH.search(line, 0, _PLACE_AND_AGENCY)
            letters = _letters(without_dateline(line) if has_dateline else line)
            if len(letters) >= _LONG or (not letters.isascii() and columns(letters) >= _LONG):
                yield _hash(letters)


def _letters(line: str) -> str:
    """The letters and digits of a line, without case and width."""
    whole = line if line.isascii() else unicodedata.normalize("NFKC", line)
    return _NOT_LETTERS.sub("", whole).casefold()


def _hash(told: str) -> int:
    """The same in every process, unlike what Python's own is."""
    return crc32(told.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Letters, digits, and the marks that belong to letters, as vowels of Hindi do."""
    marks = [one for one in map(chr, range(0x300, 0x10000)) if unicodedata.category(one)[0] == "M"]
    return re.compile(f"[\\w{''.join(marks)}]+")
