"""Quotations for the terminal: each passage once and not too long, or all of them whole."""

from collections.abc import Iterator

from claimcompare.articles import one_line
from claimcompare.schema import Claim, Span

# So many words of a passage are quoted, and less where the report would be too long with them.
LENGTHS = (40, 20, 10, 0)
# Of scripts that are written without spaces, and of endless words.
_LETTERS_PER_WORD = 12
_ENDS = " .!?"
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'


class Quotes:
    """The passages to quote under the claims of one report, in the order that they are asked for.

    With `words`, a passage that was quoted before is left out, and a longer one is cut; with none,
    nothing is quoted.
    """

    def __init__(self, words: int | None = None) -> None:
        self._words = words
        self._quoted: set[tuple[str, Span]] = set()

    def under(self, claim: Claim) -> Iterator[str]:
        """What to quote under a claim, in quotation marks."""
        for span in claim.evidence:
            key = (claim.article_id, span)
            if self._words is None:
                yield quoted(span.text)
            elif self._words and key not in self._quoted:
                self._quoted.add(key)
                if not says_the_same(claim, span):
                    yield quoted(clipped(span.text, self._words))


def says_the_same(claim: Claim, span: Span) -> bool:
    """Whether a passage is the claim's own text, word for word."""
    return one_line(claim.text).strip(_ENDS) == one_line(span.text).strip(_ENDS)


def clipped(text: str, words: int) -> str:
    """The first words of a text, with an ellipsis if there are more."""
    found = text.split()
    short = " ".join(found[:words])[: words * _LETTERS_PER_WORD]
    return text if len(short) >= len(" ".join(found)) else f"{short.rstrip()} …"


def how_long(text: str) -> int:
    """The words of a text, or as many as its letters would make."""
    return max(len(text.split()), len(text) // _LETTERS_PER_WORD)


def quoted(text: str) -> str:
    """The text in quotation marks, unless it has its own."""
    return text if any(mark in text for mark in _QUOTATION_MARKS) else f"\u201c{text}\u201d"
