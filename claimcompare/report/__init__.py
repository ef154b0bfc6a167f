"""Ways out: a comparison in the forms that people and programs read."""

from collections.abc import Callable, Mapping
from typing import Literal

from claimcompare.plugins import find, load, names
from claimcompare.report.linked_data import to_jsonld
from claimcompare.report.markdown import to_markdown
from claimcompare.report.page import to_html
from claimcompare.report.records import comparison_schema, to_json
from claimcompare.report.spreadsheet import assertions_csv, claims_csv
from claimcompare.report.text import to_text
from claimcompare.schema import Comparison

__all__ = [
    "FORMS",
    "FiguresFormat",
    "Form",
    "Format",
    "TablesFormat",
    "comparison_schema",
    "form_names",
    "form_of",
    "render",
]

Format = Literal["text", "json", "markdown", "csv", "assertions-csv", "jsonld", "html"]
# The forms of evaluations, and of what is made of them; named here, since that room needs what
# not everybody installs.
TablesFormat = Literal["text", "json", "markdown"]
FiguresFormat = Literal[TablesFormat, "html", "junit"]


# What other packages bring takes a comparison and gives all of it as text.
Form = Callable[[Comparison], str]


def render(comparison: Comparison, form: Format | str, *, everything: bool = False) -> str:
    """The comparison in one of the forms, with a line end; raises PluginError.

    The text form counts what takes no side, unless it is to show everything, as the others do.
    """
    write = form_of(form)
    if form == "text":
        return to_text(comparison, everything=everything) + "\n"
    return write(comparison).rstrip("\n") + "\n"


def form_of(name: Format | str) -> Form:
    """What writes a form that is shipped, or that another package brings; raises PluginError."""
    if find("forms", name, FORMS) is None and name in FORMS:
        return FORMS[name]
    brought: Form = load("forms", name, FORMS)
    return brought


def form_names() -> tuple[str, ...]:
    """The names of all forms, those that are shipped first."""
    return (*FORMS, *names("forms", FORMS))


FORMS: Mapping[str, Form] = {
    "text": to_text,
    "json": to_json,
    "markdown": to_markdown,
    "csv": claims_csv,
    "assertions-csv": assertions_csv,
    "jsonld": to_jsonld,
    "html": to_html,
}
