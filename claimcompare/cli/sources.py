"""The articles that a command line names, and the options of how to read them."""

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from logging import NullHandler, getLogger
from typing import Any, NamedTuple

import click

from claimcompare import Article, ArticleError, ReadSettings, iter_articles
from claimcompare.articles.fields import FIELDS
from claimcompare.articles.files import PassedOver
from claimcompare.articles.reading import Skip
from claimcompare.cli.console import is_quiet, stop, tell
from claimcompare.cli.declared import Pair, option, settings, with_options

_CHATTY = ("htmldate", "trafilatura")
_READING = {"How articles are read": ("max_bytes", "allow_private", "seconds")}
_AS_FIELD = f"give it as OURS=THEIRS, with OURS one of {', '.join(FIELDS)}"
_OPTIONS = (
    option(
        "--field",
        "fields",
        group="How articles are read",
        multiple=True,
        type=Pair(hint=_AS_FIELD),
        metavar="OURS=THEIRS",
        help=ReadSettings.model_fields["fields"].description,
    ),
    *settings(ReadSettings, _READING),
)
# A type of files alone, so that shells complete their names; it leaves all else as it is.
SOURCES = click.argument(
    "sources", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True)
)


class Articles(NamedTuple):
    """What a command line names; a call reads it, telling of the articles that it skips."""

    sources: tuple[str, ...]
    settings: ReadSettings

    def __call__(self, skip: Skip | None) -> Iterator[Article]:
        """The articles, one after the other; files of a folder that are none are told of."""
        quiet = is_quiet()

        def told(error: ArticleError) -> None:
            if isinstance(error, PassedOver):
                if not quiet:
                    tell(f"passed over: {error}")
            elif skip:
                skip(error)
            else:
                raise error

        return iter_articles(self.sources, settings=self.settings, skip=told)


def read_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command, which gets `articles`: what reads them, telling of those it skips."""

    @wraps(command)
    def with_articles(
        *, sources: tuple[str, ...], fields: tuple[tuple[str, str], ...], **others: Any
    ) -> None:
        reading = {name: others.pop(name) for names in _READING.values() for name in names}
        read = ReadSettings(fields=_mapped(fields), **reading)
        if not all(name.strip() for name in sources):
            stop('PATH is empty; "." is this folder')
        if "-" in sources and sys.stdin is None:
            stop("standard input: is closed")
        _silence()
        command(articles=Articles(sources, read), **others)

    return with_options(_OPTIONS, with_articles)


def _silence() -> None:
    """Keep what libraries log of broken files off the terminal: the error says it in one line."""
    for name in _CHATTY:
        getLogger(name).addHandler(NullHandler())


def _mapped(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    for ours, _ in pairs:
        if ours not in FIELDS:
            raise click.UsageError(f"--field {ours}: {_AS_FIELD}")
    return dict(pairs)
