"""The form for the terminal: within 100 columns, plain or in colours."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimcompare.articles import one_line
from claimcompare.report.opposition import denials_in_words
from claimcompare.report.outlets import copies_in_words, sources
from claimcompare.report.sides import (
    Placed,
    closing,
    how_sure,
    opening,
    other_claims,
    sides,
    who,
)
from claimcompare.schema import Claim, Comparison, Dispute

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'
_COLOURS = {"Support": "green", "Denial": "red", "Context": "blue", "Abstained": "yellow"}
Part = tuple[str, str]


def to_text(comparison: Comparison) -> str:
    """Disputes first, then the claims that nobody disputes."""
    return in_colours(comparison).plain


def in_colours(comparison: Comparison) -> "Text":
    """The same words with colours and weights, for a rich console."""
    from rich.text import Text

    return Text("\n\n").join(_parts(comparison))


def _parts(comparison: Comparison) -> Iterator["Text"]:
    yield _wrapped([(opening(comparison), "")], 0)
    if comparison.copies:
        yield _lines(_wrapped([(one, "")], 0) for one in copies_in_words(comparison))
    if comparison.claims and not comparison.disputes:
        yield _wrapped([("Nobody contradicts anybody.", "")], 0)
    printed = sources(comparison)
    for number, dispute in enumerate(comparison.disputes, start=1):
        yield _dispute(number, dispute, comparison, printed)
    others = other_claims(comparison)
    if others:
        heading = _wrapped([("In no dispute", "bold")], 0)
        yield _lines([heading, *(_claim(one, _source(printed[one.id])) for one in others)])
    yield _wrapped([(closing(comparison), "dim")], 0)


def _dispute(
    number: int, dispute: Dispute, comparison: Comparison, printed: dict[str, str]
) -> "Text":
    lines = [_wrapped([(f"{number}. {dispute.proposition}", "bold")], 0, 3)]
    denials = denials_in_words(dispute, comparison)
    for heading, placed in sides(dispute, comparison):
        style = f"bold {_COLOURS[heading]}"
        lines += [_wrapped([], 0), _wrapped([(heading, style)], 3)]
        lines += [_placed(one, denials.get(one.claim.id, ""), printed) for one in placed]
    return _lines(lines)


def _placed(one: Placed, denies: str, printed: dict[str, str]) -> "Text":
    sure = f" ({how_sure(one.assertion, denies)})"
    quoted = one.assertion.stance is not None
    return _claim(one.claim, sure + _source(printed[one.claim.id]), quoted=quoted)


def _source(printed: str) -> str:
    return f" [{printed}]" if printed else ""


def _claim(claim: Claim, notes: str = "", *, quoted: bool = True) -> "Text":
    said = _wrapped([("- ", ""), (who(claim), "bold"), (f"{notes}: {claim.text}", "")], 3, 5)
    spans = claim.evidence if quoted else ()
    return _lines([said, *(_wrapped([(_quoted(span.text), "italic")], 8, 9) for span in spans)])


def _quoted(text: str) -> str:
    """The text in quotation marks, unless it has its own."""
    return text if any(mark in text for mark in _QUOTATION_MARKS) else f"\u201c{text}\u201d"


def _wrapped(parts: Iterable[Part], indent: int, hanging: int | None = None) -> "Text":
    """One paragraph with styles, measured in columns: some scripts take two for a letter."""
    from rich.console import Console
    from rich.text import Text

    rest = indent if hanging is None else hanging
    paragraph = Text.assemble(*((_flat(text), style) for text, style in parts))
    lines = paragraph.wrap(Console(width=WIDTH), WIDTH - max(indent, rest))
    for number, line in enumerate(lines):
        line.rstrip()
        line.pad_left(rest if number else indent)
    return _lines(lines)


def _flat(text: str) -> str:
    """The text on one line, with the space that it begins or ends with."""
    flat = one_line(text)
    before = " " if text[:1].isspace() else ""
    after = " " if flat and text[-1:].isspace() else ""
    return f"{before}{flat}{after}"


def _lines(lines: Iterable["Text"]) -> "Text":
    from rich.text import Text

    return Text("\n").join(lines)
