"""Propositions in, a stance for each claim out: a reading that does not know the pairing."""

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from claimcompare.errors import LLMError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    Claim,
    LedgerRow,
    Outcome,
    Proposition,
    Stance,
)
from claimcompare.stages.flow import Count, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.protocols import Event, Placements
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.showing import under_sentences
from claimcompare.stages.wire import Wire

# Beyond these a call asks for more than a model keeps apart.
_MOST_CLAIMS = 60
_MOST_QUESTIONS = 80


class WireJudged(Wire):
    """The claims of a proposition, by number, in a list for each stance."""

    proposition: int
    support: list[int]
    denial: list[int]
    context: list[int]


class WireStances(Wire):
    """The answer, however many propositions and claims there are."""

    judged: list[WireJudged]


class Task(NamedTuple):
    """What one call asks: claims by number, in the order of the articles, and propositions."""

    numbered: dict[int, Claim]
    propositions: tuple[Proposition, ...]

    def asked(self, proposition: Proposition) -> list[int]:
        """The numbers of a proposition's claims; their order tells nothing of how they stand."""
        wanted = set(proposition.claim_ids)
        return [number for number, claim in self.numbered.items() if claim.id in wanted]

    def halves(self) -> "tuple[Task, Task] | None":
        """Two tasks by propositions, or of one by claims; None where it has but one claim."""
        claims = list(self.numbered.values())
        if middle := len(self.propositions) // 2:
            return (
                _task(self.propositions[:middle], claims),
                _task(self.propositions[middle:], claims),
            )
        if middle := len(claims) // 2:
            left, right = claims[:middle], claims[middle:]
            return _task(self.propositions, left), _task(self.propositions, right)
        return None


# The assertions on each proposition of a task, and what became of its claims.
Answered = tuple[list[tuple[Assertion, ...]], StageLog]
Ask = Callable[[Task, Mapping[str, Article]], Coroutine[Any, Any, Answered]]


class ModelJudge:
    """A judge that shows a model each claim once, and asks about several propositions in a call."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._calls = calls
        self._prompt = load_prompt("classify", settings.prompts)

    async def judge(self, event: Event, propositions: Sequence[Proposition]) -> Placements:
        """Where the claims of each proposition stand, and what became of each of them.

        A call that gets no usable answer becomes failed rows of the ledger.
        """
        return await by_task(self.ask, event, propositions, self._calls)

    async def ask(self, task: Task, about: Mapping[str, Article]) -> Answered:
        """The assertions on each proposition of a task."""
        filled = self._prompt.fill(
            outlets=list(under_sentences(task.numbered, about)),
            propositions=[
                (at, as_data(one.text), task.asked(one))
                for at, one in enumerate(task.propositions, start=1)
            ],
        )
        try:
            answer = await self._llm.aask(filled, WireStances)
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            return await in_halves(self.ask, task, about, error, log)
        log = StageLog(usage=answer.usage, prompts=(filled.use,))
        return _placed(task, log, _by_number(answer.value.judged))


async def by_task(
    ask: Ask,
    event: Event,
    propositions: Sequence[Proposition],
    calls: Count,
) -> Placements:
    """What comes of asking about the propositions, as many in a call as it can hold."""
    about = {article.id: article for article in event.articles}
    here = list(_tasks(propositions, event.claims))
    answers = await each(lambda task: ask(task, about), here, calls)
    return Placements(
        assertions=tuple(one for assertions, _ in answers for one in assertions),
        log=joined(log for _, log in answers),
    )


def _placed(task: Task, log: StageLog, stances: Mapping[tuple[int, int], Stance]) -> Answered:
    """The assertions on each proposition, and a row for each claim that was asked about."""
    assertions: list[tuple[Assertion, ...]] = []
    rows: list[LedgerRow] = []
    for at, proposition in enumerate(task.propositions, start=1):
        found = [
            (claim, assertion_of(claim, proposition, stances.get((at, number))))
            for number in task.asked(proposition)
            for claim in (task.numbered[number],)
        ]
        rows += [row_of(claim, proposition, assertion) for claim, assertion in found]
        assertions.append(tuple(assertion for _, assertion in found if assertion))
    return assertions, log + StageLog(ledger=tuple(rows))


async def in_halves(
    ask: Ask, task: Task, about: Mapping[str, Article], error: LLMError, log: StageLog
) -> Answered:
    """What comes of a task in two where its answer was cut off, else failed rows of it."""
    halves = task.halves() if is_cut_off(error) else None
    if halves is None:
        return failed(task, log, str(error))
    (one, one_log), (other, other_log) = [await ask(half, about) for half in halves]
    log = joined([log, one_log, other_log])
    if len(task.propositions) > 1:
        return one + other, log
    return [first + second for first, second in zip(one, other, strict=True)], log


def failed(task: Task, log: StageLog, reason: str) -> Answered:
    """No assertions, and a failed row for each claim that was to be asked about."""
    claims = [task.numbered[number] for one in task.propositions for number in task.asked(one)]
    rows = tuple(row(claim, "failed", reason) for claim in claims)
    return [() for _ in task.propositions], log + StageLog(ledger=rows)


def assertion_of(claim: Claim, proposition: Proposition, stance: Stance | None) -> Assertion | None:
    """The claim's place by two readings; an abstention where these differ, none without one."""
    if stance is None:
        return None
    read = proposition.read_as(claim.id)
    if claim.id in proposition.nearest or read == "context":
        return Assertion(
            claim_id=claim.id, stance=stance, agreement=Agreement(agreeing=1, readings=1)
        )
    if read == stance:
        return Assertion(
            claim_id=claim.id, stance=stance, agreement=Agreement(agreeing=2, readings=2)
        )
    return Assertion(
        claim_id=claim.id,
        stance=None,
        agreement=Agreement(agreeing=1, readings=2),
        reason=differing(read, stance),
    )


def differing(read: Stance, stance: Stance) -> str:
    """Why nothing is said where the pairer and the judge read a claim otherwise."""
    return f"read as {read} beside the others, as {stance} by itself"


def row_of(claim: Claim, proposition: Proposition, assertion: Assertion | None) -> LedgerRow:
    """What became of a claim that was held against a proposition."""
    if assertion is None:
        return row(claim, "failed", f"got no stance: {proposition.text}")
    if assertion.stance is None:
        return row(claim, "abstained", f"{assertion.reason}: {proposition.text}")
    return row(claim, "kept", f"{assertion.stance}: {proposition.text}")


def _tasks(propositions: Sequence[Proposition], claims: Sequence[Claim]) -> Iterator[Task]:
    """Propositions with their claims, as many in a call as it can hold."""
    held: list[Proposition] = []
    for proposition in propositions:
        if held and not _fits([*held, proposition]):
            yield _task(held, claims)
            held = []
        held.append(proposition)
    if held:
        yield _task(held, claims)


def _fits(propositions: Sequence[Proposition]) -> bool:
    asked = [one.claim_ids for one in propositions]
    shown = {claim_id for ids in asked for claim_id in ids}
    return len(shown) <= _MOST_CLAIMS and sum(map(len, asked)) <= _MOST_QUESTIONS


def _task(propositions: Sequence[Proposition], claims: Sequence[Claim]) -> Task:
    wanted = {claim_id for one in propositions for claim_id in one.claim_ids}
    shown = (claim for claim in claims if claim.id in wanted)
    return Task(dict(enumerate(shown, start=1)), tuple(propositions))


def _by_number(judged: Sequence[WireJudged]) -> dict[tuple[int, int], Stance]:
    """The stance of each claim to each proposition; one that is given two of them has none."""
    found: dict[tuple[int, int], set[Stance]] = {}
    for one in judged:
        for stance in get_args(Stance):
            for number in getattr(one, stance):
                found.setdefault((one.proposition, number), set()).add(stance)
    return {place: stances.pop() for place, stances in found.items() if len(stances) == 1}


def row(claim: Claim, outcome: Outcome, reason: str) -> LedgerRow:
    """A row of the ledger for what became of a claim here."""
    return LedgerRow(
        stage="classify",
        outcome=outcome,
        item=claim.id,
        reason=reason,
        article_id=claim.article_id,
    )
