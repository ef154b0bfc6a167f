"""How a comparison was made: what was left out or doubted and why, and what it cost."""

from collections import Counter
from typing import NamedTuple

from claimcompare.report.page.index import Index
from claimcompare.schema import Comparison, LedgerRow, Outcome
from claimcompare.usage import Usage

LEFT_OUT: tuple[Outcome, ...] = ("failed", "refused", "abstained", "doubted")


class Left(NamedTuple):
    """A row of the ledger; `claim` is the number of the claim that its item is, if it is one."""

    row: LedgerRow
    claim: int | None
    article: int | None


class Made(NamedTuple):
    """What became of everything: what was left out or doubted, what was kept by stage."""

    left_out: dict[Outcome, list[Left]]
    kept: dict[str, int]
    usage: dict[str, Usage]


def made(comparison: Comparison, index: Index) -> Made:
    """The ledger and the usage, as tables."""
    left: dict[Outcome, list[Left]] = {}
    for row in comparison.ledger:
        if row.outcome in LEFT_OUT:
            article = index.articles.get(row.article_id or "")
            left.setdefault(row.outcome, []).append(Left(row, index.claims.get(row.item), article))
    used = comparison.usage
    return Made(
        left_out={outcome: left[outcome] for outcome in LEFT_OUT if outcome in left},
        kept=Counter(row.stage for row in comparison.ledger if row.outcome == "kept"),
        usage={
            "extract": used.extract,
            "speakers": used.speakers,
            "pair": used.pair,
            "classify": used.classify,
            "total": used.total,
        },
    )
