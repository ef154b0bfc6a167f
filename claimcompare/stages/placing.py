"""A claim against a proposition: its stance, with a measured probability."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from claimcompare.schema import (
    Assertion,
    Claim,
    LedgerRow,
    Outcome,
    Probabilities,
    Proposition,
    Record,
    Stance,
)
from claimcompare.stages.consistency import Placing, consistent
from claimcompare.stages.counts import same_count
from claimcompare.stages.flow import Count, Progress
from claimcompare.stages.judging import (
    STANCES,
    Judgement,
    Question,
    likeliest,
    normalised,
    obvious,
)
from claimcompare.stages.judging_each import judge_each
from claimcompare.stages.judging_together import judge_together
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.objections import rejects
from claimcompare.stages.polarity import positive
from claimcompare.stages.settings import CompareSettings

# The pair stage has read two claims side by side: its word counts as much as this many to one.
# More, and what a small model only seems to see in a pair makes a dispute that is none.
PAIR_ODDS = 1.5
# Twice that where the claim rejects what was said by its own words: "denied", "it is a lie".
REJECTED_ODDS = 3.0
# A number that agrees with the proposition's, or excludes it, counts more.
COUNT_ODDS = 3.0
UNSURE = "no side is sure enough"


class Placements(Record):
    """For each proposition its claims' assertions, and what became of every claim.

    A claim that got no usable answer has no assertion.
    """

    assertions: tuple[tuple[Assertion, ...], ...]
    log: StageLog


async def aplace(
    propositions: Sequence[Proposition],
    claims: Sequence[Claim],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Placements:
    """Where each claim stands on the propositions that it is to be held against.

    Small models are asked about each claim, and their probabilities are corrected by what they
    answer on average, so these depend on the whole batch; others about all claims on a proposition,
    in three ballots. Either are asked about propositions without negation. A claim that gets no
    usable answer becomes a failed row of the ledger. Raises PromptError, RecordingError.
    """
    settings = settings or CompareSettings()
    small = await llm.ais_small()
    by_id = {claim.id: claim for claim in claims}
    pairs = [(one, by_id[claim_id]) for one in propositions for claim_id in one.claim_ids]
    asking = _Asking(llm, settings, Count("classify", progress), small=small)
    placings = await _placings(pairs, asking)
    assertions: list[tuple[Assertion, ...]] = []
    rows: list[LedgerRow] = []
    remaining = iter(placings)
    for proposition in propositions:
        here = list(islice(remaining, len(proposition.claim_ids)))
        found = consistent([_assertion(one, settings.abstain_below) for one in here], here)
        assertions.append(tuple(one for one in found if one))
        rows += map(_row, here, found)
    log = joined(placing.judgement.log for placing in placings)
    return Placements(assertions=tuple(assertions), log=log + StageLog(ledger=tuple(rows)))


class _Asking(NamedTuple):
    """Who is asked, how, and who hears of each call."""

    llm: LLM
    settings: CompareSettings
    calls: Count
    small: bool

    async def judged(self, questions: Sequence[Question]) -> list[Judgement]:
        """What the model makes of each question."""
        if self.settings.judges_each(small=self.small):
            prompt = load_prompt("classify", self.settings.prompts)
            return await judge_each(questions, prompt, self.llm, self.calls)
        prompt = load_prompt("classify_together", self.settings.prompts)
        return await judge_together(questions, prompt, self.llm, self.calls)


async def _placings(pairs: Sequence[tuple[Proposition, Claim]], asking: _Asking) -> list[Placing]:
    """A judgement of each pair; what needs no model is not asked."""
    bare = [positive(proposition.text) for proposition, _ in pairs]
    known = [obvious(one, claim) for one, (_, claim) in zip(bare, pairs, strict=True)]
    questions = [
        Question(one.text, claim)
        for one, (_, claim), judgement in zip(bare, pairs, known, strict=True)
        if judgement is None
    ]
    asked = iter(await asking.judged(questions))
    judged = [judgement or next(asked) for judgement in known]
    return [
        Placing(*pair, judgement.turned() if one.negative else judgement)
        for pair, one, judgement in zip(pairs, bare, judged, strict=True)
    ]


def _assertion(placing: Placing, abstain_below: float) -> Assertion | None:
    judgement = placing.judgement
    if judgement.odds is None:
        return None
    odds = _odds(placing.proposition, placing.claim)
    weighed = normalised({stance: judgement.odds[stance] * odds[stance] for stance in STANCES})
    probabilities = {str(stance): round(weighed[stance], 4) for stance in STANCES}
    best = likeliest(weighed)
    is_unsure = best != "context" and probabilities[best] < abstain_below
    reason = judgement.inconsistent or (UNSURE if is_unsure else None)
    return Assertion(
        claim_id=placing.claim.id,
        stance=None if reason else best,
        confidence=probabilities[best],
        probabilities=Probabilities(**probabilities),
        reason=reason,
    )


def _odds(proposition: Proposition, claim: Claim) -> dict[Stance, float]:
    """What is known beside the model's answer: the pair stage's word, and numbers."""
    odds = dict.fromkeys(STANCES, 1.0)
    if claim.id in proposition.asserted_by:
        odds["support"] *= PAIR_ODDS
    if claim.id in proposition.contradicted_by:
        odds["denial"] *= REJECTED_ODDS if rejects(claim) else PAIR_ODDS
    match same_count(proposition.text, claim.text):
        case True:
            odds["denial"] /= COUNT_ODDS
        case False:
            odds["denial"] *= COUNT_ODDS
            odds["support"] /= COUNT_ODDS
    return odds


def _row(placing: Placing, assertion: Assertion | None) -> LedgerRow:
    proposition = placing.proposition.text
    if assertion is None:
        return _ledger_row(placing.claim, "failed", str(placing.judgement.error))
    if assertion.stance is None:
        reason = f"{assertion.reason} ({assertion.confidence:.2f}): {proposition}"
        return _ledger_row(placing.claim, "abstained", reason)
    reason = f"{assertion.stance} {assertion.confidence:.2f}: {proposition}"
    return _ledger_row(placing.claim, "kept", reason)


def _ledger_row(claim: Claim, outcome: Outcome, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="classify",
        outcome=outcome,
        item=claim.id,
        reason=reason,
        article_id=claim.article_id,
    )
