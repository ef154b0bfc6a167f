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
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.parts import in_parts
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


class Asked(NamedTuple):
    """One claim held against one proposition, which has its place among all."""

    place: int
    proposition: Proposition
    number: int
    claim: Claim


class Task(NamedTuple):
    """What one call asks: claims by number, in the order of the articles, and propositions.

    The first of these has the place `first` among all.
    """

    numbered: dict[int, Claim]
    propositions: tuple[Proposition, ...]
    first: int

    def asked(self, proposition: Proposition) -> list[int]:
        """The numbers of a proposition's claims; their order tells nothing of how they stand."""
        wanted = set(proposition.claim_ids)
        return [number for number, claim in self.numbered.items() if claim.id in wanted]

    def questions(self) -> list[Asked]:
        """Each claim with each proposition that it is held against."""
        return [
            Asked(place, one, number, self.numbered[number])
            for place, one in enumerate(self.propositions, start=self.first)
            for number in self.asked(one)
        ]

    def halves(self) -> "tuple[Task, ...]":
        """Two tasks by propositions, or of one by claims; none where it has but one claim."""
        claims = list(self.numbered.values())
        if middle := len(self.propositions) // 2:
            left, right = self.propositions[:middle], self.propositions[middle:]
            return _task(left, claims, self.first), _task(right, claims, self.first + middle)
        if middle := len(claims) // 2:
            parts = claims[:middle], claims[middle:]
            return tuple(_task(self.propositions, part, self.first) for part in parts)
        return ()


class Answered(NamedTuple):
    """Assertions, each with the place of its proposition, and what became of all claims."""

    placed: tuple[tuple[int, Assertion], ...]
    log: StageLog
    cut_off: bool = False


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
            return failed(task, StageLog(usage=error.usage, prompts=(filled.use,)), error)
        log = StageLog(usage=answer.usage, prompts=(filled.use,))
        stances = _by_number(answer.value.judged, task.first)
        found = [
            (one, assertion_of(one.claim, one.proposition, stances.get((one.place, one.number))))
            for one in task.questions()
        ]
        rows = tuple(row_of(one.claim, one.proposition, assertion) for one, assertion in found)
        placed = tuple((one.place, assertion) for one, assertion in found if assertion)
        return Answered(placed, log + StageLog(ledger=rows))


async def by_task(
    ask: Ask,
    event: Event,
    propositions: Sequence[Proposition],
    calls: Count,
) -> Placements:
    """What comes of asking about the propositions, as many in a call as it can hold."""
    about = {article.id: article for article in event.articles}
    here = await aside(list, _tasks(propositions, event.claims))
    read = await each(
        lambda task: in_parts(lambda part: ask(part, about), task, Task.halves), here, calls
    )
    answers = [answer for parts, _ in read for answer in parts]
    found: list[list[Assertion]] = [[] for _ in propositions]
    for place, assertion in (one for answer in answers for one in answer.placed):
        found[place].append(assertion)
    return Placements(
        assertions=tuple(map(tuple, found)),
        log=joined([*(answer.log for answer in answers), *(cost for _, cost in read)]),
    )


def failed(task: Task, log: StageLog, error: LLMError) -> Answered:
    """No assertions, and a failed row for each claim that was to be asked about."""
    rows = tuple(row(one.claim, "failed", str(error)) for one in task.questions())
    return Answered((), log + StageLog(ledger=rows), is_cut_off(error))


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
    for place, proposition in enumerate(propositions):
        if held and not _fits([*held, proposition]):
            yield _task(held, claims, place - len(held))
            held = []
        held.append(proposition)
    if held:
        yield _task(held, claims, len(propositions) - len(held))


def _fits(propositions: Sequence[Proposition]) -> bool:
    asked = [one.claim_ids for one in propositions]
    shown = {claim_id for ids in asked for claim_id in ids}
    return len(shown) <= _MOST_CLAIMS and sum(map(len, asked)) <= _MOST_QUESTIONS


def _task(propositions: Sequence[Proposition], claims: Sequence[Claim], first: int) -> Task:
    wanted = {claim_id for one in propositions for claim_id in one.claim_ids}
    shown = (claim for claim in claims if claim.id in wanted)
    return Task(dict(enumerate(shown, start=1)), tuple(propositions), first)


def _by_number(judged: Sequence[WireJudged], first: int) -> dict[tuple[int, int], Stance]:
    """The stance of each claim to each proposition, by its place; none of one that has two."""
    found: dict[tuple[int, int], set[Stance]] = {}
    for one in judged:
        for stance in get_args(Stance):
            for number in getattr(one, stance):
                found.setdefault((first + one.proposition - 1, number), set()).add(stance)
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
