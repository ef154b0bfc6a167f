"""The options of how articles become stories."""

from functools import wraps
from typing import Any, NamedTuple

import click

from claimcompare.cli.declared import Decorator, option, settings, with_options
from claimcompare.corpus import StorySettings

_GROUP = "How articles are grouped"
_GROUPING = {_GROUP: ("days", "most", "held", "ordered")}


class Grouping(NamedTuple):
    """How articles become stories, and how many a story needs that is wanted."""

    settings: StorySettings
    least: int


def story_options(
    *, least: int = 1, what: str = "Leave out stories of fewer articles; they are counted."
) -> Decorator:
    """What adds them to a command, which gets `grouping`."""

    def added(command: Decorator) -> Decorator:
        @wraps(command)
        def with_grouping(*, least: int, **options: Any) -> None:
            own = {name: options.pop(name) for name in _GROUPING[_GROUP]}
            command(grouping=Grouping(StorySettings(**own), least), **options)

        return with_options(
            (*settings(StorySettings, _GROUPING), _least(least, what)), with_grouping
        )

    return added


def _least(default: int, what: str) -> Decorator:
    return option(
        "--least",
        group=_GROUP,
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help=what,
    )
