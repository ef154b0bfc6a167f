"""The command line: parse, call, print, exit code."""

from claimcompare.cli.commands import app

__all__ = ["app"]
