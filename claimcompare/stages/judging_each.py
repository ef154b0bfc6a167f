"""One small question for each claim, with the probability of each answer: for small models."""

import math
from collections.abc import Sequence
from functools import partial

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data
from claimcompare.schema import Stance
from claimcompare.stages.candidates import evidence_text
from claimcompare.stages.flow import Count, each
from claimcompare.stages.judging import STANCES, Judgement, Odds, Question, normalised
from claimcompare.stages.log import StageLog
from claimcompare.stages.objections import as_reported
from claimcompare.stages.words import rejecting, stems

# Chosen on 120 items of HealthVer: how much less a claim that shares the words is only context.
_TOPICAL = 3.0
# Added to each label's mean, so that a batch of a few answers is not corrected to an even split.
_PRIOR_WEIGHT = 2.0


async def judge_each(
    questions: Sequence[Question], prompt: PromptFile, llm: LLM, count: Count
) -> list[Judgement]:
    """A judgement of each question.

    The probabilities are corrected by what is answered on average over the whole batch.
    """
    answers = await each(partial(_asked, prompt, llm), questions, count)
    bias = _bias(answers)
    return [
        _corrected(answer, bias, off_topic)
        for answer, off_topic in zip(answers, _off_topic(questions), strict=True)
    ]


async def _asked(prompt: PromptFile, llm: LLM, question: Question) -> Judgement:
    filled = prompt.fill(
        proposition=as_data(question.proposition),
        speaker=as_data(question.claim.speaker or ""),
        claim=as_data(question.claim.text),
    )
    try:
        choice = await llm.achoose(filled, STANCES)
    except LLMError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        return Judgement(None, log, error=str(error))
    log = StageLog(usage=choice.usage, prompts=(filled.use,))
    return Judgement({stance: choice.probabilities[stance] for stance in STANCES}, log)


def _bias(answers: Sequence[Judgement]) -> dict[Stance, float]:
    """Each label's mean probability: what a small model answers whatever it is asked.

    Batch calibration, Zhou et al. 2023, https://arxiv.org/abs/2309.17249.
    """
    batch = [answer.odds for answer in answers if answer.odds]
    even = _PRIOR_WEIGHT / len(STANCES)
    return {
        stance: (sum(one[stance] for one in batch) + even) / (len(batch) + _PRIOR_WEIGHT)
        for stance in STANCES
    }


def _off_topic(questions: Sequence[Question]) -> list[float]:
    """The odds for context as the words alone tell them, 1 for a claim that shares as many as most.

    Who calls something a lie need not repeat it.
    """
    shares = [_share(question) for question in questions]
    told = [share for share in shares if share is not None]
    mean = math.fsum(told) / max(1, len(told))
    return [1.0 if share is None else math.exp(_TOPICAL * (mean - share)) for share in shares]


def _share(question: Question) -> float | None:
    """The part of the proposition's words that the claim or its evidence has."""
    claim = question.claim
    if rejecting(as_reported(claim)):
        return None
    wanted = stems(question.proposition)
    said = stems(f"{claim.text} {evidence_text(claim)}")
    return len(wanted & said) / len(wanted) if wanted else None


def _corrected(answer: Judgement, bias: Odds, off_topic: float) -> Judgement:
    """The answer without the batch's bias, and by how far off the matter the claim is."""
    if answer.odds is None:
        return answer
    odds = {stance: answer.odds[stance] / bias[stance] for stance in STANCES}
    odds["context"] *= off_topic
    return answer._replace(odds=normalised(odds))
