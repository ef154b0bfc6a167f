"""Claims in, propositions out: what one speaker asserts and another contradicts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data, load_prompt
from claimcompare.schema import Claim, LedgerRow, Outcome, Proposition, Record
from claimcompare.stages.candidates import Nearness, may_contradict, others_than, same_count
from claimcompare.stages.flow import Count, Progress, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import at_most
from claimcompare.stages.words import negated, numbers, rejecting, stems

CLAIMS_FOR_ONE = 6
CLAIMS_FOR_MANY = 60
_NEAR_EQUAL = 0.6
_OWN_WORDS = 0.5


class WireDispute(BaseModel):
    """One statement that contradicts a claim, as the model reads it."""

    model_config = ConfigDict(extra="forbid")

    statement: int
    against: int
    proposition: str


class WireDisputes(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="forbid")

    disputes: list[WireDispute]


class Pairing(Record):
    """Propositions in dispute, each with the claims to hold against it."""

    propositions: tuple[Proposition, ...]
    log: StageLog


class _Task(NamedTuple):
    """One call: claims by number, and the statements that may contradict them."""

    claims: dict[int, Claim]
    statements: dict[int, Claim]


class _Opposition(NamedTuple):
    statement: Claim
    against: Claim
    proposition: str


class _Findings(NamedTuple):
    found: tuple[_Opposition, ...]
    log: StageLog


async def apair(
    claims: Sequence[Claim],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """The propositions on which claims oppose each other, the most contested first.

    An answer that cannot be used becomes a failed row of the ledger.
    Raises PromptError, RecordingError.
    """
    settings = settings or CompareSettings()
    prompt = load_prompt("pair", settings.prompts)
    nearness = Nearness(claims)
    small = await llm.ais_small()
    size = settings.statements_at_once(small=small)
    placed = settings.claims_placed(small=small)
    tasks = list(_tasks(claims, nearness, size))
    answers = await each(lambda task: _ask(task, prompt, llm), tasks, Count("pair", progress))
    groups = _groups([found for answer in answers for found in answer.found])
    asked = {claim.id for task in tasks for claim in task.statements.values()}
    unasked = (
        _row(claim, "kept", "neither objects, negates nor counts otherwise than another claim")
        for claim in claims
        if claim.id not in asked
    )
    return Pairing(
        propositions=tuple(_proposition(group, claims, nearness, placed) for group in groups),
        log=StageLog(ledger=tuple(unasked)) + joined(answer.log for answer in answers),
    )


def _tasks(claims: Sequence[Claim], nearness: Nearness, size: int) -> Iterator[_Task]:
    """One by one only claims that object by their words; many at a time, all of them."""
    if size == 1:
        by_id = {claim.id: claim for claim in claims}
        for claim_id, targets in may_contradict(claims, nearness).items():
            yield _numbered(targets[:CLAIMS_FOR_ONE], [by_id[claim_id]])
        return
    for first in range(0, len(claims), size):
        statements = claims[first : first + size]
        text = " ".join(claim.text for claim in statements)
        near = nearness.nearest(text, claims, CLAIMS_FOR_MANY)
        yield _numbered([claim for claim in claims if claim in near], statements)


def _numbered(claims: Sequence[Claim], statements: Sequence[Claim]) -> _Task:
    first = len(claims) + 1
    return _Task(dict(enumerate(claims, start=1)), dict(enumerate(statements, start=first)))


async def _ask(task: _Task, prompt: PromptFile, llm: LLM) -> _Findings:
    filled = prompt.fill(claims=_rows(task.claims), statements=_rows(task.statements))
    try:
        answer = await llm.aask(filled, at_most(WireDisputes, "disputes", len(task.statements)))
    except LLMError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        items = [_row(claim, "failed", str(error)) for claim in task.statements.values()]
        return _Findings((), log + StageLog(ledger=tuple(items)))
    log = StageLog(usage=answer.usage, prompts=(filled.use,))
    return _checked(answer.value.disputes, task, log)


def _rows(claims: dict[int, Claim]) -> list[tuple[int, str, str]]:
    return [
        (number, as_data(claim.speaker or "the article"), as_data(claim.text))
        for number, claim in claims.items()
    ]


def _checked(disputes: Sequence[WireDispute], task: _Task, log: StageLog) -> _Findings:
    found: list[_Opposition] = []
    rows: list[LedgerRow] = []
    for dispute in disputes:
        statement = task.statements.get(dispute.statement)
        against = task.claims.get(dispute.against)
        reason = _unfit(statement, against, found)
        if statement is None or against is None or reason:
            item = f"{dispute.statement} against {dispute.against}: {dispute.proposition}"
            rows.append(_rejected(item, reason))
            continue
        proposition = _neutral(dispute.proposition, against)
        found.append(_Opposition(statement, against, proposition))
        worded = "" if proposition == dispute.proposition else " (in the claim's own words)"
        rows.append(_row(statement, "kept", f"contradicts {against.id}: {proposition}{worded}"))
    opposed = {opposition.statement.id for opposition in found}
    rows += [
        _row(claim, "kept", "contradicts none of the claims it was held against")
        for claim in task.statements.values()
        if claim.id not in opposed
    ]
    return _Findings(tuple(found), log + StageLog(ledger=tuple(rows)))


def _unfit(statement: Claim | None, against: Claim | None, found: Sequence[_Opposition]) -> str:
    if statement is None or against is None or not others_than(statement, [against]):
        return "these two claims were not given to compare"
    if any(opposition.statement == statement for opposition in found):
        return "the statement was paired with what it contradicts most directly"
    return ""


def _neutral(proposition: str, against: Claim) -> str:
    """The model's wording where it says what the claim says, else the claim's own."""
    text = " ".join(proposition.split())
    worded = stems(text)
    source = f"{against.text} {' '.join(span.text for span in against.evidence)}"
    faithful = (
        worded
        and len(worded & stems(source)) >= _OWN_WORDS * len(worded)
        and numbers(text) <= numbers(source)
        and (negated(text) or rejecting(text)) == (negated(against.text) or rejecting(against.text))
    )
    return text if faithful else against.text


def _groups(oppositions: Sequence[_Opposition]) -> list[list[_Opposition]]:
    """Oppositions about one matter together, the largest group first."""
    groups: list[list[_Opposition]] = []
    for one in oppositions:
        known = next((group for group in groups if any(_same(one, other) for other in group)), None)
        if known is None:
            groups.append([one])
        else:
            known.append(one)
    return sorted(groups, key=len, reverse=True)


def _same(one: _Opposition, other: _Opposition) -> bool:
    """Whether two oppositions share the claim they turn on, a count, or much of the wording."""
    if one.against in other[:2] or other.against in one[:2]:
        return True
    if same_count(one.proposition, other.proposition) is not None:
        return True
    here, there = stems(one.proposition), stems(other.proposition)
    return len(here & there) >= _NEAR_EQUAL * len(here | there)


def _proposition(
    group: Sequence[_Opposition], claims: Sequence[Claim], nearness: Nearness, limit: int
) -> Proposition:
    """What most of the group contradicts; the group's claims first, then others about it."""
    counts = Counter(one.against.id for one in group)
    asserted = counts.most_common(1)[0][0]
    text = next(one.proposition for one in group if one.against.id == asserted)
    contradicting = [one.statement.id for one in group if one.against.id == asserted]
    members = [claim.id for one in group for claim in (one.against, one.statement)]
    members = list(dict.fromkeys([asserted, *contradicting, *members]))
    near = [claim.id for claim in nearness.nearest(text, claims, len(claims))]
    placed = list(dict.fromkeys([*members, *near]))[: max(limit, len(members))]
    return Proposition(
        text=text,
        asserted_by=(asserted,),
        contradicted_by=tuple(dict.fromkeys(contradicting)),
        claim_ids=tuple(placed),
    )


def _row(claim: Claim, outcome: Outcome, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="pair", outcome=outcome, item=claim.id, reason=reason, article_id=claim.article_id
    )


def _rejected(item: str, reason: str) -> LedgerRow:
    return LedgerRow(stage="pair", outcome="rejected", item=item, reason=reason)


def pair(
    claims: Sequence[Claim],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """Like `apair`, from code that is not async."""
    return llm.run(apair(claims, llm=llm, settings=settings, progress=progress))
