"""Which claims may be about the same matter: cheap, without a model."""

import math
from collections import Counter
from collections.abc import Sequence

from claimcompare.schema import Claim
from claimcompare.stages.names import may_be_called
from claimcompare.stages.words import is_ended, negated, numbers, rejecting, stems, withdrawing

_SAME_MATTER = 0.4


class Nearness:
    """How near texts are to the claims of one comparison: shared words, rare ones weigh more."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._stems = {claim.id: stems(f"{evidence_text(claim)} {claim.text}") for claim in claims}
        self._counts = Counter(stem for found in self._stems.values() for stem in found)

    def between(self, text: str, claim: Claim) -> float:
        """From 0 (no word in common) to 1 (every word of `text` is in the claim)."""
        return self._share(stems(text), claim)

    def of(self, one: Claim, other: Claim) -> float:
        """The same for a claim's own words and evidence."""
        return self._share(self._stems[one.id], other)

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
    ("will not close") must repeat the matter; one that rejects ("called it a lie") need not.
    """
    objecting = [claim for claim in claims if _objects(as_reported(claim))]
    objecting_ids = {claim.id for claim in objecting}
    central = {
        claim.id: math.fsum(nearness.of(one, claim) for one in objecting) / max(1, len(objecting))
        for claim in claims
    }
    leading = _leading(claims)
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        others = [one for one in claims if may_oppose(claim, one)]
        near = {other.id: nearness.of(claim, other) for other in others}
        if claim.id in objecting_ids:
            others = [one for one in others if not _is_own(claim, one, nearness)]
        else:
            others = [one for one in others if _counters(claim, one, near[one.id])]
        if others:
            found[claim.id] = sorted(
                others,
                key=lambda other: (
                    other.id in objecting_ids or _is_headline(other),
                    -near[other.id] - central[other.id] - leading[other.id],
                ),
            )
    return found


def _is_own(claim: Claim, other: Claim, nearness: Nearness) -> bool:
    """Whether two claims are one speaker's who hardly denies what another article has of him.

    What he denies is somebody else's, unless he does so in much the same words.
    """
    if not same_speaker(claim, other) or withdrawing(as_reported(claim)):
        return False
    near = max(nearness.of(claim, other), nearness.of(other, claim))
    return near < _SAME_MATTER and same_count(claim.text, other.text) is not False


def same_speaker(one: Claim, other: Claim) -> bool:
    """Whether both are by one speaker, whose name may be shortened in one of two articles.

    The own voices of two articles are two speakers, and so are "the mayor" of either.
    """
    if one.article_id == other.article_id:
        return one.speaker == other.speaker
    names = (one.speaker or "", other.speaker or "")
    return any(may_be_called(*pair) for pair in (names, names[::-1]))


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
    if (claim.speaker, claim.article_id) != (other.speaker, other.article_id):
        return True
    takes_back = withdrawing(as_reported(claim))
    return claim.id != other.id and (takes_back or same_count(other.text, claim.text) is False)


def same_count(one: str, other: str) -> bool | None:
    """Whether two texts give one number for the same thing; None where they do not compare."""
    counted, there = numbers(one), numbers(other)
    if not (counted and there):
        return None
    here, near = _about(one), _about(other)
    shared = len(here & near)
    if not (shared and shared >= _SAME_MATTER * min(len(here), len(near))):
        return None
    if counted & there:
        return True if negated(one) == negated(other) and not rejecting(other) else None
    return False


def _about(text: str) -> frozenset[str]:
    """The content words of a text beside its numbers."""
    return frozenset(stem for stem in stems(text) if not numbers(stem) and stem.isalpha())


def _objects(words: str) -> bool:
    return rejecting(words) or withdrawing(words)


def _counters(claim: Claim, other: Claim, nearness: float) -> bool:
    """Whether a claim counts otherwise than another, or negates it in much the same words."""
    if same_count(claim.text, other.text) is False:
        return True
    return nearness >= _SAME_MATTER and negated(claim.text) != negated(other.text)


def as_reported(claim: Claim) -> str:
    """A claim's words behind the one that reports it: "denied The quay is dry"."""
    return f"{claim.cue or ''} {claim.text}"


def evidence_text(claim: Claim) -> str:
    """The words of all its evidence."""
    return " ".join(span.text for span in claim.evidence)
