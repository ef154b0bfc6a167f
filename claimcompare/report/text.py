"""The form for the terminal: plain text within 100 columns."""

from claimcompare.articles import one_line
from claimcompare.report.sides import closing, opening, other_claims, sides, who
from claimcompare.schema import Claim, Comparison, Dispute

WIDTH = 100
_QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'


def to_text(comparison: Comparison) -> str:
    """Disputes first, then the claims that nobody disputes."""
    parts = [opening(comparison)]
    for number, dispute in enumerate(comparison.disputes, start=1):
        parts.append(_dispute(number, dispute, comparison))
    others = other_claims(comparison)
    if others:
        parts.append("In no dispute\n" + "\n".join(_claim(claim) for claim in others))
    if comparison.claims and not comparison.disputes:
        parts.insert(1, "Nobody contradicts anybody.")
    parts.append(_wrapped(closing(comparison), 0))
    return "\n\n".join(parts)


def _dispute(number: int, dispute: Dispute, comparison: Comparison) -> str:
    lines = [_wrapped(f"{number}. {dispute.proposition}", 0, 3)]
    several = len(comparison.articles) > 1
    for heading, placed in sides(dispute, comparison):
        lines.append(f"\n   {heading}")
        for assertion, claim in placed:
            sure = f" ({assertion.confidence:.0%})"
            quoted = assertion.stance is not None
            lines.append(_claim(claim, sure, several=several, quoted=quoted))
    return "\n".join(lines)


def _claim(claim: Claim, sure: str = "", *, several: bool = False, quoted: bool = True) -> str:
    source = f" [{one_line(claim.article_id)}]" if several else ""
    said = _wrapped(f"- {who(claim)}{sure}{source}: {claim.text}", 3, 5)
    spans = claim.evidence if quoted else ()
    quotes = [_wrapped(_quoted(span.text), 8, 9) for span in spans]
    return "\n".join([said, *quotes])


def _quoted(text: str) -> str:
    """The text in quotation marks, unless it has its own."""
    return text if any(mark in text for mark in _QUOTATION_MARKS) else f"\u201c{text}\u201d"


def _wrapped(text: str, indent: int, hanging: int | None = None) -> str:
    """One paragraph, measured in columns: some scripts take two for a letter."""
    from rich.console import Console
    from rich.text import Text

    rest = indent if hanging is None else hanging
    lines = Text(one_line(text)).wrap(Console(width=WIDTH), WIDTH - max(indent, rest))
    margins = [indent, *[rest] * len(lines)]
    return "\n".join(
        " " * margin + line.plain.rstrip() for margin, line in zip(margins, lines, strict=False)
    )
