"""What a stage leaves behind beside its result."""

from collections import Counter
from collections.abc import Iterable

from claimcompare.schema import LedgerRow, PromptUse, Record
from claimcompare.usage import Usage


class StageLog(Record):
    """The ledger rows, the usage and the prompts of one stage."""

    ledger: tuple[LedgerRow, ...] = ()
    usage: Usage = Usage()
    prompts: tuple[PromptUse, ...] = ()

    def __add__(self, other: "StageLog") -> "StageLog":
        return StageLog(
            ledger=self.ledger + other.ledger,
            usage=self.usage + other.usage,
            prompts=self.prompts + other.prompts,
        )

    def without_rows(self) -> "StageLog":
        """What it cost, without what became of anything."""
        return self.model_copy(update={"ledger": ()})


def joined(logs: Iterable[StageLog]) -> StageLog:
    """The sum of many logs, each row touched once."""
    logs = tuple(logs)
    return StageLog(
        ledger=tuple(row for log in logs for row in log.ledger),
        usage=sum((log.usage for log in logs), Usage()),
        prompts=tuple(prompt for log in logs for prompt in log.prompts),
    )


def failed_rows(ledger: Iterable[LedgerRow]) -> list[LedgerRow]:
    """The rows of what got no usable answer."""
    return [row for row in ledger if row.outcome == "failed"]


def failed_since(before: Iterable[LedgerRow], ledger: Iterable[LedgerRow]) -> list[LedgerRow]:
    """The rows of what got no usable answer, but for those that were there before."""
    return list((Counter(failed_rows(ledger)) - Counter(failed_rows(before))).elements())
