"""Whole comparisons: the claims found, the disputes among them, and who stands where."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from claimcompare.evaluation.gold import ComparisonItem, GoldClaim, GoldDispute
from claimcompare.evaluation.metrics.matching import best_matches
from claimcompare.evaluation.metrics.rates import counted, share, together
from claimcompare.evaluation.metrics.speakers import name_words, same_speaker
from claimcompare.evaluation.outcomes import ComparisonOutcome, Counts
from claimcompare.evaluation.statistics import Metrics, Scorer
from claimcompare.schema import Claim, Comparison, Dispute, Stance
from claimcompare.stages.log import failed_rows

# Gold claims by the id of the predicted claim; the first is its match.
ClaimIds = dict[str, list[str]]
_OTHER_SIDE: dict[Stance, Stance] = {
    "support": "denial",
    "denial": "support",
    "context": "context",
}


class _Shared(NamedTuple):
    """Opposing pairs that two disputes share, on the same sides and on exchanged ones."""

    straight: int
    exchanged: int


def comparison_outcome(
    item: ComparisonItem, predicted: Comparison | None, *, reason: str | None = None
) -> ComparisonOutcome:
    """How a comparison stands to gold; without one, all of gold is missed.

    Claims match one to one where the article is the same, evidence overlaps and the speakers
    match, so that as many as possible do; of several ways, that with most evidence and words in
    common. Whoever's match leaves others that it could be without any, as a claim of a whole
    sentence does, stands for those in disputes, too. Disputes match one to one where they share an
    opposing pair of such claims, on whichever sides, so that they share as many as possible. A
    matched dispute whose shared pairs are mostly on exchanged sides is worded the other way round,
    and its stances are exchanged.
    An item of which a call failed has failed, and what was found without it counts.
    """
    claims = predicted.claims if predicted else ()
    disputes = predicted.disputes if predicted else ()
    ids = _matched_claims(item.claims, claims)
    shared = [[_shared(gold, one, ids) for one in disputes] for gold in item.disputes]
    matches = best_matches([[sum(one) for one in row] for row in shared])
    judged = [
        right
        for row, column in matches.items()
        for right in _judged(
            item.disputes[row],
            _stances(disputes[column], predicted, ids),
            exchanged=shared[row][column].exchanged > shared[row][column].straight,
        )
    ]
    failures = _failures(predicted)
    return ComparisonOutcome(
        id=item.id,
        document=item.document,
        status="failed" if failures else "answered",
        reason=reason or next(iter(failures), None),
        claims=Counts.of(gold=len(item.claims), found=len(claims), right=len(ids)),
        disputes=Counts.of(gold=len(item.disputes), found=len(disputes), right=len(matches)),
        stances_right=sum(judged),
        stances_asked=len(judged),
        failed=len(failures),
    )


def _failures(predicted: Comparison | None) -> list[str]:
    """Why calls failed, of the whole comparison if there is none."""
    if predicted is None:
        return ["no comparison"]
    return [row.reason for row in failed_rows(predicted.ledger)]


def _matched_claims(gold: Sequence[GoldClaim], found: Sequence[Claim]) -> ClaimIds:
    closeness = [[_closeness(one, other) for other in found] for one in gold]
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


def _closeness(gold: GoldClaim, found: Claim) -> int:
    """Characters of evidence and of words in common; 0 where the two cannot be the same claim."""
    overlap = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one, other in product(gold.evidence, found.evidence)
    )
    if not overlap or gold.article_id != found.article_id or not _same_voice(gold, found):
        return 0
    return overlap + sum(map(len, name_words(gold.text) & name_words(found.text)))


def _same_voice(gold: GoldClaim, found: Claim) -> bool:
    if gold.speaker is None or found.speaker is None:
        return gold.speaker == found.speaker
    return same_speaker(gold.speaker, found.speaker)


def _shared(gold: GoldDispute, found: Dispute, ids: ClaimIds) -> _Shared:
    sides: dict[Stance, list[str]] = {"support": [], "denial": [], "context": []}
    for one in gold.assertions:
        sides[one.stance].append(one.claim_id)
    golden = set(product(sides["support"], sides["denial"]))
    pairs = {
        pair
        for one in found.pairs
        for pair in product(ids.get(one.support, ()), ids.get(one.denial, ()))
    }
    return _Shared(
        len(pairs & golden), len({(denial, support) for support, denial in pairs} & golden)
    )


def _stances(
    found: Dispute, predicted: Comparison | None, ids: ClaimIds
) -> dict[str, Stance | None]:
    """By gold claim; one whose stance could not be asked for has none, as after an abstention."""
    ledger = predicted.ledger if predicted else ()
    failed = [row.item for row in failed_rows(ledger) if row.stage == "classify"]
    known = dict.fromkeys(failed) | {one.claim_id: one.stance for one in found.assertions}
    return {gold: stance for one, stance in known.items() for gold in ids.get(one, ())}


def _judged(
    gold: GoldDispute, stances: Mapping[str, Stance | None], *, exchanged: bool
) -> list[bool]:
    """Whether each claim that is in both disputes has the right stance; an abstention has not."""
    return [
        stances[one.claim_id] == (_OTHER_SIDE[one.stance] if exchanged else one.stance)
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
