"""Where a comparison goes: to a file, to a terminal in colours, or to what reads the output."""

import os
import sys
from pathlib import Path
from typing import TextIO

from claimcompare import Comparison
from claimcompare.cli.console import opened
from claimcompare.report import Format, render


def put(comparison: Comparison, form: Format, output: Path | None) -> None:
    """Write it in a form; the text form in colours where somebody reads it on a terminal."""
    with opened(output) as file:
        if form == "text" and output is None and _takes_colours():
            _show(comparison, file)
        else:
            file.write(render(comparison, form))


def _takes_colours() -> bool:
    """Whether standard output is a terminal, and nobody has asked for NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _show(comparison: Comparison, file: TextIO) -> None:
    from rich.console import Console

    from claimcompare.report.text import in_colours

    Console(file=file, soft_wrap=True).print(in_colours(comparison))
