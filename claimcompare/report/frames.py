"""The form for notebooks that compute: pandas frames (`pip install 'claimcompare[pandas]'`)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimcompare.extras import needs
from claimcompare.report.rows import (
    ASSERTION_COLUMNS,
    CLAIM_COLUMNS,
    LEDGER_COLUMNS,
    Row,
    assertion_rows,
    claim_rows,
    ledger_rows,
)
from claimcompare.schema import Comparison

if TYPE_CHECKING:
    from pandas import DataFrame


def claims_frame(comparison: Comparison) -> "DataFrame":
    """One row a claim, by its id; `via`, `evidence`, `start`, `end`, `disputes` hold tuples."""
    return _frame(claim_rows(comparison), CLAIM_COLUMNS).set_index("claim_id")


def assertions_frame(comparison: Comparison) -> "DataFrame":
    """One row for each claim in each dispute: its stance, probabilities (0 to 1) and words."""
    frame = _frame(assertion_rows(comparison), ASSERTION_COLUMNS)
    return frame.set_index(["dispute", "claim_id"])


def ledger_frame(comparison: Comparison) -> "DataFrame":
    """One row for each item: what became of it at which stage, and why."""
    return _frame(ledger_rows(comparison), LEDGER_COLUMNS)


def _frame(rows: Iterable[Row], columns: Iterable[str]) -> "DataFrame":
    with needs("pandas", "making frames"):
        from pandas import DataFrame
    return DataFrame(list(rows), columns=list(columns))
