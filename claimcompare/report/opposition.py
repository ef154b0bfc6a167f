"""How the two sides of a dispute oppose each other, in words."""

from collections.abc import Iterable

from claimcompare.schema import Comparison, Dispute, OpposingPair, OppositionKind

DOES: dict[OppositionKind, str] = {
    "denied": "denies",
    "value": "gives another value than",
    "withdrawn": "withdraws",
    "incompatible": "cannot be true together with",
}
OWN_CLAIM = "their own claim"
OWN_VOICE = "the article itself"


def denials_in_words(dispute: Dispute, comparison: Comparison) -> dict[str, str]:
    """For the id of each denying claim whom it opposes and how, as in "denies Ines Quill"."""
    pairs: dict[str, list[OpposingPair]] = {}
    for pair in dispute.pairs:
        pairs.setdefault(pair.denial, []).append(pair)
    return {claim_id: _in_words(found, comparison) for claim_id, found in pairs.items()}


def _in_words(pairs: Iterable[OpposingPair], comparison: Comparison) -> str:
    """One clause for each kind, with every speaker once."""
    clauses: dict[OppositionKind, dict[str, None]] = {}
    for pair in pairs:
        whom = OWN_CLAIM if pair.same_speaker else comparison.claim(pair.support).speaker
        clauses.setdefault(pair.kind, {})[whom or OWN_VOICE] = None
    return "; ".join(f"{DOES[kind]} {listed(names)}" for kind, names in clauses.items())


def listed(names: Iterable[str]) -> str:
    """Some names as one reads them out: "A, B and C"."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
