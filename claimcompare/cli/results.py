"""Where a comparison goes: to a file, to a terminal in colours, or to what reads the output."""

import os
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from claimcompare import Comparison
from claimcompare.cli.console import tell
from claimcompare.cli.declared import with_options
from claimcompare.cli.forms import form_of, form_option
from claimcompare.cli.options import OUTPUT
from claimcompare.cli.outputs import Source, check_output, opened
from claimcompare.report import FORMS, Format, render
from claimcompare.schema import Record

_OPTIONS = (
    form_option(tuple(FORMS)),
    OUTPUT,
    click.option("--open", "show", is_flag=True, help="Open the page in a browser."),
    click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Show in text what takes no side, too, and every passage in full.",
    ),
)


class Result(Record):
    """In which form a comparison is put where."""

    form: Format
    output: Path | None
    show: bool
    everything: bool

    def check(self, sources: Iterable[Source]) -> None:
        """Stop now if it could not be put there after the work, or would replace what is read."""
        if self.show and self.form != "html":
            raise click.UsageError("--open shows the page; use it with -f html")
        if self.output or not self.show:
            check_output(self.output, sources)

    def put(self, comparison: Comparison) -> None:
        """Write it in a form; the text form in colours where somebody reads it on a terminal.

        What is to be shown in a browser goes to a file, which stays, if none is named.
        """
        output = _new_file() if self.show and self.output is None else self.output
        with opened(output) as file:
            if self.form == "text" and output is None and _takes_colours():
                _write_in_colours(comparison, file, everything=self.everything)
            else:
                file.write(render(comparison, self.form, everything=self.everything))
        if self.show and output:
            _show(output)


def result_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command, which gets `result`: where it goes in which form."""

    @wraps(command)
    def with_result(*, form: str | None, output: Path | None, **options: Any) -> None:
        own = {field: options.pop(field) for field in ("show", "everything")}
        told = "html" if own["show"] and not form and not output else form
        chosen = form_of(told, output, tuple(FORMS))
        command(result=Result(form=chosen, output=output, **own), **options)

    return with_options(_OPTIONS, with_result)


def _new_file() -> Path:
    handle, name = tempfile.mkstemp(prefix="claimcompare-", suffix=".html")
    os.close(handle)
    return Path(name)


def _show(page: Path) -> None:
    address = page.resolve().as_uri()
    tell(f"the page: {page}")
    if not webbrowser.open(address):
        tell("no browser was found to open it")


def _takes_colours() -> bool:
    """Whether standard output is a terminal, and nobody has asked for NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _write_in_colours(comparison: Comparison, file: TextIO, *, everything: bool) -> None:
    from rich.console import Console

    from claimcompare.report.text import in_colours

    Console(file=file, soft_wrap=True).print(in_colours(comparison, everything=everything))
