"""Labels that name who speaks: how they are written, and what shows that they are names."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

LONGEST = 40
_WORD = r"[^\W\d_](?:[^\W_]|[.'’·・\-\u0300-\u036f\u064b-\u0652\u0900-\u0dff])*+"
NAME = (
    rf"{_WORD}(?:[ \u00a0\u202f](?:{_WORD}|\d{{1,2}})){{0,4}}"
    r"(?:[ \u00a0]\((?=[^()\n]*[^\W\d_])[^()\n]{1,40}\))?"
)
LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?…。！？؟।॥։።]['\"”’»“」』）)\]]*\s*$")
_QUESTION = re.compile(r"[?？؟;՞]['\"”’»“」』）)\]]*\s*$")
_SHORTENED = re.compile(r"\w{1,4}\. ?\w")
_NUMBERED = re.compile(r" (\d+)$")
_PAIR = re.compile(r"(?<!\w)([^\W\d_][\w'’-]*+)\.?[ \u00a0\u202f](?=([^\W\d_][\w'’-]*+))")
_ASIDE = re.compile(r"\s*[(\[（【].*[)\]）】]\s*")


class Line(NamedTuple):
    """A line of a text, and the label it begins with, which stands at `at`, if it has any."""

    start: int
    end: int
    label: str = ""
    at: int = 0
    said: int = 0


def is_question(said: str) -> bool:
    """Whether something ends in a question mark."""
    return _QUESTION.search(said) is not None


def is_sentence(said: str) -> bool:
    """Whether something ends as a sentence does."""
    return _SENTENCE.search(said) is not None


def is_aside(line: str) -> bool:
    """Whether a line stands in brackets as a whole."""
    return _ASIDE.fullmatch(line) is not None


def numbered(labels: Collection[str]) -> set[str]:
    """The labels that have the words of another, and a number."""
    stems = [_NUMBERED.sub("", label) for label in labels if _NUMBERED.search(label)]
    return {label for label in labels if stems.count(_NUMBERED.sub("", label)) > 1}


def is_list(labels: Sequence[str]) -> bool:
    """Whether labels have numbers that only count upward, be it from the first one again."""
    numbers = [int(found[1]) for label in labels if (found := _NUMBERED.search(label))]
    return bool(numbers) and all(two in (one + 1, numbers[0]) for one, two in pairwise(numbers))


def named(text: str, lines: Sequence[Line], labels: Collection[str]) -> set[str]:
    """The labels that are written like names, or whose last word is in a name elsewhere."""
    words, common = _words(text, lines)
    rest = set(words)
    found = numbered(labels) | {label for label in labels if _SHORTENED.match(label)}
    for label in set(labels) - found:
        own = LETTERS.findall(label)
        if is_caseless(label):
            found.update([label] if any(own[-1] in word for word in rest) else [])
        elif _is_full(own, common) or _is_in_name(own[-1].casefold(), words, common):
            found.add(label)
    return found


def introduced(text: str, lines: Sequence[Line], labels: Collection[str]) -> set[str]:
    """The labels that begin with a short form, "Mr. Beck", or that the text tells to be names.

    A script without capitals tells that by what stands before the first label.
    """
    told = "\n".join(["\n", *(text[line.said or line.start : line.end] for line in lines)])
    common = {one for one in LETTERS.findall(told) if one.islower()}
    told_names = _names(told, common)
    before = text[: next((line.start for line in lines if line.label), 0)]
    found = {label for label in labels if _SHORTENED.match(label)}
    for label in set(labels) - found:
        last = label.partition(" (")[0].split()[-1].casefold()
        if last in (before if is_caseless(label) else told_names):
            found.add(label)
    return found


def _names(told: str, common: Collection[str]) -> set[str]:
    """Words behind another, both only with a capital: "with Tom Beck".

    Where such a pair begins a sentence its first word may go before no other, as an article does.
    """
    pairs = [
        (match[1].casefold(), match[2].casefold(), told[match.start() - 2 : match.start() - 1])
        for match in _PAIR.finditer(told)
        if match[1][0].isupper() and match[2][0].isupper()
    ]
    behind: dict[str, set[str]] = {}
    for first, second, _ in pairs:
        behind.setdefault(first, set()).add(second)
    return {
        second
        for first, second, inside in pairs
        if first not in common and second not in common
        if inside.islower() or inside == "," or len(behind[first]) == 1
    }


def _words(text: str, lines: Sequence[Line]) -> tuple[list[str], set[str]]:
    """The words outside of labels in order, and those of them in lower case."""
    words = LETTERS.findall("\n".join(text[line.said or line.start : line.end] for line in lines))
    return words, {one for one in words if one.islower()}


def is_caseless(label: str) -> bool:
    """Whether a label's script has no capitals."""
    return label == label.swapcase()


def _is_full(words: Sequence[str], common: Collection[str]) -> bool:
    """Whether several words are only written with a capital: "Una Brock", not "The Latest"."""
    return len(words) > 1 and all(
        word[0].isupper() and word.casefold() not in common for word in words
    )


def _is_in_name(word: str, words: Sequence[str], common: Collection[str]) -> bool:
    """Whether a word is only written with a capital, and behind another that is: "Tom Beck"."""
    places = [at for at, one in enumerate(words) if one.casefold() == word]
    before = [words[at - 1] for at in places if at]
    return word not in common and any(
        one[0].isupper() and one.casefold() not in common for one in before
    )
