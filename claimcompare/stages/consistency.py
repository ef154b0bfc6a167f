"""No speaker is left on both sides of a proposition unless something was taken back."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from claimcompare.schema import Assertion, Claim, Proposition
from claimcompare.stages.counts import same_count
from claimcompare.stages.judging import Judgement
from claimcompare.stages.names import fullest, may_be_called, untitled
from claimcompare.stages.objections import as_reported
from claimcompare.stages.words import negated, normal, stems, withdrawing

BOTH_SIDES = "its speaker takes the other side, too"
_Voice = tuple[str, tuple[str, ...], str | None]


class Placing(NamedTuple):
    """One claim against one proposition, and what was made of it."""

    proposition: Proposition
    claim: Claim
    judgement: Judgement


def consistent(
    assertions: Sequence[Assertion | None], placings: Sequence[Placing]
) -> list[Assertion | None]:
    """Abstain where a speaker takes the other side, too.

    Unless the pair stage has read that the speaker takes something back, and the words bear it out.
    """
    sided = [
        (assertion, placing)
        for assertion, placing in zip(assertions, placings, strict=True)
        if assertion and assertion.stance in ("support", "denial")
    ]
    names = {untitled(placing.claim.speaker or "") for _, placing in sided}
    # The last of a voice counts: what it asserts, else what it was read to contradict, else the
    # surest.
    sides = {
        _voice(placing, names): assertion.stance
        for assertion, placing in sorted(sided, key=lambda one: _weight(*one))
    }
    torn = {
        assertion.claim_id
        for assertion, placing in sided
        if assertion.stance != sides[_voice(placing, names)]
        and not (_is_read(assertion, placing) and _is_borne_out(assertion, placing))
    }
    return [
        assertion.model_copy(update={"stance": None, "reason": BOTH_SIDES})
        if assertion and assertion.claim_id in torn
        else assertion
        for assertion in assertions
    ]


def _is_borne_out(assertion: Assertion, placing: Placing) -> bool:
    """Whether a denial's words unsay the proposition, take something back or count otherwise."""
    proposition, claim = placing.proposition.text, placing.claim
    shared = stems(proposition) & stems(claim.text)
    unsays = negated(claim.text) and 2 * len(shared) >= len(stems(proposition))
    counts_anew = same_count(proposition, claim.text) is False
    turns = unsays or counts_anew or withdrawing(as_reported(claim))
    return assertion.stance == "support" or turns


def _voice(placing: Placing, names: Collection[str]) -> _Voice:
    """Whoever has a name is the same in all articles; "the mayor" and no speaker are not.

    What others pass on of a speaker is theirs: he may deny it.
    """
    claim = placing.claim
    speaker = claim.speaker or ""
    article_id = None if may_be_called(speaker, speaker) else claim.article_id
    return normal(fullest(untitled(speaker), names)), claim.via, article_id


def _weight(assertion: Assertion, placing: Placing) -> tuple[bool, bool, float]:
    is_read = _is_read(assertion, placing)
    return is_read and assertion.stance == "support", is_read, assertion.confidence


def _is_read(assertion: Assertion, placing: Placing) -> bool:
    """Whether the pair stage has the claim on the side that it takes."""
    proposition = placing.proposition
    sides = {"support": proposition.asserted_by, "denial": proposition.contradicted_by}
    return assertion.claim_id in sides.get(assertion.stance or "", ())
