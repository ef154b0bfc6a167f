"""Ways out: a comparison as text, Markdown or JSON."""

from collections.abc import Callable
from typing import Literal

from claimcompare.report.markdown import to_markdown
from claimcompare.report.text import to_text
from claimcompare.schema import Comparison

Format = Literal["text", "json", "markdown"]


def render(comparison: Comparison, form: Format) -> str:
    """The comparison in one of the forms, with a line end."""
    return FORMS[form](comparison).rstrip("\n") + "\n"


def to_json(comparison: Comparison) -> str:
    """The whole comparison; `Comparison.model_validate_json` reads it back unchanged."""
    return comparison.model_dump_json(indent=2)


FORMS: dict[Format, Callable[[Comparison], str]] = {
    "text": to_text,
    "json": to_json,
    "markdown": to_markdown,
}
