"""A sentence without what outlets change when they reprint it."""

import re
import unicodedata

# Such as ALDMERE, May 3 (Fenwick Wire) -
_DATELINE = re.compile(r"\W{0,2}([^\W\d_].{1,60}?)\s*[-\u2013\u2014]{1,2}\s+(?=\S)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\D(?=\d)")
_SIGNS = frozenset("%\u2030\u066a?\u061f")


def plain(text: str) -> str:
    """The letters, digits and signs of a text, without its dateline, case and marks.

    "1.5" is not "15", nor is "5%" "5" or a question an answer.
    """
    letters = unicodedata.normalize("NFKC", _without_dateline(text)).casefold()
    line = " ".join(letters.split())
    inside = {match.start() for match in _BETWEEN_DIGITS.finditer(line)}
    return "".join(one for at, one in enumerate(line) if at in inside or _tells(one))


def columns(line: str) -> int:
    """How wide a line is: letters that fill a square, as in Chinese, say more and count twice."""
    return sum(2 if unicodedata.east_asian_width(one) in "FW" else 1 for one in line)


def names_first(text: str) -> bool:
    """Whether a sentence begins with a name, which any second word with a capital may be of."""
    words = _without_dateline(text).split(maxsplit=2)
    return len(words) > 1 and all(word[0].isupper() for word in words[:2])


def _without_dateline(text: str) -> str:
    """The text behind a place in capitals, or an agency in brackets, and a dash."""
    found = _DATELINE.match(text)
    if found and (found[1].endswith(")") or found[1].split(maxsplit=1)[0].strip(",").isupper()):
        return text[found.end() :]
    return text


def _tells(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LMN" or kind in {"Sc", "Sm"} or character in _SIGNS
