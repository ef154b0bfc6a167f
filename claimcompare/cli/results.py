"""Where a comparison goes: to a file, to a terminal in colours, or to what reads the output."""

import os
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TextIO

import click

from claimcompare import Comparison
from claimcompare.cli.console import check_output, opened, tell
from claimcompare.report import Format, render


def check(form: Format, output: Path | None, *, show: bool) -> None:
    """Stop now if results could not be written, or shown, after the work."""
    if show and form != "html":
        raise click.UsageError("--open shows the page; use it with -f html")
    check_output(output)


def put(comparison: Comparison, form: Format, output: Path | None, *, show: bool) -> None:
    """Write it in a form; the text form in colours where somebody reads it on a terminal.

    What is to be shown in a browser goes to a file, which stays, if none is named.
    """
    if show and output is None:
        output = _new_file()
    with opened(output) as file:
        if form == "text" and output is None and _takes_colours():
            _write_in_colours(comparison, file)
        else:
            file.write(render(comparison, form))
    if show and output:
        _show(output)


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


def _write_in_colours(comparison: Comparison, file: TextIO) -> None:
    from rich.console import Console

    from claimcompare.report.text import in_colours

    Console(file=file, soft_wrap=True).print(in_colours(comparison))
