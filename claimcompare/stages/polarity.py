"""Sentences without their negation: small models do not read it, and a proposition has none."""

import re
from functools import partial
from typing import NamedTuple

from claimcompare.stages.words import negated

_UNTRUE = re.compile(
    r"^\W*(?:it\s+(?:is|was)\s+(?:not\s+(?:true|the\s+case|so|right)|untrue|false|wrong|a\s+lie)\s+that"
    r"|es\s+(?:ist|stimmt)\s+(?:nicht(?:\s+(?:wahr|so|richtig))?|unwahr|falsch)\s*,\s*dass"
    r"|il\s+(?:est\s+faux|n['\u2019]est\s+pas\s+vrai)\s+(?:que\s|qu['\u2019])"
    r"|(?:no\s+es\s+(?:cierto|verdad)|es\s+falso)\s+que"
    r"|(?:неправда|не\s*правда|это\s+неправда)\s*,\s*(?:что|що))\s*",
    re.IGNORECASE,
)
# All others are a verb and "n't".
_WHOLE = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
_CONTRACTED = re.compile(
    r"\b(?:cannot|can['\u2019]t|won['\u2019]t|shan['\u2019]t|ain['\u2019]t|[a-z]+n['\u2019]t)\b",
    re.IGNORECASE,
)
_AUXILIARIES = (
    "is|are|was|were|am|be|been|being|do|does|did|has|have|had|can|could|will|would|shall|should|"
    "may|might|must"
)
_AUXILIARY = re.compile(_AUXILIARIES, re.IGNORECASE)
_NOT = re.compile(rf"\b(?:{_AUXILIARIES})\s+not\s+(?!only\b|just\b)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?<=\s)(?:nicht\s+(?!nur\b)|не\s+(?!только\b|тільки\b|лише\b))", re.IGNORECASE
)
# A negation between these need not be that of the whole sentence.
_CLAUSES = re.compile(
    r"[,;:()\u2014\u2013]|\b(?:who|whom|whose|which|that|if|when|where|while|because|since|although|"
    r"though|unless|until|and|or|but|dass|weil|wenn|ob|und|oder|aber|sondern|что|если|когда|и|но|а|"
    r"що|якщо|коли|але|та)\b",
    re.IGNORECASE,
)
_NEGATIONS = (_CONTRACTED, _NOT, _ELSEWHERE)


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
    told = _without_untrue(text)
    bare = next((bare for bare in map(partial(_without, told), _NEGATIONS) if bare != told), told)
    bare = told if negated(bare) else bare
    return Polar(bare, negative=(told != text) != (bare != told))


def _without_untrue(text: str) -> str:
    rest = _UNTRUE.sub("", text)
    return text if rest == text else rest[:1].upper() + rest[1:]


def _without(text: str, negation: re.Pattern[str]) -> str:
    """The text without its first such negation, unless that stands in a clause of several."""
    found = negation.search(text)
    if found is None or _CLAUSES.search(text):
        return text
    return f"{text[: found.start()]}{_verb(found.group())}{text[found.end() :]}"


def _verb(words: str) -> str:
    """What is left of a negation: "can " of "cannot", "is " of "is not ", nothing of "nicht "."""
    verb, space, _ = words.replace("\u2019", "'").partition(" ")
    if space:
        return f"{verb} " if _AUXILIARY.fullmatch(verb) else ""
    bare = _WHOLE.get(verb.casefold(), verb.removesuffix("n't"))
    return bare.capitalize() if verb[0].isupper() else bare
