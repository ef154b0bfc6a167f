"""A claim against a proposition: its stance, with a measured probability."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data, load_prompt
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
from claimcompare.stages.candidates import same_count
from claimcompare.stages.flow import Count, Progress, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.words import words

STANCES: tuple[Stance, ...] = ("support", "denial", "context")
# The pair stage has read two claims side by side: its word counts as much as this many to one.
PAIR_ODDS = 3.0
# So does a number that agrees with the proposition's, or excludes it.
COUNT_ODDS = 3.0
UNSURE = "no stance is sure enough"
BOTH_SIDES = "its speaker takes the other side, too"
# Added to each label's mean, so that a batch of a few answers is not corrected to an even split.
_PRIOR_WEIGHT = 2.0


class Placements(Record):
    """For each proposition its claims' assertions, and what became of every claim.

    A claim that got no usable answer has no assertion.
    """

    assertions: tuple[tuple[Assertion, ...], ...]
    log: StageLog


class _Placing(NamedTuple):
    """One claim against one proposition; no probabilities where the model failed."""

    proposition: Proposition
    claim: Claim
    probabilities: Mapping[Stance, float] | None
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

    Probabilities are corrected by what the model answers on average, so they depend on the whole
    batch. A claim that gets no usable answer becomes a failed row of the ledger.
    Raises PromptError, RecordingError.
    """
    settings = settings or CompareSettings()
    prompt = load_prompt("classify", settings.prompts)
    by_id = {claim.id: claim for claim in claims}
    pairs = [(one, by_id[claim_id]) for one in propositions for claim_id in one.claim_ids]
    placings = await each(
        lambda pair: _place(*pair, prompt, llm), pairs, Count("classify", progress)
    )
    bias = _bias([placing.probabilities for placing in placings if placing.probabilities])
    assertions: list[tuple[Assertion, ...]] = []
    rows: list[LedgerRow] = []
    remaining = iter(placings)
    for proposition in propositions:
        here = list(islice(remaining, len(proposition.claim_ids)))
        found = _consistent([_assertion(one, bias, settings.abstain_below) for one in here], here)
        assertions.append(tuple(one for one in found if one))
        rows += [row for row in map(_row, here, found) if row]
    log = joined(placing.log for placing in placings)
    return Placements(assertions=tuple(assertions), log=log + StageLog(ledger=tuple(rows)))


async def _place(proposition: Proposition, claim: Claim, prompt: PromptFile, llm: LLM) -> _Placing:
    if words(proposition.text) == words(claim.text):
        return _Placing(proposition, claim, {"support": 1, "denial": 0, "context": 0}, StageLog())
    filled = prompt.fill(
        proposition=as_data(proposition.text),
        speaker=as_data(claim.speaker or "the article"),
        claim=as_data(claim.text),
    )
    try:
        choice = await llm.achoose(filled, STANCES)
    except LLMError as error:
        row = _ledger_row(claim, "failed", str(error))
        log = StageLog(usage=error.usage, prompts=(filled.use,), ledger=(row,))
        return _Placing(proposition, claim, None, log)
    probabilities = {stance: choice.probabilities[stance] for stance in STANCES}
    log = StageLog(usage=choice.usage, prompts=(filled.use,))
    return _Placing(proposition, claim, probabilities, log)


def _bias(batch: Sequence[Mapping[Stance, float]]) -> dict[Stance, float]:
    """Each label's mean probability: what a small model answers whatever it is asked.

    Batch calibration, Zhou et al. 2023, https://arxiv.org/abs/2309.17249.
    """
    even = _PRIOR_WEIGHT / len(STANCES)
    return {
        stance: (sum(one[stance] for one in batch) + even) / (len(batch) + _PRIOR_WEIGHT)
        for stance in STANCES
    }


def _assertion(
    placing: _Placing, bias: Mapping[Stance, float], abstain_below: float
) -> Assertion | None:
    if placing.probabilities is None:
        return None
    odds = _odds(placing.proposition, placing.claim)
    weighed = {s: placing.probabilities[s] / bias[s] * odds[s] for s in STANCES}
    total = sum(weighed.values())
    probabilities = {str(stance): round(weight / total, 4) for stance, weight in weighed.items()}
    best = max(STANCES, key=lambda stance: probabilities[stance])
    unsure = probabilities[best] < abstain_below
    return Assertion(
        claim_id=placing.claim.id,
        stance=None if unsure else best,
        confidence=probabilities[best],
        probabilities=Probabilities(**probabilities),
        reason=UNSURE if unsure else None,
    )


def _odds(proposition: Proposition, claim: Claim) -> dict[Stance, float]:
    """What is known beside the model's answer: the pair stage's word, and numbers."""
    odds = dict.fromkeys(STANCES, 1.0)
    if claim.id in proposition.asserted_by:
        odds["support"] *= PAIR_ODDS
    if claim.id in proposition.contradicted_by:
        odds["denial"] *= PAIR_ODDS
    match same_count(proposition.text, claim.text):
        case True:
            odds["denial"] /= COUNT_ODDS
        case False:
            odds["denial"] *= COUNT_ODDS
            odds["support"] /= COUNT_ODDS
    return odds


def _consistent(
    assertions: Sequence[Assertion | None], placings: Sequence[_Placing]
) -> list[Assertion | None]:
    """Abstain where a speaker would take the other side, too, within one article."""
    surest: dict[tuple[str | None, str], Assertion] = {}
    for assertion, placing in zip(assertions, placings, strict=True):
        speaker = (placing.claim.speaker, placing.claim.article_id)
        if assertion and assertion.stance in ("support", "denial"):
            known = surest.get(speaker, assertion)
            surest[speaker] = max(known, assertion, key=lambda one: one.confidence)
    return [
        assertion.model_copy(update={"stance": None, "reason": BOTH_SIDES})
        if assertion
        and assertion.stance in ("support", "denial")
        and assertion.stance != surest[placing.claim.speaker, placing.claim.article_id].stance
        else assertion
        for assertion, placing in zip(assertions, placings, strict=True)
    ]


def _row(placing: _Placing, assertion: Assertion | None) -> LedgerRow | None:
    """A failed placing has its row already."""
    if assertion is None:
        return None
    proposition = placing.proposition.text
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
