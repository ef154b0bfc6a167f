"""A judge whose stances have measured probabilities, where an endpoint decides closed questions."""

from collections.abc import Iterator, Mapping, Sequence

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, Decision, Option, Question
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import (
    Article,
    Assertion,
    Probabilities,
    Proposition,
    Stance,
)
from claimcompare.stages.classify import (
    Answered,
    Asked,
    ModelJudge,
    Task,
    by_task,
    differing,
    failed,
    row,
    row_of,
)
from claimcompare.stages.flow import Count
from claimcompare.stages.log import StageLog
from claimcompare.stages.protocols import Event, Placements
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.showing import under_sentences

OPTIONS = (
    Option("support", "says that it is true, repeats it as true, or gives evidence for it"),
    Option("denial", "says that it is not true, gives evidence against it, or excludes it"),
    Option("context", "does neither: leaves open whether it is true, or is about something else"),
)
OPPOSITE: Mapping[Stance, Stance] = {
    "support": "denial",
    "denial": "support",
    "context": "context",
}
# With less on any option the model wanted to say something else.
_LEAST_MASS = 0.5
_LOST = "most of the probability fell on no answer"
_TURNED = "its stance to the negated proposition is not the opposite"
_UNSURE = "no side is sure enough"


class DecidingJudge:
    """A judge that asks for probabilities, and for stances where an endpoint decides nothing.

    Each claim is asked about the proposition and about its negation in the same request. An
    endpoint that is said to decide in chat is asked one question a call.
    """

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        in_chat = llm.settings.decisions == "chat"
        self._decide = llm.adecide if in_chat else llm.adecide_at_endpoint
        self._calls = calls
        self._abstain_below = settings.abstain_below
        self._prompt = load_prompt("decide", settings.prompts)
        self._chat = ModelJudge(llm, settings, calls)

    async def judge(self, event: Event, propositions: Sequence[Proposition]) -> Placements:
        """Where the claims of each proposition stand, how probable that is, and what became of all.

        A question that gets no usable answer becomes a failed row of the ledger.
        """
        return await by_task(self._ask, event, propositions, self._calls)

    async def _ask(self, task: Task, about: Mapping[str, Article]) -> Answered:
        asked = task.questions()
        filled = self._prompt.fill(outlets=list(under_sentences(task.numbered, about)))
        try:
            found = await self._decide(filled, list(_questions(asked)))
        except LLMError as error:
            return failed(task, StageLog(usage=error.usage, prompts=(filled.use,)), error)
        if found is None:
            return await self._chat.ask(task, about)
        placed = [
            (one, self._assertion(one, plain, negated))
            for one, (plain, negated) in zip(asked, _pairs(found.answers), strict=True)
        ]
        rows = tuple(
            row_of(one.claim, one.proposition, assertion)
            if isinstance(assertion, Assertion)
            else row(one.claim, "failed", f"{assertion}: {one.proposition.text}")
            for one, assertion in placed
        )
        log = StageLog(usage=found.usage, prompts=(filled.use,), ledger=rows)
        given = ((one.place, it) for one, it in placed if isinstance(it, Assertion))
        return Answered(tuple(given), log)

    def _assertion(self, asked: Asked, plain: Decision, negated: Decision) -> Assertion | str:
        """The claim's place by both questions, or why there is none."""
        if error := plain.error or negated.error:
            return error
        turned = {OPPOSITE[stance]: negated.probabilities[stance] for stance in OPPOSITE}
        mean = {one: (plain.probabilities[one] + turned[one]) / 2 for one in OPPOSITE}
        best = max(OPPOSITE, key=lambda one: mean[one])
        reason = self._doubt(asked, best, mean[best]) or _inconsistency(plain, negated, turned)
        return Assertion(
            claim_id=asked.claim.id,
            stance=None if reason else best,
            probabilities=Probabilities(**{one: round(share, 4) for one, share in mean.items()}),
            reason=reason or None,
        )

    def _doubt(self, asked: Asked, best: Stance, probability: float) -> str:
        """Why the likeliest stance is not given, "" if it is."""
        read = asked.proposition.read_as(asked.claim.id)
        if best != "context" and probability < self._abstain_below:
            return _UNSURE
        if read not in ("context", best):
            return differing(read, best)
        return ""


def _pairs(answers: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    return zip(answers[::2], answers[1::2], strict=True)


def _questions(asked: Sequence[Asked]) -> Iterator[Question]:
    """Two for each claim and proposition: about it, and about its negation."""
    for at, one in enumerate(asked):
        how = f"How does claim [{one.number}] stand to this proposition?"
        text = as_data(one.proposition.text)
        yield Question(name=f"q{at}", instructions=f"{how} {text}", options=OPTIONS)
        negation = f"{how} It is not true that this holds: {text}"
        yield Question(name=f"n{at}", instructions=negation, options=OPTIONS)


def _inconsistency(plain: Decision, negated: Decision, turned: Mapping[Stance, float]) -> str:
    masses = [one.label_mass for one in (plain, negated) if one.label_mass is not None]
    if masses and min(masses) < _LEAST_MASS:
        return _LOST
    sides = {max(OPPOSITE, key=lambda one: odds[one]) for odds in (plain.probabilities, turned)}
    return _TURNED if {"support", "denial"} <= sides else ""
