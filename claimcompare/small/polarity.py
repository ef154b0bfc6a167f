"""English sentences without their negation: small models do not read it."""

import re
from functools import partial
from typing import NamedTuple

from claimcompare.small.words import negated

_UNTRUE = re.compile(
    r"^\W*it\s+(?:is|was)\s+(?:not\s+(?:true|the\s+case|so|right)|untrue|false|wrong|a\s+lie)"
    r"\s+that\s*",
    re.IGNORECASE,
)
# All others are a verb and "n't".
_WHOLE = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
_CONTRACTED = re.compile(r"\b(?:cannot|[a-z]+n['\u2019]t)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(is|are|was|were|am|be|been|being|do|does|did|has|have|had|can|could|will|would|shall|"
    r"should|may|might|must)\s+not\s+(?!only\b|just\b)",
    re.IGNORECASE,
)
# A negation between these need not be that of the whole sentence.
_CLAUSES = re.compile(
    r"[,;:()\u2014\u2013]|\b(?:who|whom|whose|which|that|if|when|where|while|because|since|although|"
    r"though|unless|until|and|or|but)\b",
    re.IGNORECASE,
)


class Polar(NamedTuple):
    """A sentence without its one negation, and whether it had one."""

    text: str
    negative: bool


def positive(text: str) -> Polar:
    """What is said not to be so, if all that a sentence does is to negate one that does not.

    "It is untrue that the quay is dry", "The quay is not dry" and "The quay isn't dry" are all
    "The quay is dry", negated; two negations are none. A negation that can't be taken out, such as
    "nobody", stays, and so does one that may negate a part only.
    """
    rest = _UNTRUE.sub("", text)
    told = text if rest == text else rest[:1].upper() + rest[1:]
    ways = (partial(_CONTRACTED.sub, _verb), partial(_NOT.sub, r"\1 "))
    bare = next((bare for way in ways if (bare := way(told, count=1)) != told), told)
    if _CLAUSES.search(told) or negated(bare):
        bare = told
    return Polar(bare, negative=(told != text) != (bare != told))


def _verb(contracted: re.Match[str]) -> str:
    """What is left of a verb without its "n't"."""
    verb = contracted.group().replace("\u2019", "'")
    bare = _WHOLE.get(verb.casefold(), verb.removesuffix("n't"))
    return bare.capitalize() if verb[0].isupper() else bare
