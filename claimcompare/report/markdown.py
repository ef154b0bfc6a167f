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
    parts.append(_escaped(closing(comparison)))
    return "\n\n".join(parts)


def _dispute(dispute: Dispute, comparison: Comparison) -> str:
    lines = [f"## {_escaped(dispute.proposition)}"]
    for heading, placed in sides(dispute, comparison):
        several = len(comparison.articles) > 1
        claims = "\n".join(
            _claim(claim, f" ({assertion.confidence:.0%})", several=several)
            for assertion, claim in placed
        )
        lines.append(f"### {heading}\n\n{claims}")
    return "\n\n".join(lines)


def _claim(claim: Claim, sure: str = "", *, several: bool = False) -> str:
    source = f", {_escaped(claim.article_id)}" if several else ""
    quotes = "\n  >".join(f"\n  > {_escaped(span.text)}" for span in claim.evidence)
    return f"- **{_escaped(who(claim))}**{source}{sure}: {_escaped(claim.text)}\n{quotes}\n"


def _escaped(text: str) -> str:
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))
