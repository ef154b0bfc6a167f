"""The form for spreadsheets: CSV that opens as a table, in which nothing is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from claimcompare.report.rows import (
    ASSERTION_COLUMNS,
    CLAIM_COLUMNS,
    Row,
    assertion_rows,
    claim_rows,
)
from claimcompare.schema import Comparison

# Without it, a spreadsheet takes UTF-8 for the code page of the country.
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet computes, also in full width and behind blanks.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
# Split at another sign than the comma, our quotes hold nothing together: a cell may begin there.
_CELL_WITHIN = re.compile(r"([;\t\r\n])(?=[\s\"]*[=+\-@＝＋－＠])")


def claims_csv(comparison: Comparison) -> str:
    """One row a claim; several values in a cell stand one a line."""
    return _table(CLAIM_COLUMNS, claim_rows(comparison))


def assertions_csv(comparison: Comparison) -> str:
    """One row for each claim in each dispute; several values in a cell stand one a line."""
    return _table(ASSERTION_COLUMNS, assertion_rows(comparison))


def _table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    file = io.StringIO()
    # In quotes, so that a carriage return within a cell ends no row.
    writer = csv.DictWriter(file, columns, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        value = value[0] if len(value) == 1 else "\n".join(map(str, value))
    return _harmless(value) if isinstance(value, str) else value


def _harmless(text: str) -> str:
    """The text, with an apostrophe wherever a spreadsheet might take what follows for a formula."""
    rest = text.lstrip()
    blanks = text[: len(text) - len(rest)]
    text = blanks + _CELL_WITHIN.sub(r"\1'", rest)
    return f"'{text}" if text.startswith(_FORMULA) or rest.startswith(_FORMULA) else text
