"""What tells that bytes were not read in the encoding that they were written in."""

import re
from base64 import b64decode
from itertools import pairwise

# Marks that stand between two letters of a word in one language or another.
_IN_WORDS = "’·–—‐‑…״׳\u00ad\u0300-\u036f\u0590-\u05ff\u0610-\u065f\u200c\u200d"
_TORN = re.compile(rf"(?<=[^\W\d_])[^\x00-\x7f\w\s{_IN_WORDS}](?=[^\W\d_])|[\x80-\x9f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Names such as ВКонтакте are rarer in any text, and wrong capitals are commoner.
_TOLERATED = 200
_SHIFTED = re.compile(r"\+([A-Za-z0-9+/]{3,}+)(-?)")
# Shorter ones may be words, unless they are closed as UTF-7 closes them.
_LONG = 8
_HZ = re.compile(r"~\{(?:[!-w][!-~]){1,200}~\}")
_ESCAPE = "\x1b$"
_UNITS = re.compile("[\u00a0-\u06ff\u2010-\u203a]+")


def seems_garbled(text: str) -> bool:
    """Whether marks and capitals stand within words of a text where nobody writes any."""
    strange = sum(1 for _ in _TORN.finditer(text)) + sum(map(_capitals, _WORD.findall(text)))
    return strange * _TOLERATED > len(text) - len(text.encode("ascii", "ignore"))


def is_seven_bit(text: str) -> bool:
    """Whether a text is written in ASCII that stands for other letters: UTF-7, HZ, ISO-2022."""
    if _ESCAPE in text or _HZ.search(text):
        return True
    return any(_is_shifted(found[1], found[2]) for found in _SHIFTED.finditer(text))


def _capitals(word: str) -> int:
    """How many capitals beyond ASCII, or right behind such, are within a word of small letters."""
    if word.isascii() or word.isupper():
        return 0
    pairs = pairwise(word)
    return sum(after.isupper() and not (before + after).isascii() for before, after in pairs)


def _is_shifted(letters: str, end: str) -> bool:
    """Whether letters are a piece of UTF-7, and of a script that is likely to be in it."""
    if not end and len(letters) < _LONG:
        return False
    padded = b64decode(letters + "A" * (-len(letters) % 4))
    units, rest = padded[: len(letters) * 6 // 16 * 2], padded[len(letters) * 6 // 16 * 2 :]
    return not any(rest) and bool(_UNITS.fullmatch(units.decode("utf-16-be", "replace")))
