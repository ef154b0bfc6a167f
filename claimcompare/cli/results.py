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
from claimcompare.cli.console import note, tell
from claimcompare.cli.declared import FILE, with_options
from claimcompare.cli.forms import form_of, form_option
from claimcompare.cli.options import OUTPUT
from claimcompare.cli.outputs import Source, check_output, opened
from claimcompare.cli.reading import load_review
from claimcompare.report import form_names, render
from claimcompare.report import form_of as writer_of
from claimcompare.schema import Record
from claimcompare.schema.review import Review
from claimcompare.stages.review import reviewed

_OPTIONS = (
    form_option(form_names),
    OUTPUT,
    click.option("--open", "show", is_flag=True, help="Open the page in a browser."),
    click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Show in text what takes no side, too, and every passage in full.",
    ),
    click.option("--review", type=FILE, help="Apply what readers marked: a *.review.json."),
)
_STRAYS_SHOWN = 10


class Result(Record):
    """In which form a comparison is put where."""

    form: str
    output: Path | None
    show: bool
    everything: bool
    review: Path | None

    def check(self, sources: Iterable[Source]) -> None:
        """Stop now if it could not be put there after the work, or would replace what is read."""
        if self.show and self.form != "html":
            raise click.UsageError("--open shows the page; use it with -f html")
        if self.review:
            load_review(self.review)
        writer_of(self.form)
        if self.output or not self.show:
            check_output(self.output, [*sources, *([self.review] if self.review else [])])

    @property
    def keeps(self) -> bool:
        """Whether it is put where a comparison can be read again from."""
        return self.form == "json"

    def put(
        self, comparison: Comparison, *, short: Callable[[Comparison], str] | None = None
    ) -> None:
        """Write it in a form; the text form in colours where somebody reads it on a terminal.

        What is to be shown in a browser goes to a file, which stays, if none is named. The text
        form is `short` where there is that, unless everything is to be shown.
        """
        if self.review:
            comparison = _respecting(load_review(self.review), comparison)
        output = _new_file() if self.show and self.output is None else self.output
        with opened(output) as file:
            if short and self.form == "text" and not self.everything:
                file.write(f"{short(comparison)}\n")
            elif self.form == "text" and output is None and _takes_colours():
                _write_in_colours(comparison, file, everything=self.everything)
            else:
                file.write(render(comparison, self.form, everything=self.everything))
        if self.show and output:
            _show(output)


def result_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command, which gets `result`: where it goes in which form."""

    @wraps(command)
    def with_result(*, form: str | None, output: Path | None, **options: Any) -> None:
        own = {field: options.pop(field) for field in ("show", "everything", "review")}
        told = "html" if own["show"] and not form and not output else form
        chosen = form_of(told, output, form_names())
        command(result=Result(form=chosen, output=output, **own), **options)

    return with_options(_OPTIONS, with_result)


def _respecting(review: Review, comparison: Comparison) -> Comparison:
    """The comparison with the marks applied; tells what fits nothing in it."""
    made = reviewed(comparison, review)
    strays = [row for row in made.ledger if row.stage == "review" and row.outcome == "abstained"]
    note(f"review: {len(review.marks)} marks")
    for row in strays[:_STRAYS_SHOWN]:
        tell(f"not applied: {row.reason}: {row.item}")
    if len(strays) > _STRAYS_SHOWN:
        tell(f"and {len(strays) - _STRAYS_SHOWN} more; the ledger (-f json) names them all")
    return made


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
