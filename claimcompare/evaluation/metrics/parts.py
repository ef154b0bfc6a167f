"""What of an event was named, missed or made up, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from claimcompare.evaluation.gold import ComparisonItem, GoldClaim
from claimcompare.evaluation.outcomes import Part
from claimcompare.schema import Claim, Comparison, Stance

# Gold claims by the id of the predicted claim; the first is its match.
ClaimIds = dict[str, list[str]]


class Judged(NamedTuple):
    """The stance of a gold claim that is right, and the given one, None of an abstention."""

    claim_id: str
    wanted: Stance
    given: Stance | None


class Matched(NamedTuple):
    """Which claims, disputes (gold by number to found by number) and stances belong together."""

    claims: ClaimIds
    disputes: Mapping[int, int]
    stances: Sequence[Judged]


def comparison_parts(
    item: ComparisonItem, predicted: Comparison | None, matched: Matched
) -> Iterator[Part]:
    """All disputes, the claims that only gold or only the model has, and wrong stances."""
    yield from _disputes(item, predicted, matched.disputes)
    told = {one.id: _said(one) for one in item.claims}
    for one in matched.stances:
        if one.given != one.wanted:
            given = one.given or "none"
            yield Part(kind="stance", text=told[one.claim_id], gold=one.wanted, found=given)
    found = {first for first, *_ in matched.claims.values()}
    for claim_id, words in told.items():
        if claim_id not in found:
            yield Part(kind="claim", gold=words, found=None)
    for claim in predicted.claims if predicted else ():
        if claim.id not in matched.claims:
            yield Part(kind="claim", gold=None, found=_said(claim))


def _disputes(
    item: ComparisonItem, predicted: Comparison | None, matches: Mapping[int, int]
) -> Iterator[Part]:
    found = predicted.disputes if predicted else ()
    for row, gold in enumerate(item.disputes):
        named = found[matches[row]].proposition if row in matches else None
        yield Part(kind="dispute", gold=gold.proposition, found=named)
    for column, one in enumerate(found):
        if column not in matches.values():
            yield Part(kind="dispute", gold=None, found=one.proposition)


def _said(claim: GoldClaim | Claim) -> str:
    """A claim after its speaker, where it has one."""
    return f"{claim.speaker}: {claim.text}" if claim.speaker else claim.text
