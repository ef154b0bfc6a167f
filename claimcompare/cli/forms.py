"""In which form a result is written: as -f says, else as the name of the file does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

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
    # What nobody here writes.
    ".pdf": ("PDF",),
    ".docx": ("DOCX",),
    ".odt": ("ODT",),
    ".rtf": ("RTF",),
    ".xlsx": ("XLSX",),
    ".ods": ("ODS",),
    ".tsv": ("TSV",),
    ".parquet": ("Parquet",),
    ".yaml": ("YAML",),
    ".yml": ("YAML",),
    ".gz": ("packed",),
    ".zip": ("packed",),
}


class _Name(click.ParamType[str]):
    """One of the forms there are, also of other packages, which are looked for when it matters."""

    name = "form"

    def __init__(self, forms: Callable[[], Sequence[str]]) -> None:
        self._forms = forms

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        return self._choice().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """All names."""
        return self._choice().get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin so."""
        return self._choice().shell_complete(ctx, param, incomplete)

    def _choice(self) -> click.Choice[str]:
        return click.Choice(self._forms())


def form_option(forms: Callable[[], Sequence[str]]) -> Callable[..., Any]:
    """The option that says the form, one of those that there are."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=_Name(forms),
        help="Else by the name of the file that -o names, else text.",
    )


def form_of(told: str | None, output: Path | None, forms: Sequence[F]) -> F:
    """The form; raises click.UsageError where the file's name speaks of another."""
    chosen = next((one for one in forms if one == told), None)
    allowed = _held_by(output.suffix.lower(), forms) if output else ()
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


def _held_by(suffix: str, forms: Sequence[str]) -> tuple[str, ...]:
    """The forms that a file with that suffix may hold; one of another package is called like it."""
    shipped = _BY_SUFFIX.get(suffix, ())
    own = suffix.removeprefix(".")
    return (*shipped, own) if own in forms and own not in shipped else shipped
