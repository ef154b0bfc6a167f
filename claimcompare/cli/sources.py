"""The articles that a command line names, and the options of how to read them."""

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from logging import NullHandler, getLogger
from typing import Any, NamedTuple

import click

from claimcompare import Article, ArticleError, ReadSettings, read_articles
from claimcompare.articles.fields import FIELDS
from claimcompare.articles.files import PassedOver
from claimcompare.articles.reading import Skip
from claimcompare.articles.settings import MAX_BYTES
from claimcompare.cli.console import stop, tell

SOURCES = click.argument("sources", nargs=-1, required=True, metavar="PATH...")
_CHATTY = ("htmldate", "pypdf", "trafilatura")
_OPTIONS = (
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="OURS=THEIRS",
        help="What CSV or JSON Lines call a field, as text=body; repeat it for others.",
    ),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch URLs from loopback and private addresses, too.",
    ),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=MAX_BYTES,
        show_default=True,
        help="Refuse files and pages that are larger.",
    ),
)


class Articles(NamedTuple):
    """What a command line names; a call reads it, telling of the articles that it skips."""

    sources: tuple[str, ...]
    settings: ReadSettings

    def __call__(self, skip: Skip | None) -> Iterator[Article]:
        """The articles, one after the other; files of a folder that are none are told of."""

        def told(error: ArticleError) -> None:
            if isinstance(error, PassedOver):
                tell(f"passed over: {error}")
            elif skip:
                skip(error)
            else:
                raise error

        return read_articles(self.sources, settings=self.settings, skip=told)


def read_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command, which gets `articles`: what reads them, telling of those it skips."""

    @wraps(command)
    def with_articles(
        *, sources: tuple[str, ...], fields: tuple[str, ...], allow_private: bool,
        max_bytes: int, **others: Any,
    ) -> None:  # fmt: skip
        settings = ReadSettings(
            fields=_mapped(fields), allow_private=allow_private, max_bytes=max_bytes
        )

        if not all(name.strip() for name in sources):
            stop('PATH is empty; "." is this folder')
        if "-" in sources and sys.stdin is None:
            stop("standard input: is closed")
        _silence()
        command(articles=Articles(sources, settings), **others)

    for option in reversed(_OPTIONS):
        with_articles = option(with_articles)
    return with_articles


def _silence() -> None:
    """Keep what libraries log of broken files off the terminal: the error says it in one line."""
    for name in _CHATTY:
        getLogger(name).addHandler(NullHandler())


def _mapped(fields: tuple[str, ...]) -> dict[str, str]:
    pairs = [field.partition("=") for field in fields]
    for ours, equals, theirs in pairs:
        if ours not in FIELDS or not equals or not theirs.strip():
            raise click.UsageError(
                f"--field {ours}{equals}{theirs}: give it as OURS=THEIRS, with OURS one of "
                f"{', '.join(FIELDS)}"
            )
    return {ours: theirs for ours, _, theirs in pairs}
