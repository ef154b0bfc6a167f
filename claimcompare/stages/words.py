"""Words, numbers and negation of a text, for checks that need no model."""

import re
import unicodedata

from claimcompare.stages.lexicon import (
    CONTRACTED_NOT,
    FUNCTION_WORDS,
    NEGATORS,
    NO_REJECTION,
    REJECTION,
    SPELLED_NUMBERS,
    SPELLED_PAIR,
    UNSPACED_NEGATION,
    WITHDRAWAL,
)

# Accents and vowel signs that are characters of their own belong to the word before them.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:['\u2019](?:[^\W_]|[{_MARKS}])+)*")
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_STOPS = ".!?\u2026\u3002\uff01\uff1f"
_SENTENCE_END = re.compile(rf"[{_STOPS};]\W")
_CLOSING = "\"'\u201d\u2019\u00bb\u300d\u300f)"
_UNSPACED = re.compile("[\u3040-\u9fff]")
STEM = 5
_NEGATOR_REACH = 2
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


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text as plain digits, also those spelled out in English."""
    plain = normal(text)
    found = {re.sub(r"\D", "", normal(number)) for number in NUMBER.findall(text)}
    for ten, one in SPELLED_PAIR.findall(plain):
        found.add(str(SPELLED_NUMBERS[ten] + SPELLED_NUMBERS.get(one, 1)))
    spelled = words(SPELLED_PAIR.sub(" ", plain))
    return frozenset(found | {str(SPELLED_NUMBERS[w]) for w in spelled if w in SPELLED_NUMBERS})


def is_negator(word: str) -> bool:
    """Whether a normalised word negates, such as "never" or "won't"."""
    return word in NEGATORS or bool(CONTRACTED_NOT.search(word))


def negated(text: str) -> bool:
    """Whether the text holds a word such as "not", "never" or "nobody"."""
    return any(map(is_negator, set(words(text)))) or bool(UNSPACED_NEGATION.search(text))


def rejecting(text: str) -> bool:
    """Whether the text holds a word such as "denied", "untrue" or "withdrew"."""
    return bool(REJECTION.search(_without_seeming(text)))


def withdrawing(text: str) -> bool:
    """Whether the text holds a word such as "withdrew", "corrected" or "no longer"."""
    return bool(WITHDRAWAL.search(_without_seeming(text)))


def objections(text: str) -> list[str]:
    """All such words of both kinds."""
    told = _without_seeming(text)
    return [at.group() for how in (REJECTION, WITHDRAWAL) for at in how.finditer(told)]


def _without_seeming(text: str) -> str:
    return NO_REJECTION.sub(" ", normal(text))


def negated_stems(text: str) -> list[frozenset[str]]:
    """For each negator, the two content words behind it in its sentence: what it denies."""
    sentences = map(words, _SENTENCE_END.split(text))
    spaced = [
        _next_stems(found[at + 1 :])
        for found in sentences
        for at, word in enumerate(found)
        if is_negator(word)
    ]
    unspaced = [text[at.end() :][:_PAIR] for at in UNSPACED_NEGATION.finditer(text)]
    return spaced + [frozenset({behind}) for behind in unspaced if len(behind) == _PAIR]


def _next_stems(following: list[str]) -> frozenset[str]:
    content = [word for word in following if word not in FUNCTION_WORDS]
    return frozenset(_stem(word) for word in content[:_NEGATOR_REACH])


def _stem(word: str) -> str:
    return word.removesuffix("'s")[:STEM]


def is_ended(text: str) -> bool:
    """Whether a text ends as a sentence does, if need be within quotation marks."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(_STOPS))


def is_title_case(text: str) -> bool:
    """Whether all words are capitalised, but for those that headlines write small."""
    small = (normal(word) for word in WORD.findall(text) if word[0].islower())
    return all(word in FUNCTION_WORDS for word in small)


def is_unspaced(word: str) -> bool:
    """Whether a text is in a script that puts no space between words."""
    return bool(_UNSPACED.search(word))
