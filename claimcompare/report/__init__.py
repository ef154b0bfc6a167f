"""Ways out: a comparison in the forms that people and programs read."""

from collections.abc import Callable
from typing import Literal

from claimcompare.report.linked_data import to_jsonld
from claimcompare.report.markdown import to_markdown
from claimcompare.report.page import to_html
from claimcompare.report.records import comparison_schema, to_json
from claimcompare.report.spreadsheet import assertions_csv, claims_csv
from claimcompare.report.text import to_text
from claimcompare.schema import Comparison

__all__ = ["FORMS", "FiguresFormat", "Format", "TablesFormat", "comparison_schema", "render"]

Format = Literal["text", "json", "markdown", "csv", "assertions-csv", "jsonld", "html"]
# The forms of evaluations, and of what is made of them; named here, since that room needs what
# not everybody installs.
TablesFormat = Literal["text", "json", "markdown"]
FiguresFormat = Literal[TablesFormat, "html", "junit"]


def render(comparison: Comparison, form: Format, *, everything: bool = False) -> str:
    """The comparison in one of the forms, with a line end.

    The text form counts what takes no side, unless it is to show everything, as the others do.
    """
    if form == "text":
        return to_text(comparison, everything=everything) + "\n"
    return FORMS[form](comparison).rstrip("\n") + "\n"


FORMS: dict[Format, Callable[[Comparison], str]] = {
    "text": to_text,
    "json": to_json,
    "markdown": to_markdown,
    "csv": claims_csv,
    "assertions-csv": assertions_csv,
    "jsonld": to_jsonld,
    "html": to_html,
}
