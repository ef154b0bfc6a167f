"""How two claims on the two sides of a proposition oppose each other."""

from claimcompare.schema import Claim, OpposingPair, OppositionKind
from claimcompare.stages.candidates import same_speaker
from claimcompare.stages.counts import same_count
from claimcompare.stages.objections import as_reported
from claimcompare.stages.words import negated, rejecting, withdrawing


def opposing(support: Claim, denial: Claim) -> OpposingPair:
    """The pair, with its kind as the words of the denying claim tell it."""
    return OpposingPair(
        support=support.id,
        denial=denial.id,
        kind=_kind(support, denial),
        same_speaker=same_speaker(support, denial),
    )


def _kind(support: Claim, denial: Claim) -> OppositionKind:
    words = as_reported(denial)
    if withdrawing(words) and same_speaker(support, denial):
        return "withdrawn"
    if same_count(support.text, denial.text) is False:
        return "value"
    return "denied" if rejecting(words) or negated(words) else "incompatible"
