"""Whether two names are one speaker's, by the words that they share."""

import unicodedata

_PRONOUNS = frozenset("he she they it who we i you him her them which that".split())
_COMMON = frozenset("the a an of to in and for said mr mrs ms president minister".split())
_INSIDE = "'’-_"
_SHORTEST = 2


def name_words(name: str) -> frozenset[str]:
    """The words of a name without those that many share; unspaced scripts in pairs of letters."""
    plain = "".join(letter if _in_word(letter) else " " for letter in name)
    return frozenset(word for run in plain.split() for word in _words(run)) - _COMMON


def same_speaker(gold: str | None, predicted: str | None) -> bool:
    """Whether the names share a word; one that gold leaves open, or gives as "they", fits any."""
    if not is_named(gold):
        return True
    return not name_words(gold or "").isdisjoint(name_words(predicted or ""))


def is_named(speaker: str | None) -> bool:
    """Whether a speaker is given by more than an English pronoun."""
    return bool(name_words(speaker or "") - _PRONOUNS)


def _in_word(letter: str) -> bool:
    return letter in _INSIDE or unicodedata.category(letter)[0] in "LMN"


def _words(run: str) -> list[str]:
    """From the first letter on, as one word or, without spaces between words, as pairs."""
    start = next((at for at, letter in enumerate(run) if letter.isalpha()), len(run))
    word = unicodedata.normalize("NFC", run[start:]).lower()
    if len(word) < _SHORTEST:
        return []
    return [word[at : at + 2] for at in range(len(word) - 1)] if _is_unspaced(word[0]) else [word]


def _is_unspaced(letter: str) -> bool:
    script = unicodedata.name(letter, "").split(" ")[0]
    return script in {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"}
