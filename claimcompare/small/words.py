"""The words of a text, and whether they negate it in English."""

import re
import unicodedata

from claimcompare.small.lexicon import FUNCTION_WORDS, NEGATORS

# Accents and vowel signs that are characters of their own belong to the word before them.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:['\u2019](?:[^\W_]|[{_MARKS}])+)*")
_UNSPACED = re.compile("[\u3040-\u9fff]")
_STOP = re.compile(r"[.!?\u2026]\W*$")
_STEM = 5
_PAIR = 2


def normal(text: str) -> str:
    """The text without differences of case, width, apostrophe or accent encoding."""
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


def words(text: str) -> list[str]:
    """The words of a text in order, normalised."""
    return WORD.findall(normal(text))


def stems(text: str) -> frozenset[str]:
    """The content words of a text, cut to their first letters; unspaced scripts in pairs."""
    found: set[str] = set()
    for word in set(words(text)):
        if is_unspaced(word):
            found.update(word[at : at + _PAIR] for at in range(max(1, len(word) - 1)))
        elif word not in FUNCTION_WORDS and not is_negator(word):
            found.add(_stem(word))
    return frozenset(found)


def is_negator(word: str) -> bool:
    """Whether a normalised word negates, such as "never" or "won't"."""
    return word in NEGATORS or word.endswith("n't")


def negated(text: str) -> bool:
    """Whether the text holds a word such as "not", "never" or "nobody"."""
    return any(map(is_negator, set(words(text))))


def _stem(word: str) -> str:
    return word.removesuffix("'s")[:_STEM]


def is_headline(text: str) -> bool:
    """Whether it has no stop, and all words but the little ones are capitalised."""
    small = (normal(word) for word in WORD.findall(text) if word[0].islower())
    return not _STOP.search(text) and all(word in FUNCTION_WORDS for word in small)


def is_unspaced(word: str) -> bool:
    """Whether a text is in a script that puts no space between words."""
    return bool(_UNSPACED.search(word))
