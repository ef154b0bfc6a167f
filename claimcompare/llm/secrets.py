"""What must not be shown, and stars in its place."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from urllib.parse import quote

_SHORTEST = 8
_LONGEST_WORD = 20
_STARS = "***"
# Where a letter of a secret may be written otherwise: \u0073, \/, %73, &#115;.
_ESCAPES = re.compile(r"\\u00|\\/|\\\\|\\\"|%[2-7]|&#")
# As many characters of Base64 as still depend on the bytes before, by their number.
_BEFORE = {0: 0, 1: 2, 2: 3}
_BITS, _BITS_OF_BASE64 = 8, 6


class Secrets:
    """Values to keep out of all that is shown or kept; short ones are words, not secrets.

    They are found as they are, in Base64, and with letters escaped as in JSON, URLs and HTML.
    """

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._values: tuple[str, ...] = ()
        self._forms: tuple[str, ...] = ()
        self._escaped: re.Pattern[str] | None = None
        self.add(values)

    def add(self, values: Iterable[str]) -> None:
        """Keep these out, too."""
        parts = {part for value in values for part in _parts(value) if len(part) >= _SHORTEST}
        self._values = tuple({*self._values, *parts})
        # The longest first: one may be a part of another.
        forms = {form for value in self._values for form in _forms(value)}
        self._forms = tuple(sorted(forms, key=len, reverse=True))
        self._escaped = None

    def hidden(self, text: str) -> str:
        """The text with stars in the place of secrets."""
        for form in self._forms:
            text = text.replace(form, _STARS)
        if self._forms and _ESCAPES.search(text):
            # Most texts hold no escapes, and most runs never need this.
            self._escaped = self._escaped or re.compile("|".join(map(_escapable, self._forms)))
            text = self._escaped.sub(_STARS, text)
        return text

    def hidden_in(self, body: bytes) -> bytes:
        """The same for what an endpoint sent."""
        return self.hidden(body.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )

    def are_in(self, text: str) -> bool:
        """Whether a text holds a secret."""
        return self.hidden(text) != text

    def unsaid(self, sent: bytes) -> "Secrets":
        """Those that an answer can only have from the headers of its request.

        What stands in the request's body, or is a plain word, the model may say of an article.
        """
        body = sent.decode("utf-8", "replace")
        return Secrets(one for one in self._values if not _is_word(one) and one not in body)


def _is_word(value: str) -> bool:
    """Whether a value is no more than a word, as keys of servers that want none are."""
    in_order = value.islower() or value.isupper() or value.istitle()
    return value.isalpha() and in_order and len(value) <= _LONGEST_WORD


def _parts(value: str) -> Iterator[str]:
    """A header's value, and what follows its scheme: "Bearer", "Basic"."""
    yield value
    scheme, _, credentials = value.partition(" ")
    if scheme.isalpha() and " " not in credentials:
        yield credentials


def _forms(value: str) -> Iterator[str]:
    """How a value may stand in a text without a letter of it being escaped by itself."""
    yield value
    yield quote(value, safe="")
    raw = value.encode("utf-8", "surrogateescape")
    for before, depend in _BEFORE.items():
        padded = bytes(before) + raw
        coded = b64encode(padded)[depend : len(padded) * _BITS // _BITS_OF_BASE64].decode()
        yield coded
        yield coded.replace("+", "-").replace("/", "_")


def _escapable(form: str) -> str:
    return "".join(map(_letter, form))


def _letter(letter: str) -> str:
    """A pattern for a letter, however it is written."""
    code = ord(letter)
    # A text of JSON in JSON has its backslashes doubled.
    ways = [re.escape(letter), rf"\\+u(?i:{code:04x})", rf"&#(?:0*{code}|[xX]0*(?i:{code:x}));"]
    ways += [rf"%(?i:{code:02x})"] if letter.isascii() else []
    ways += [rf"\\+{re.escape(letter)}"] if letter in '\\/"' else []
    return f"(?:{'|'.join(ways)})"
