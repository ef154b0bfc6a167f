"""How the two sides of a dispute oppose each other, in words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimcompare.report.sides import listed
from claimcompare.report.voices import OWN_VOICE, full_name
from claimcompare.schema import Comparison, Dispute, OppositionKind

DOES: dict[OppositionKind, str] = {
    "denied": "denies",
    "value": "gives another value than",
    "withdrawn": "withdraws",
    "incompatible": "cannot be true together with",
}
# Of a denial that opposes several speakers, and all of them in that way.
_DOES_TO_ALL: dict[OppositionKind, str] = {
    "denied": "",
    "value": "gives another value",
    "withdrawn": "withdraws it",
    "incompatible": "cannot be true together with it",
}
OWN_CLAIM = "their own claim"
_MOST_NAMES = 3


class Opposition(NamedTuple):
    """The ids of a claim and of one that it opposes; `own` if one speaker made both."""

    claim: str
    against: str
    kind: OppositionKind
    own: bool


def oppositions(dispute: Dispute) -> Iterator[Opposition]:
    """Which claim opposes which: a denial what is denied, what takes back what is taken back."""
    taken = {(one.claim_id, one.withdrawn_by) for one in dispute.assertions}
    for pair in dispute.pairs:
        one, other = pair.denial, pair.support
        if (one, other) in taken:
            one, other = other, one
        own = pair.same_speaker or (other, one) in taken
        yield Opposition(one, other, pair.kind, own)


def oppositions_in_words(dispute: Dispute, comparison: Comparison) -> dict[str, str]:
    """For the id of each claim that opposes another whom and how, as in "denies Ines Quill"."""
    found: dict[str, list[Opposition]] = {}
    for one in oppositions(dispute):
        found.setdefault(one.claim, []).append(one)
    named = {name for each in found.values() for name, _ in _whom(each, comparison)}
    everybody = named - {OWN_CLAIM}
    told = {claim: _in_words(each, comparison, everybody) for claim, each in found.items()}
    return {claim: words for claim, words in told.items() if words}


def _in_words(found: Iterable[Opposition], comparison: Comparison, everybody: set[str]) -> str:
    """One clause for each kind, with every speaker once; no names where it is all of several."""
    clauses: dict[OppositionKind, dict[str, None]] = {}
    for name, kind in _whom(found, comparison):
        clauses.setdefault(kind, {})[name] = None
    if len(clauses) == 1 and len(everybody) > 1:
        ((kind, names),) = clauses.items()
        if names.keys() == everybody:
            return _DOES_TO_ALL[kind]
    return "; ".join(f"{DOES[kind]} {_some(list(names))}" for kind, names in clauses.items())


def _whom(
    found: Iterable[Opposition], comparison: Comparison
) -> Iterator[tuple[str, OppositionKind]]:
    for one in found:
        name = full_name(comparison.claim(one.against), comparison) or OWN_VOICE
        yield OWN_CLAIM if one.own else name, one.kind


def _some(names: list[str]) -> str:
    """The names, or the first of many and how many there are besides."""
    if len(names) <= _MOST_NAMES + 1:
        return listed(names)
    return listed([*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} others"])
