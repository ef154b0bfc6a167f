"""What a stage leaves behind beside its result."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, Field, create_model

from claimcompare.schema import LedgerRow, Prompt, Record, StageName
from claimcompare.usage import Usage

R = TypeVar("R")
W = TypeVar("W", bound=BaseModel)
Progress = Callable[[StageName, int, int], None]


class StageLog(Record):
    """The ledger rows, the usage and the prompts of one stage."""

    ledger: tuple[LedgerRow, ...] = ()
    usage: Usage = Usage()
    prompts: tuple[Prompt, ...] = ()

    def __add__(self, other: "StageLog") -> "StageLog":
        return StageLog(
            ledger=self.ledger + other.ledger,
            usage=self.usage + other.usage,
            prompts=self.prompts + other.prompts,
        )


def joined(logs: Iterable[StageLog]) -> StageLog:
    """The sum of many logs, each row touched once."""
    logs = tuple(logs)
    return StageLog(
        ledger=tuple(row for log in logs for row in log.ledger),
        usage=sum((log.usage for log in logs), Usage()),
        prompts=tuple(prompt for log in logs for prompt in log.prompts),
    )


async def each(
    stage: StageName, work: Sequence[Awaitable[R]], progress: Progress | None
) -> list[R]:
    """The results of `work` in its order; `progress` hears of each one done."""
    done = 0
    if progress:
        progress(stage, done, len(work))

    async def counted(one: Awaitable[R]) -> R:
        nonlocal done
        result = await one
        done += 1
        if progress:
            progress(stage, done, len(work))
        return result

    tasks = [asyncio.ensure_future(counted(one)) for one in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def at_most(wire: type[W], field: str, count: int) -> type[W]:
    """The wire model with a bound on one list in its schema, which ends loops of weak models.

    The bound is for endpoints that hold to it; a longer list is still a valid answer.
    """
    bound = Field(json_schema_extra={"maxItems": count})
    fields: dict[str, Any] = {field: (wire.model_fields[field].annotation, bound)}
    return create_model(wire.__name__, __base__=wire, **fields)
