"""Claims in, propositions out: what one speaker asserts and another contradicts."""

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, as_data, load_prompt
from claimcompare.schema import Claim, LedgerRow, Outcome, Proposition, Record
from claimcompare.stages.candidates import Nearness, may_contradict, may_oppose
from claimcompare.stages.flow import Count, Progress, each
from claimcompare.stages.grouping import Opposition, groups, opposition, proposition
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import at_most

CLAIMS_FOR_ONE = 6
CLAIMS_FOR_MANY = 60
_LONGEST = 240


class WireDispute(BaseModel):
    """One statement that contradicts a claim, as the model reads it."""

    model_config = ConfigDict(extra="forbid")

    statement: int
    against: int
    proposition: str


class ShortDispute(WireDispute):
    """The same with a bound for endpoints that hold to it: loops of weak models end there."""

    proposition: Annotated[str, Field(json_schema_extra={"maxLength": _LONGEST})]


class WireDisputes(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="forbid")

    disputes: Sequence[WireDispute]


class ShortDisputes(WireDisputes):
    """The answer of a model that is asked about one statement at a time."""

    disputes: list[ShortDispute]


class Pairing(Record):
    """Propositions in dispute, each with the claims to hold against it."""

    propositions: tuple[Proposition, ...]
    log: StageLog


class _Task(NamedTuple):
    """One call: claims by number, and the statements that may contradict them."""

    claims: dict[int, Claim]
    statements: dict[int, Claim]


class _Findings(NamedTuple):
    found: tuple[Opposition, ...]
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
    disputed = groups([found for answer in answers for found in answer.found])
    asked = {claim.id for task in tasks for claim in task.statements.values()}
    unasked = (
        _row(
            claim, "kept", "objects to no other claim, negates none and counts otherwise than none"
        )
        for claim in claims
        if claim.id not in asked
    )
    return Pairing(
        propositions=tuple(proposition(group, claims, nearness, placed) for group in disputed),
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
    count = len(task.statements)
    wire = ShortDisputes if count == 1 else WireDisputes
    try:
        answer = await llm.aask(filled, at_most(wire, "disputes", count))
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
    found: dict[str, Opposition] = {}
    rows: list[LedgerRow] = []
    for dispute in disputes:
        statement = task.statements.get(dispute.statement)
        against = task.claims.get(dispute.against)
        reason = _unfit(statement, against, found)
        if statement is None or against is None or reason:
            item = f"{dispute.statement} against {dispute.against}: {dispute.proposition}"
            rows.append(_rejected(item, reason))
            continue
        whole = "" if len(dispute.proposition) >= _LONGEST else dispute.proposition
        made = opposition(statement, against, whole)
        found[statement.id] = made
        rows.append(_row(statement, "kept", f"contradicts {against.id} over: {made.proposition}"))
    rows += [
        _row(claim, "kept", "contradicts none of the claims it was held against")
        for claim in task.statements.values()
        if claim.id not in found
    ]
    return _Findings(tuple(found.values()), log + StageLog(ledger=tuple(rows)))


def _unfit(statement: Claim | None, against: Claim | None, found: Collection[str]) -> str:
    if statement is None or against is None or not may_oppose(statement, against):
        return "these two claims were not given to compare"
    if statement.id in found:
        return "the statement was paired with what it contradicts most directly"
    return ""


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
