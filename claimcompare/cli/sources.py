"""The articles that a command line names, and the options of how to read them."""

from collections.abc import Callable, Iterator
from functools import wraps
from logging import NullHandler, getLogger
from typing import Any

import click

from claimcompare import Article, ReadSettings, read_articles
from claimcompare.articles.fields import FIELDS
from claimcompare.articles.reading import Skip
from claimcompare.articles.settings import MAX_BYTES

SOURCES = click.argument("sources", nargs=-1, required=True, metavar="PATH...")
Articles = Callable[[Skip | None], Iterator[Article]]
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

        def articles(skip: Skip | None) -> Iterator[Article]:
            return read_articles(sources, settings=settings, skip=skip)

        _silence()
        command(articles=articles, **others)

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
