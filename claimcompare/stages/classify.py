"""Propositions in, disputes out: each claim's stance, and the pairs that oppose."""

from collections.abc import Mapping, Sequence

from claimcompare.llm import LLM
from claimcompare.schema import (
    Assertion,
    Claim,
    Dispute,
    LedgerRow,
    Proposition,
    Record,
)
from claimcompare.stages.flow import Progress
from claimcompare.stages.judging import STANCES
from claimcompare.stages.log import StageLog
from claimcompare.stages.opposition import opposing
from claimcompare.stages.placing import aplace
from claimcompare.stages.settings import CompareSettings

# A dispute stands on a contradiction that more likely is one than not.
_SURE = 0.5


class Classification(Record):
    """The disputes with both sides, and what became of every placed claim."""

    disputes: tuple[Dispute, ...]
    log: StageLog


async def aclassify(
    propositions: Sequence[Proposition],
    claims: Sequence[Claim],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Classification:
    """A dispute for each proposition that has both sides, one of them a sure denial that was read.

    A claim that gets no usable answer becomes a failed row of the ledger.
    Raises PromptError, RecordingError.
    """
    placed = await aplace(propositions, claims, llm=llm, settings=settings, progress=progress)
    by_id = {claim.id: claim for claim in claims}
    made = [_dispute(*one, by_id) for one in zip(propositions, placed.assertions, strict=True)]
    rejected = tuple(one for one in made if isinstance(one, LedgerRow))
    return Classification(
        disputes=tuple(one for one in made if isinstance(one, Dispute)),
        log=placed.log + StageLog(ledger=rejected),
    )


def _dispute(
    proposition: Proposition, assertions: Sequence[Assertion], claims: Mapping[str, Claim]
) -> Dispute | LedgerRow:
    """The dispute, or the row that says what it lacks."""
    sides = {
        stance: [one.claim_id for one in assertions if one.stance == stance] for stance in STANCES
    }
    missing = [name for name in ("support", "denial") if not sides[name]]
    if missing:
        return _no_dispute(proposition, f"no claim is a {' or a '.join(missing)} of it")
    read = [one for one in assertions if one.claim_id in proposition.contradicted_by]
    is_sure = any(one.stance == "denial" and one.confidence >= _SURE for one in read)
    if proposition.contradicted_by and not is_sure:
        return _no_dispute(proposition, "what seemed to contradict it is hardly a denial of it")
    return Dispute(
        proposition=proposition.text,
        assertions=tuple(assertions),
        pairs=tuple(
            opposing(claims[support], claims[denial])
            for support in sides["support"]
            for denial in sides["denial"]
        ),
    )


def _no_dispute(proposition: Proposition, reason: str) -> LedgerRow:
    return LedgerRow(stage="classify", outcome="rejected", item=proposition.text, reason=reason)


def classify(
    propositions: Sequence[Proposition],
    claims: Sequence[Claim],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Classification:
    """Like `aclassify`, from code that is not async."""
    return llm.run(aclassify(propositions, claims, llm=llm, settings=settings, progress=progress))
