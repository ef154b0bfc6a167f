"""Propositions and where claims stand on them become disputes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    Dispute,
    LedgerRow,
    OpposingPair,
    OppositionKind,
    Proposition,
)
from claimcompare.stages.log import StageLog
from claimcompare.stages.order import came_before
from claimcompare.stages.protocols import Event


class Disputes(NamedTuple):
    """The disputes, and why other propositions are none."""

    found: tuple[Dispute, ...]
    log: StageLog


def disputes(
    event: Event, propositions: Sequence[Proposition], placed: Sequence[Sequence[Assertion]]
) -> Disputes:
    """A dispute for each proposition with both sides, by different speakers or taken back."""
    claims = {claim.id: claim for claim in event.claims}
    about = {article.id: article for article in event.articles}
    found: list[Dispute] = []
    rows: list[LedgerRow] = []
    for proposition, assertions in zip(propositions, placed, strict=True):
        dispute = _dispute(proposition, assertions, claims, about)
        if lacks := _lacking(dispute):
            row = LedgerRow(
                stage="classify", outcome="abstained", item=proposition.text, reason=lacks
            )
            rows.append(row)
        else:
            found.append(dispute)
    return Disputes(tuple(found), StageLog(ledger=tuple(rows)))


def voice_of(claim: Claim) -> tuple[str, ...]:
    """Whoever stands for a claim: the speaker with who relays him, or that one article.

    What others say that somebody said, he may deny himself.
    """
    speaker = claim.speaker_id or claim.speaker or f"the article {claim.article_id}"
    return (speaker, *claim.via)


def _dispute(
    proposition: Proposition,
    assertions: Sequence[Assertion],
    claims: Mapping[str, Claim],
    about: Mapping[str, Article],
) -> Dispute:
    taken = {one.claim_id: one.withdrawn_by for one in proposition.withdrawn}
    taken |= {one: by for one, by in _changed(assertions, claims, about) if one not in taken}
    placed = tuple(
        one.model_copy(update={"withdrawn_by": taken.get(one.claim_id)}) for one in assertions
    )
    support = [one for one in placed if one.stance == "support"]
    denial = [one for one in placed if one.stance == "denial"]
    pairs = tuple(_pair(one, other, claims) for one, other in product(support, denial))
    return Dispute(proposition=proposition.text, assertions=placed, pairs=pairs)


def _changed(
    assertions: Sequence[Assertion], claims: Mapping[str, Claim], about: Mapping[str, Article]
) -> Iterator[tuple[str, str]]:
    """What a speaker said in an article that came before one where he takes the other side."""
    of: dict[str, list[tuple[Assertion, Claim]]] = {}
    for one in assertions:
        claim = claims[one.claim_id]
        if claim.speaker_id and not claim.via and one.stance in ("support", "denial"):
            of.setdefault(claim.speaker_id, []).append((one, claim))
    for said in of.values():
        for (one, claim), (other, later) in product(said, repeat=2):
            if one.stance != other.stance and _before(claim, later, about):
                yield claim.id, later.id


def _before(claim: Claim, later: Claim, about: Mapping[str, Article]) -> bool:
    one, other = about.get(claim.article_id), about.get(later.article_id)
    return one is not None and other is not None and came_before(one, other)


def _pair(support: Assertion, denial: Assertion, claims: Mapping[str, Claim]) -> OpposingPair:
    one, other = claims[support.claim_id], claims[denial.claim_id]
    same = voice_of(one) == voice_of(other)
    taken_back = support.withdrawn_by == other.id or denial.withdrawn_by == one.id
    kind = "withdrawn" if taken_back else _kind(one, other)
    return OpposingPair(support=one.id, denial=other.id, kind=kind, same_speaker=same)


def _kind(support: Claim, denial: Claim) -> OppositionKind:
    """How two claims oppose each other, as the kinds that the reader gave them tell it."""
    if support.kind == denial.kind == "figure":
        return "value"
    return "denied" if "denial" in (support.kind, denial.kind) else "incompatible"


def _lacking(dispute: Dispute) -> str:
    """Why a proposition is no dispute, "" if it is one."""
    if any(one.withdrawn_by for one in dispute.assertions):
        return ""
    missing = [
        side
        for side, found in (("support", dispute.supporting), ("denial", dispute.denying))
        if not found
    ]
    if missing:
        return f"no claim is sure to be a {' or a '.join(missing)} of it"
    if all(pair.same_speaker for pair in dispute.pairs):
        return "one speaker alone is on both sides of it"
    return ""
