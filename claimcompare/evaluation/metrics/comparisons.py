"""Whole comparisons: the claims found, the disputes among them, and who stands where."""

from collections.abc import Iterator, Mapping, Sequence, Sized
from itertools import product
from typing import NamedTuple

from claimcompare.evaluation.gold import ComparisonItem, GoldClaim, GoldDispute
from claimcompare.evaluation.metrics.matching import best_matches
from claimcompare.evaluation.metrics.parts import ClaimIds, Judged, Matched, comparison_parts
from claimcompare.evaluation.metrics.rates import counted, share, together
from claimcompare.evaluation.metrics.speakers import name_words, same_speaker
from claimcompare.evaluation.outcomes import ComparisonOutcome, Counts
from claimcompare.evaluation.statistics import Metrics, Scorer
from claimcompare.schema import Claim, Comparison, Dispute, Stance
from claimcompare.stages.log import failed_rows

_OTHER_SIDE: dict[Stance, Stance] = {
    "support": "denial",
    "denial": "support",
    "context": "context",
}


class _Voiced(NamedTuple):
    """A claim, and the names of its speaker; None is the article's own voice."""

    claim: Claim
    names: tuple[str | None, ...]


class _Shared(NamedTuple):
    """Opposing pairs that two disputes share, on the same sides and on exchanged ones."""

    straight: int
    exchanged: int

    @property
    def is_exchanged(self) -> bool:
        """Whether the disputes are worded the other way round."""
        return self.exchanged > self.straight


def comparison_outcome(
    item: ComparisonItem, predicted: Comparison | None, *, reason: str | None = None
) -> ComparisonOutcome:
    """How a comparison stands to gold; without one, all of gold is missed.

    Claims match one to one where the article is the same, evidence overlaps and the gold speaker
    may be one of those that the claim's speaker is known by, so that as many as possible do; of
    several ways, that with most evidence and words in common. Whoever's match leaves others that it
    could be without any, as a claim of a whole sentence does, stands for those in disputes, too.
    Disputes match one to one where they share an opposing pair of such claims, on whichever sides,
    so that they share as many as possible; what was taken back, and what takes it back, stand on
    the side that gold gives them. A matched dispute whose shared pairs are mostly on exchanged
    sides is worded the other way round, and its stances are exchanged. An item of which a call
    failed has failed, and what was found without it counts; where gold has no claim or no
    dispute to be missed, one is, so that failing never pays.
    """
    claims, disputes = (predicted.claims, predicted.disputes) if predicted else ((), ())
    ids = _matched_claims(item.claims, _voiced(predicted))
    shared = [[_shared(gold, one, ids) for one in disputes] for gold in item.disputes]
    matches = best_matches([[sum(one) for one in row] for row in shared])
    stances = [_stances(one, predicted, ids) for one in disputes]
    judged = [
        one
        for row, column in matches.items()
        for one in _judged(item.disputes[row], stances[column], shared[row][column])
    ]
    failures = _failures(predicted)
    return ComparisonOutcome(
        id=item.id,
        document=item.document,
        status="failed" if failures else "answered",
        reason=reason or next(iter(failures), None),
        claims=_counts(item.claims, claims, ids, has_failed=bool(failures)),
        disputes=_counts(item.disputes, disputes, matches, has_failed=bool(failures)),
        stances_right=sum(one.given == one.wanted for one in judged),
        stances_asked=len(judged),
        failed=len(failures),
        parts=tuple(comparison_parts(item, predicted, Matched(ids, matches, judged))),
    )


def _counts(gold: Sized, found: Sized, right: Sized, *, has_failed: bool) -> Counts:
    missed = has_failed and not len(gold)
    return Counts.of(gold=len(gold) + missed, found=len(found), right=len(right))


def _failures(predicted: Comparison | None) -> list[str]:
    """Why calls failed, of the whole comparison if there is none."""
    if predicted is None:
        return ["no comparison"]
    return [row.reason for row in failed_rows(predicted.ledger)]


def _voiced(predicted: Comparison | None) -> list[_Voiced]:
    """The claims with all names of their speakers."""
    if predicted is None:
        return []
    voices = ((one, predicted.speaker(one)) for one in predicted.claims)
    return [_Voiced(one, voice.names if voice else (one.speaker,)) for one, voice in voices]


def _matched_claims(gold: Sequence[GoldClaim], voiced: Sequence[_Voiced]) -> ClaimIds:
    found = [one.claim for one in voiced]
    closeness = [[_closeness(one, other) for other in voiced] for one in gold]
    # Worth more than all closeness together, so that no match is given up for a closer one.
    match = 1 + sum(map(sum, closeness))
    gains = [[one and one + match for one in row] for row in closeness]
    matches = best_matches(gains)
    ids = {found[column].id: [gold[row].id] for row, column in matches.items()}
    for row in (row for row in range(len(gold)) if row not in matches):
        near = ((closeness[row][column], found[column].id) for column in matches.values())
        closest, claim_id = max(near, default=(0, ""))
        if closest:
            ids[claim_id].append(gold[row].id)
    return ids


def _closeness(gold: GoldClaim, voiced: _Voiced) -> int:
    """Characters of evidence and of words in common; 0 where the two cannot be the same claim."""
    found = voiced.claim
    overlap = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one, other in product(gold.evidence, found.evidence)
    )
    if not overlap or gold.article_id != found.article_id:
        return 0
    if not any(_same_voice(gold.speaker, name) for name in voiced.names):
        return 0
    return overlap + sum(map(len, name_words(gold.text) & name_words(found.text)))


def _same_voice(gold: str | None, found: str | None) -> bool:
    if gold is None or found is None:
        return gold == found
    return same_speaker(gold, found)


def _shared(gold: GoldDispute, found: Dispute, ids: ClaimIds) -> _Shared:
    sides: dict[Stance, list[str]] = {"support": [], "denial": [], "context": []}
    for one in gold.assertions:
        sides[one.stance].append(one.claim_id)
    golden = set(product(sides["support"], sides["denial"]))
    pairs = {
        pair
        for support, denial in _opposed(found)
        for pair in product(ids.get(support, ()), ids.get(denial, ()))
    }
    straight = pairs & golden
    exchanged = {(denial, support) for support, denial in pairs} & golden
    return _Shared(len(straight), len(exchanged - straight))


def _opposed(found: Dispute) -> Iterator[tuple[str, str]]:
    """The ids of claims on opposite sides; those of something taken back stand on either."""
    yield from ((pair.support, pair.denial) for pair in found.pairs)
    either = [
        claim_id
        for one in found.assertions
        if one.withdrawn_by
        for claim_id in (one.claim_id, one.withdrawn_by)
    ]
    yield from product(either, [*(one.claim_id for one in found.denying), *either])
    yield from product([one.claim_id for one in found.supporting], either)


def _stances(
    found: Dispute, predicted: Comparison | None, ids: ClaimIds
) -> dict[str, Stance | None]:
    """By gold claim; one whose stance could not be asked for has none, as after an abstention."""
    ledger = predicted.ledger if predicted else ()
    failed = [row.item for row in failed_rows(ledger) if row.stage == "classify"]
    known = dict.fromkeys(failed) | {one.claim_id: one.stance for one in found.assertions}
    return {gold: stance for one, stance in known.items() for gold in ids.get(one, ())}


def _judged(
    gold: GoldDispute, stances: Mapping[str, Stance | None], shared: _Shared
) -> list[Judged]:
    """Each claim that is in both disputes with the right stance and the given one."""
    return [
        Judged(
            one.claim_id,
            _OTHER_SIDE[one.stance] if shared.is_exchanged else one.stance,
            stances[one.claim_id],
        )
        for one in gold.assertions
        if one.claim_id in stances
    ]


def _scorer(outcomes: Sequence[ComparisonOutcome]) -> Scorer:
    return together(
        counted("dispute_", [one.disputes for one in outcomes]),
        counted("claim_", [one.claims for one in outcomes]),
        share(
            "stance_accuracy",
            (one.stances_right for one in outcomes),
            (one.stances_asked for one in outcomes),
        ),
    )


COMPARISONS = Metrics(headline="dispute_f1", scorer=_scorer)
