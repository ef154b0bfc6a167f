"""What must not be shown, and stars in its place."""

from collections.abc import Iterable

_SHORTEST = 8
_STARS = "***"


class Secrets:
    """Values to keep out of all that is shown or kept; short ones are words, not secrets."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._values: tuple[str, ...] = ()
        self.add(values)

    def add(self, values: Iterable[str]) -> None:
        """Keep these out, too."""
        known = {*self._values, *(value for value in values if len(value) >= _SHORTEST)}
        # The longest first: one may be a part of another.
        self._values = tuple(sorted(known, key=len, reverse=True))

    def hidden(self, text: str) -> str:
        """The text with stars in the place of secrets."""
        for value in self._values:
            text = text.replace(value, _STARS)
        return text

    def hidden_in(self, body: bytes) -> bytes:
        """The same for what an endpoint sent."""
        for value in self._values:
            body = body.replace(value.encode(), _STARS.encode())
        return body

    def are_in(self, text: str) -> bool:
        """Whether a text holds a secret."""
        return any(value in text for value in self._values)
