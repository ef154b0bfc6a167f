"""The group of all commands: whatever ends them does so in lines that are safe to print."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from claimcompare.cli.command import Command
from claimcompare.cli.console import printable
from claimcompare.cli.outputs import opened

_STANDARD_STREAMS = 3


class Group(click.Group):
    """Commands of which usage errors and help, too, end in lines and the right exit code."""

    command_class = Command
    group_class = type

    def __init__(self, *declared: Any, **more: Any) -> None:
        more["context_settings"] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        super().__init__(*declared, **more)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command line."""
        _hold_closed_streams()
        return super().main(*arguments, **options)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """What the command line says."""
        with _safe():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that it names."""
        with _safe():
            return super().invoke(ctx)


@contextmanager
def _safe() -> Iterator[None]:
    """What click prints: help to a stream that takes none, and words of the command line."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # It is our own help, in lines.
    except click.ClickException as error:
        # Declared final, as click itself never changes it.
        vars(error)["message"] = printable(error.message)
        raise
    except OSError as fault:
        with opened(None):
            raise fault from None


def _hold_closed_streams() -> None:
    """Let no file that is opened get the number of a closed stream, to which others may print."""
    for number in range(_STANDARD_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
