"""In which form a result is written: as -f says, else as the name of the file does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=str)
# What a file of that name may hold; the first where nobody says.
_BY_SUFFIX = {
    ".html": ("html",),
    ".htm": ("html",),
    ".json": ("json", "jsonld", "jsonl"),
    ".jsonl": ("jsonl",),
    ".ndjson": ("jsonl",),
    ".jsonld": ("jsonld",),
    ".md": ("markdown",),
    ".markdown": ("markdown",),
    ".csv": ("csv", "assertions-csv"),
    ".txt": ("text", "markdown", "jsonl"),
    ".xml": ("junit",),
}


def form_option(forms: Sequence[str]) -> Callable[..., Any]:
    """The option that says the form, one of those given."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(list(forms)),
        help="Else by the name of the file that -o names, else text.",
    )


def form_of(told: str | None, output: Path | None, forms: Sequence[F]) -> F:
    """The form; raises click.UsageError where the file's name speaks of another."""
    chosen = next((one for one in forms if one == told), None)
    allowed = _BY_SUFFIX.get(output.suffix.lower(), ()) if output else ()
    fitting = [one for one in forms if one in allowed]
    if not allowed or chosen in fitting:
        return chosen or forms[0]
    if output and (chosen or not fitting):
        what = chosen or f"one of {', '.join(forms)}"
        raise click.UsageError(
            f"-o {output.name} would be {allowed[0]}, and what is written is {what}; "
            "name another file, or another form with -f"
        )
    return fitting[0]
