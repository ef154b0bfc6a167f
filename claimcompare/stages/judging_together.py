"""One structured answer for all claims about a proposition: for models that read long tasks."""

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data
from claimcompare.schema import Stance
from claimcompare.stages.flow import Count, each
from claimcompare.stages.judging import OPPOSITE, STANCES, Judgement, Question, normalised
from claimcompare.stages.log import StageLog, joined

ORDER = "its stance changes with the order of the claims"
NEGATION = "its stance to the negated proposition is not the opposite"
MOST_AT_ONCE = 40
# Three ballots alike are not certainty: half a ballot for each stance goes before them.
_PRIOR_BALLOT = 0.5


class WireStances(BaseModel):
    """The model's answer: the stance of each claim, by its number."""

    model_config = ConfigDict(extra="forbid")

    def in_order(self) -> list[Stance]:
        """The stances of all claims."""
        return [getattr(self, name) for name in type(self).model_fields]


class _Ballot(NamedTuple):
    """Another way to ask the same, which must not change what is answered."""

    backwards: bool = False
    negated: bool = False


_WAYS = (_Ballot(), _Ballot(backwards=True), _Ballot(negated=True))
BALLOTS = len(_WAYS)


class _Votes(NamedTuple):
    stances: tuple[Stance, ...]
    log: StageLog
    error: str | None = None


async def judge_together(
    questions: Sequence[Question], prompt: PromptFile, llm: LLM, count: Count
) -> list[Judgement]:
    """A judgement of each question, in three ballots for each proposition.

    The second has the claims in the other order, the third the negated proposition.
    """
    tasks = [
        tuple(group[first : first + MOST_AT_ONCE])
        for group in _by_proposition(questions)
        for first in range(0, len(group), MOST_AT_ONCE)
    ]
    ballots = [(task, ballot) for task in tasks for ballot in _WAYS]
    votes = await each(partial(_asked, prompt, llm), ballots, count)
    cast = [votes[at : at + BALLOTS] for at in range(0, len(votes), BALLOTS)]
    judged = map(_judgements, tasks, cast)
    return [judgement for judgements in judged for judgement in judgements]


def _by_proposition(questions: Sequence[Question]) -> list[list[Question]]:
    return [list(group) for _, group in groupby(questions, key=lambda one: one.proposition)]


async def _asked(prompt: PromptFile, llm: LLM, cast: tuple[Sequence[Question], _Ballot]) -> _Votes:
    task, ballot = cast
    shown = task[::-1] if ballot.backwards else task
    filled = prompt.fill(
        proposition=as_data(task[0].proposition),
        negated=ballot.negated,
        claims=[
            (number, as_data(one.claim.speaker or "the article"), as_data(one.claim.text))
            for number, one in enumerate(shown, start=1)
        ],
    )
    try:
        answer = await llm.aask(filled, wire_stances(len(task)))
    except LLMError as error:
        return _Votes((), StageLog(usage=error.usage, prompts=(filled.use,)), str(error))
    stances = answer.value.in_order()
    stances = stances[::-1] if ballot.backwards else stances
    stances = [OPPOSITE[stance] for stance in stances] if ballot.negated else stances
    return _Votes(tuple(stances), StageLog(usage=answer.usage, prompts=(filled.use,)))


@lru_cache(maxsize=MOST_AT_ONCE)
def wire_stances(count: int) -> type[WireStances]:
    """An answer with a stance for each of so many claims."""
    fields: dict[str, Any] = {
        f"claim_{number}": (Stance, Field(alias=str(number))) for number in range(1, count + 1)
    }
    return create_model("WireStances", __base__=WireStances, **fields)


def _judgements(task: Sequence[Question], cast: Sequence[_Votes]) -> list[Judgement]:
    """What the ballots say of each claim; the log of all of them goes with the first."""
    log = joined(votes.log for votes in cast)
    error = next((votes.error for votes in cast if votes.error), None)
    if error:
        judged = [Judgement(None, error=error) for _ in task]
    else:
        stances = zip(*(votes.stances for votes in cast), strict=True)
        judged = [_judgement(*one) for one in stances]
    return [judged[0]._replace(log=log), *judged[1:]]


def _judgement(plain: Stance, backwards: Stance, negated: Stance) -> Judgement:
    ballots = (plain, backwards, negated)
    odds = normalised({stance: ballots.count(stance) + _PRIOR_BALLOT for stance in STANCES})
    reason = ORDER if plain != backwards else NEGATION if plain != negated else None
    return Judgement(odds, inconsistent=reason)
