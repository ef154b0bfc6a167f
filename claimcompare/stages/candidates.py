"""Which claims may be about the same matter: cheap, without a model."""

import math
from collections import Counter
from collections.abc import Collection, Sequence

from claimcompare.schema import Claim
from claimcompare.stages.counts import agree, counted, same_count
from claimcompare.stages.lexicon import NO_NEGATION
from claimcompare.stages.names import may_be_called
from claimcompare.stages.objections import (
    accuses,
    answers_accusations,
    as_reported,
    objects,
    objects_outright,
)
from claimcompare.stages.words import is_ended, negated, negated_stems, normal, stems, withdrawing

_SAME_MATTER = 0.4
_LIKE_MATTER = 0.3
_FEWEST_SHARED = 2
_ACCUSED = 1.0


class Nearness:
    """How near texts are to the claims of one comparison: shared words, rare ones weigh more.

    And which of the claims count otherwise than others.
    """

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._stems = {claim.id: stems(f"{evidence_text(claim)} {claim.text}") for claim in claims}
        self._counted = {claim.id: counted(claim.text) for claim in claims}
        self._counts = Counter(stem for found in self._stems.values() for stem in found)

    def between(self, text: str, claim: Claim) -> float:
        """From 0 (no word in common) to 1 (every word of `text` is in the claim)."""
        return self._share(stems(text), claim)

    def of(self, one: Claim, other: Claim) -> float:
        """The same for a claim's own words and evidence."""
        return self._share(self._stems[one.id], other)

    def count_otherwise(self, one: Claim, other: Claim) -> bool:
        """Whether two claims give different numbers for the same thing."""
        return agree(self._counted[one.id], self._counted[other.id]) is False

    def nearest(self, text: str, claims: Sequence[Claim], count: int) -> list[Claim]:
        """At most `count` claims, the nearest first, those as near in the order given."""
        wanted = stems(text)
        return sorted(claims, key=lambda claim: -self._share(wanted, claim))[:count]

    def _share(self, wanted: frozenset[str], claim: Claim) -> float:
        # Sets have no order, and fsum needs none: equal claims stay equal in every process.
        weight = math.fsum(map(self._rarity, wanted))
        shared = math.fsum(map(self._rarity, wanted & self._stems[claim.id]))
        return shared / weight if weight else 0.0

    def _rarity(self, stem: str) -> float:
        total = len(self._stems)
        return math.log((total + 1) / (self._counts[stem] + 0.5))


def may_contradict(claims: Sequence[Claim], nearness: Nearness) -> dict[str, list[Claim]]:
    """For each claim that objects to something by its words, what it may contradict.

    The likeliest comes first: what shares its rare words, then what many objections are near
    to, then what the article says first, as news puts the main matter there. Claims that object
    themselves come last, and headlines, which the article words again. A claim that only negates
    ("will not close") or may object to anything ("he lied") must repeat the matter; one that
    rejects what was said ("called it a lie") need not.
    """
    objecting = [claim for claim in claims if objects(claim)]
    objecting_ids = {claim.id for claim in objecting}
    late = objecting_ids | {claim.id for claim in claims if _is_headline(claim)}
    accusing = {claim.id for claim in claims if accuses(claim)}
    weights = _weights(claims, objecting, nearness)
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        others = _answered(claim, claims, nearness, objecting_ids)
        sought = accusing if answers_accusations(claim) else frozenset()
        likely = {
            one.id: nearness.of(claim, one) + weights[one.id] + _ACCUSED * (one.id in sought)
            for one in others
        }
        if others:
            found[claim.id] = sorted(others, key=lambda one: (one.id in late, -likely[one.id]))
    return found


def _answered(
    claim: Claim, claims: Sequence[Claim], nearness: Nearness, objecting_ids: Collection[str]
) -> list[Claim]:
    """Those that a claim may object to, negate or count otherwise than."""
    takes_back = withdrawing(as_reported(claim))
    others = [
        one
        for one in claims
        if _is_by_another(claim, one)
        or (one.id != claim.id and (takes_back or nearness.count_otherwise(claim, one)))
    ]
    if claim.id not in objecting_ids:
        return [one for one in others if _counters(claim, one, nearness)]
    if not takes_back:
        others = [one for one in others if not _is_own(claim, one, nearness)]
    if objects_outright(claim):
        return others
    # Two who say that somebody lied agree, unless one of them negates it.
    return [
        one
        for one in others
        if _counters(claim, one, nearness)
        or (one.id not in objecting_ids and _is_about(claim, one, nearness))
    ]


def _is_about(claim: Claim, other: Claim, nearness: Nearness) -> bool:
    """Whether much of what a claim says is the matter of another."""
    return (
        nearness.of(claim, other) >= _LIKE_MATTER and len(_shared(claim, other)) >= _FEWEST_SHARED
    )


def _is_own(claim: Claim, other: Claim, nearness: Nearness) -> bool:
    """Whether two claims are one speaker's who hardly denies what another article has of him.

    What he denies is somebody else's, unless he does so in much the same words.
    """
    if not same_speaker(claim, other) or nearness.count_otherwise(claim, other):
        return False
    return max(nearness.of(claim, other), nearness.of(other, claim)) < _SAME_MATTER


def same_speaker(one: Claim, other: Claim) -> bool:
    """Whether both are by one speaker, whose name may be shortened in one of two articles.

    The own voices of two articles are two speakers, and so are "the mayor" of either.
    """
    if one.article_id == other.article_id:
        return one.speaker == other.speaker
    names = (one.speaker or "", other.speaker or "")
    return any(may_be_called(*pair) for pair in (names, names[::-1]))


def _weights(
    claims: Sequence[Claim], objecting: Sequence[Claim], nearness: Nearness
) -> dict[str, float]:
    """How near objections are to a claim on average, and how soon its article says it."""
    leading = _leading(claims)
    count = max(1, len(objecting))
    return {
        claim.id: leading[claim.id]
        + math.fsum(nearness.of(one, claim) for one in objecting) / count
        for claim in claims
    }


def _leading(claims: Sequence[Claim]) -> dict[str, float]:
    """From one half for the first claim of an article downwards."""
    seen: Counter[str] = Counter()
    weights = {}
    for claim in claims:
        seen[claim.article_id] += not _is_headline(claim)
        weights[claim.id] = 0.5 / max(1, seen[claim.article_id])
    return weights


def _is_headline(claim: Claim) -> bool:
    """Whether a claim stands in a line that does not end as a sentence."""
    return not any(is_ended(span.text) for span in claim.evidence)


def may_oppose(claim: Claim, other: Claim) -> bool:
    """Whether two claims can be at odds: those of one speaker within one article hardly are.

    They are where one takes something back, or counts otherwise.
    """
    if _is_by_another(claim, other):
        return True
    takes_back = withdrawing(as_reported(claim))
    return claim.id != other.id and (takes_back or same_count(other.text, claim.text) is False)


def _is_by_another(claim: Claim, other: Claim) -> bool:
    return (claim.speaker, claim.article_id) != (other.speaker, other.article_id)


def _counters(claim: Claim, other: Claim, nearness: Nearness) -> bool:
    """Whether a claim counts otherwise than another, or negates it in much the same words."""
    if nearness.count_otherwise(claim, other):
        return True
    is_near = nearness.of(claim, other) >= _SAME_MATTER
    return is_near and (_negates(claim, other) or _negates(other, claim))


def _negates(claim: Claim, other: Claim) -> bool:
    """Whether one claim says "not", and of a word that the other has without it."""
    shared = _shared(claim, other)
    is_denied = any(shared & denied for denied in negated_stems(_negating(claim)))
    return is_denied and not negated(_negating(other))


def _negating(claim: Claim) -> str:
    """Its words without what only looks like a negation."""
    return NO_NEGATION.sub(" ", normal(claim.text))


def _shared(claim: Claim, other: Claim) -> frozenset[str]:
    """The content words that both have, without their speakers' names."""
    speakers = stems(f"{claim.speaker or ''} {other.speaker or ''}")
    return (stems(claim.text) & stems(other.text)) - speakers


def evidence_text(claim: Claim) -> str:
    """The words of all its evidence."""
    return " ".join(span.text for span in claim.evidence)
