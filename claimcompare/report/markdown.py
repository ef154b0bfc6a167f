"""The form for documents: Markdown, with everything from articles and models escaped."""

import re

from claimcompare.articles import one_line
from claimcompare.report.opposition import denials_in_words
from claimcompare.report.outlets import copies_in_words, sources
from claimcompare.report.sides import closing, how_sure, opening, other_claims, sides, who
from claimcompare.schema import Claim, Comparison, Dispute

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_MARK = re.compile(r"\A(\d*)([-+.)])")


def to_markdown(comparison: Comparison) -> str:
    """Disputes first, then the claims that nobody disputes."""
    parts = ["# Comparison", opening(comparison)]
    parts += [escaped(one) for one in copies_in_words(comparison)]
    printed = sources(comparison)
    parts += [_dispute(dispute, comparison, printed) for dispute in comparison.disputes]
    others = [_claim(one, source=printed[one.id]) for one in other_claims(comparison)]
    if others:
        parts.append("## In no dispute\n\n" + "\n".join(others))
    parts.append(escaped(closing(comparison)))
    return "\n\n".join(parts)


def _dispute(dispute: Dispute, comparison: Comparison, printed: dict[str, str]) -> str:
    lines = [f"## {escaped(dispute.proposition)}"]
    denials = denials_in_words(dispute, comparison)
    for heading, placed in sides(dispute, comparison):
        claims = "\n".join(
            _claim(
                claim,
                source=printed[claim.id],
                sure=how_sure(assertion, denials.get(claim.id, "")),
            )
            for assertion, claim in placed
        )
        lines.append(f"### {heading}\n\n{claims}")
    return "\n\n".join(lines)


def _claim(claim: Claim, *, source: str = "", sure: str = "") -> str:
    notes = (f", {escaped(source)}" if source else "") + (f" ({escaped(sure)})" if sure else "")
    quotes = "\n  >".join(f"\n  > {escaped(span.text)}" for span in claim.evidence)
    return f"- **{escaped(who(claim))}**{notes}: {escaped(claim.text)}\n{quotes}\n"


def escaped(text: str) -> str:
    """Text on one line that no Markdown reader takes for more than text."""
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))
