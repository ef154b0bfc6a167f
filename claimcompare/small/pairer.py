"""A pairer for small models: each claim is held against the few nearest to it."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Claim, LedgerRow, Outcome, Proposition
from claimcompare.small.candidates import Candidate, candidates
from claimcompare.small.cues import cues
from claimcompare.small.grouping import (
    Contradiction,
    Group,
    asserted,
    groups,
    proposition,
    with_known,
)
from claimcompare.small.judging import SURE, Answer, Asker, Question, likeliest
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.nearness import Nearness
from claimcompare.stages.protocols import Event, Pairing
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import Wire

# Claims that are held against a proposition: what was paired over it, and the nearest to it.
PLACED = 10
_LONGEST = 240
_AGAIN = 'Not "{}": leave out who says it. Begin with what was said to be so.'


class WireClaim(Wire):
    """What a speaker says to be so.

    The bound is for endpoints that hold to it: loops of weak models end there.
    """

    claim: Annotated[str, Field(json_schema_extra={"maxLength": _LONGEST})]


class _Made(NamedTuple):
    proposition: Proposition
    log: StageLog


class SmallPairer:
    """A pairer that asks a model whether a claim denies what another says, and for its words."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._calls = calls
        self._least = settings.abstain_below
        self._asker = Asker(llm, settings, calls)
        self._prompt = load_prompt("small/pair", settings.prompts)

    async def pair(self, event: Event) -> Pairing:
        """The propositions on which claims oppose each other, the most contested first.

        An answer that cannot be used becomes a failed row of the ledger.
        """
        near = await aside(candidates, event)
        given = [one for one in near if event.is_new(one.claim.id, one.against.id)]
        # What somebody takes back is a finding without another reading, so a model is asked, too.
        asked = [one for one in given if one.withdrawn or not one.borne_out]
        questions = [Question(one.claim, one.against.text, one.english) for one in asked]
        answers = await self._asker.answers(questions)
        surely = self._sure(asked, answers)
        told = [one for one in given if one.borne_out and not one.withdrawn]
        found = [Contradiction(one.against, one.claim, one.withdrawn) for one in (*told, *surely)]
        turning = await aside(groups, found)
        made = await each(self._word, turning, self._calls)
        about = [asserted(group).id for group in turning]
        new = [claim for claim in event.claims if event.is_new(claim.id)]
        rows = StageLog(ledger=_rows(new, asked, answers, found))
        here = with_known([one.proposition for one in made], about, event.known)
        placed = await aside(_with_nearest, here, event.claims)
        return Pairing(
            propositions=placed,
            log=joined([rows, *(one.log for one in answers), *(one.log for one in made)]),
        )

    def _sure(self, asked: Sequence[Candidate], answers: Sequence[Answer]) -> list[Candidate]:
        """What is surely denied; likeliest is enough where the claim's words bear it out."""
        least = max(SURE["denial"], self._least)
        return [
            one
            for one, answer in zip(asked, answers, strict=True)
            if answer.odds
            and likeliest(answer.odds) == "denial"
            and (one.borne_out or answer.odds["denial"] >= least)
        ]

    async def _word(self, group: Group) -> _Made:
        """The proposition of a group, in the model's words; asked once more where they report."""
        claim = asserted(group)
        filled = self._prompt.fill(
            speaker=as_data(claim.speaker or "The article"), sentence=as_data(claim.text)
        )
        log = StageLog(prompts=(filled.use,))
        try:
            answer = await self._llm.aask(filled, WireClaim)
            log += StageLog(usage=answer.usage)
            if cues(answer.value.claim):
                again = filled.with_more(_AGAIN.format(as_data(answer.value.claim)))
                log += StageLog(prompts=(again.use,))
                answer = await self._llm.aask(again, WireClaim)
                log += StageLog(usage=answer.usage)
        except LLMError as error:
            return _Made(proposition(group, ""), log + StageLog(usage=error.usage))
        worded = answer.value.claim
        return _Made(proposition(group, "" if len(worded) >= _LONGEST else worded), log)


def _rows(
    claims: Sequence[Claim],
    asked: Sequence[Candidate],
    answers: Sequence[Answer],
    found: Sequence[Contradiction],
) -> tuple[LedgerRow, ...]:
    """What became of each claim."""
    failed = {
        one.claim.id: str(answer.error)
        for one, answer in zip(asked, answers, strict=True)
        if answer.error
    }
    against = {
        one.contradicting.id: f"{'takes back' if one.withdrawn else 'contradicts'} "
        f"{one.asserting.id}: {one.asserting.text}"
        for one in found
    }
    known = {one.claim.id: "contradicts none of the claims it was held against" for one in asked}
    near_none = "neither its words nor its nearness tell that it contradicts another"
    return tuple(
        _row(claim, "failed", failed[claim.id])
        if claim.id in failed and claim.id not in against
        else _row(claim, "kept", against.get(claim.id) or known.get(claim.id) or near_none)
        for claim in claims
    )


def _with_nearest(
    propositions: Sequence[Proposition], claims: Sequence[Claim]
) -> tuple[Proposition, ...]:
    nearness = Nearness([claim.text for claim in claims])
    return tuple(_filled(one, claims, nearness) for one in propositions)


def _filled(one: Proposition, claims: Sequence[Claim], nearness: Nearness) -> Proposition:
    """The proposition with the claims nearest to it, as many as are placed."""
    known = one.claim_ids
    near = (claims[at].id for at in nearness.nearest(one.text, PLACED))
    more = [claim_id for claim_id in near if claim_id not in known][: max(0, PLACED - len(known))]
    return one.model_copy(update={"nearest": (*one.nearest, *more)})


def _row(claim: Claim, outcome: Outcome, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="pair", outcome=outcome, item=claim.id, reason=reason, article_id=claim.article_id
    )
