"""Text that is safe to show on one line."""

import re

_EMOJI = "\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
# Scripts whose words need joiners: from Arabic to Sinhala, Burmese, Khmer and Mongolian.
_JOINED = "\u0620-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
# Characters of format, and fillers and selectors that no reader sees either.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    f"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|(?<![{_EMOJI}])[\ufe0e\ufe0f]"
)
_JOINER = "[\u200c\u200d]"
_NEEDLESS_JOINER = re.compile(
    f"(?<![{_EMOJI}{_JOINED}])(?<![{_EMOJI}][\ufe0e\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}{_JOINED}])"
)


def one_line(text: str) -> str:
    """The text with controls and breaks as a space, and without what is invisible.

    Joiners stay between letters or signs that are written with them: in Persian, Hindi or emoji.
    """
    if not text.isprintable():
        text = "".join(one if one.isprintable() or _vanishes(one) else " " for one in text)
    if not text.isascii():
        text = _NEEDLESS_JOINER.sub("", _UNSEEN.sub("", text))
    return " ".join(text.split())


def _vanishes(character: str) -> bool:
    """Whether it leaves no space behind, or may even stay."""
    return bool(_UNSEEN.match(character)) or character in "\u200c\u200d"
