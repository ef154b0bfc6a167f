"""How two claims on the two sides of a proposition oppose each other."""

from claimcompare.schema import Claim, OpposingPair, OppositionKind
from claimcompare.stages.candidates import as_reported, same_count
from claimcompare.stages.names import may_be_called
from claimcompare.stages.words import negated, rejecting, withdrawing


def opposing(support: Claim, denial: Claim) -> OpposingPair:
    """The pair, with its kind as the words of the denying claim tell it."""
    return OpposingPair(
        support=support.id,
        denial=denial.id,
        kind=_kind(support, denial),
        same_speaker=same_speaker(support, denial),
    )


def same_speaker(one: Claim, other: Claim) -> bool:
    """Whether both are by one speaker, whose name may be shortened in one of two articles.

    The own voices of two articles are two speakers, and so are "the mayor" of either.
    """
    if one.article_id == other.article_id:
        return one.speaker == other.speaker
    names = (one.speaker or "", other.speaker or "")
    return any(may_be_called(*pair) for pair in (names, names[::-1]))


def _kind(support: Claim, denial: Claim) -> OppositionKind:
    words = as_reported(denial)
    if withdrawing(words) and same_speaker(support, denial):
        return "withdrawn"
    if same_count(support.text, denial.text) is False:
        return "value"
    return "denied" if rejecting(words) or negated(words) else "incompatible"
