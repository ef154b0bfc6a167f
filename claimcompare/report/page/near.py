"""How near a claim's words are to others: what says nearly the same is not shown twice."""

from functools import lru_cache

from claimcompare.schema import Claim, Span
from claimcompare.stages.occurrence import alike, tokens

# Of a claim's words, how many must stand in its quotation or the proposition above it.
_NEARLY_ALL = 0.75


def likeness(one: str, other: str) -> float:
    """The share of the words of two texts that both have."""
    first, second = _words(one), _words(other)
    return len(first & second) / max(1, len(first | second))


def most_direct(claim: Claim) -> Span:
    """The passage that says most of the claim; of those as near, the first."""
    if len(claim.evidence) == 1:
        return claim.evidence[0]
    return max(claim.evidence, key=lambda span: likeness(claim.text, span.text))


def is_repeated(claim: Claim, quoted: str, proposition: str) -> bool:
    """Whether a claim's text tells nothing beside its quotation and the proposition.

    What was doubted is shown, and so is a claim with a number that the quotation does not have.
    """
    said, heard = _words(claim.text), _words(quoted)
    if claim.doubts or any(not one.isalpha() for one in said - heard):
        return False
    told = heard | _words(proposition)
    known = [one for one in said if one in told or any(alike(one, other) for other in told)]
    return len(known) >= _NEARLY_ALL * len(said)


@lru_cache(maxsize=4_096)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(text))
