"""A judge for small models: it gives a side where that is sure enough."""

from collections.abc import Iterator, Sequence
from itertools import islice

from claimcompare.llm import LLM
from claimcompare.schema import (
    Assertion,
    Claim,
    LedgerRow,
    Outcome,
    Probabilities,
    Proposition,
    Stance,
)
from claimcompare.small.counts import counted, differ
from claimcompare.small.judging import STANCES, SURE, Answer, Asker, Odds, Question, likeliest
from claimcompare.small.lexicon import is_english
from claimcompare.small.objections import rejects
from claimcompare.stages.disputes import voice_of
from claimcompare.stages.flow import Count, aside
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.protocols import Event, Placements
from claimcompare.stages.settings import CompareSettings

UNSURE = "no side is sure enough"
BOTH_SIDES = "its speaker takes the other side, too"


class SmallJudge:
    """A judge that asks a model about each claim on a proposition, and gives a side where sure."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._least = settings.abstain_below
        self._asker = Asker(llm, settings, calls)

    async def judge(self, event: Event, propositions: Sequence[Proposition]) -> Placements:
        """Where the claims of each proposition stand, and what became of each of them."""
        questions = await aside(_all_questions, event, propositions)
        given = iter(await self._asker.answers([one for one in questions if not one.own]))
        answers = [Answer(None) if one.own else next(given) for one in questions]
        placed = iter(zip(questions, answers, strict=True))
        assertions, logs = [], [answer.log for answer in answers]
        for proposition in propositions:
            here = list(islice(placed, len(proposition.claim_ids)))
            made = [self._assertion(proposition, *one) for one in here]
            claims = [question.claim for question, _ in here]
            found = _consistent(proposition, list(zip(claims, made, strict=True)))
            assertions.append(tuple(one for one in found if one))
            rows = (_row(*one, placed_so) for one, placed_so in zip(here, found, strict=True))
            logs.append(StageLog(ledger=tuple(rows)))
        return Placements(assertions=tuple(assertions), log=joined(logs))

    def _assertion(
        self, proposition: Proposition, question: Question, answer: Answer
    ) -> Assertion | None:
        if question.own:
            return Assertion(claim_id=question.claim.id, stance=question.own)
        if answer.odds is None:
            return None
        given = self._is_sure(proposition, question, answer.odds)
        return Assertion(
            claim_id=question.claim.id,
            stance=likeliest(answer.odds) if given else None,
            probabilities=Probabilities(**{one: round(answer.odds[one], 4) for one in STANCES}),
            reason=None if given else UNSURE,
        )

    def _is_sure(self, proposition: Proposition, question: Question, odds: Odds) -> bool:
        """Whether the likeliest stance is to be given: context takes no side.

        What the pair stage and the claim's words bear out is about the matter: only which of the
        sides it takes is open, and that need only be as probable as is asked.
        """
        stance = likeliest(odds)
        if stance == "context":
            return True
        if _is_borne_out(proposition, question, stance):
            return odds[stance] >= self._least * (odds["support"] + odds["denial"])
        return odds[stance] >= max(SURE[stance], self._least)


def _is_borne_out(proposition: Proposition, question: Question, stance: Stance) -> bool:
    """Whether the pair stage has a claim on that side, and its words say so, too."""
    claim = question.claim
    if proposition.read_as(claim.id) != stance:
        return False
    counts_otherwise = differ(counted(proposition.text), counted(claim.text))
    return stance == "support" or (question.english and (rejects(claim.text) or counts_otherwise))


def _all_questions(event: Event, propositions: Sequence[Proposition]) -> list[Question]:
    return [one for each in propositions for one in _questions(event, each)]


def _questions(event: Event, proposition: Proposition) -> Iterator[Question]:
    """Each claim to hold against a proposition."""
    english = {article.id for article in event.articles if is_english(article)}
    claims = {claim.id: claim for claim in event.claims}
    for claim_id in proposition.claim_ids:
        claim = claims[claim_id]
        yield Question(claim, proposition.text, claim.article_id in english)


def _consistent(
    proposition: Proposition, placed: Sequence[tuple[Claim, Assertion | None]]
) -> list[Assertion | None]:
    """Abstain where a speaker takes the other side more surely, unless something was taken back."""
    taken = {
        claim_id for one in proposition.withdrawn for claim_id in (one.claim_id, one.withdrawn_by)
    }
    sided = [
        (one, voice_of(claim))
        for claim, one in placed
        if one and one.stance in SURE and claim.id not in taken
    ]
    surest = {voice: one.stance for one, voice in sorted(sided, key=lambda made: _sure(made[0]))}
    torn = {one.claim_id for one, voice in sided if one.stance != surest[voice]}
    return [
        one.model_copy(update={"stance": None, "reason": BOTH_SIDES})
        if one and one.claim_id in torn
        else one
        for _, one in placed
    ]


def _sure(assertion: Assertion) -> float:
    return 1.0 if assertion.confidence is None else assertion.confidence


def _row(question: Question, answer: Answer, assertion: Assertion | None) -> LedgerRow:
    outcome: Outcome = "kept"
    if assertion is None:
        outcome, reason = "failed", str(answer.error)
    else:
        outcome = "kept" if assertion.stance else "abstained"
        sure = f" {assertion.confidence:.2f}" if assertion.confidence else ""
        reason = f"{assertion.stance or assertion.reason}{sure}: {question.proposition}"
    claim = question.claim
    return LedgerRow(
        stage="classify", outcome=outcome, item=claim.id, reason=reason, article_id=claim.article_id
    )
