"""The form for documents: Markdown, with everything from articles and models escaped."""

import re

from claimcompare.articles import one_line
from claimcompare.report.sides import closing, opening, other_claims, sides, who
from claimcompare.schema import Claim, Comparison, Dispute

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_MARK = re.compile(r"\A(\d*)([-+.)])")


def to_markdown(comparison: Comparison) -> str:
    """Disputes first, then the claims that nobody disputes."""
    parts = ["# Comparison", opening(comparison)]
    parts += [_dispute(dispute, comparison) for dispute in comparison.disputes]
    others = other_claims(comparison)
    if others:
        parts.append("## In no dispute\n\n" + "\n".join(_claim(claim) for claim in others))
    parts.append(escaped(closing(comparison)))
    return "\n\n".join(parts)


def _dispute(dispute: Dispute, comparison: Comparison) -> str:
    lines = [f"## {escaped(dispute.proposition)}"]
    for heading, placed in sides(dispute, comparison):
        several = len(comparison.articles) > 1
        claims = "\n".join(
            _claim(claim, f" ({assertion.confidence:.0%})", several=several)
            for assertion, claim in placed
        )
        lines.append(f"### {heading}\n\n{claims}")
    return "\n\n".join(lines)


def _claim(claim: Claim, sure: str = "", *, several: bool = False) -> str:
    source = f", {escaped(claim.article_id)}" if several else ""
    quotes = "\n  >".join(f"\n  > {escaped(span.text)}" for span in claim.evidence)
    return f"- **{escaped(who(claim))}**{source}{sure}: {escaped(claim.text)}\n{quotes}\n"


def escaped(text: str) -> str:
    """Text on one line that no Markdown reader takes for more than text."""
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))
