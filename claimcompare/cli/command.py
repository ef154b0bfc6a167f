"""What all commands have in common: -h, -q, -v, a file and the environment that set options."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from claimcompare.cli.config import PREFIX, tell_misspelt, use_config
from claimcompare.cli.console import LOUDNESS, printable, tell
from claimcompare.cli.declared import FILE, Option

_LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO, 2: logging.DEBUG}


class Command(click.Command):
    """A command of which each option can also be set in the environment, or in a file."""

    def __init__(self, *declared: Any, **more: Any) -> None:
        more["context_settings"] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        super().__init__(*declared, **more)
        self.params += _common()
        for param in self.params:
            if isinstance(param, click.Option) and param.envvar is None:
                name = max(param.opts, key=len).lstrip("-").replace("-", "_").upper()
                param.envvar = f"{PREFIX}_{name}"

    def invoke(self, ctx: click.Context) -> Any:
        """Run it, with what the library logs beside the results."""
        tell_misspelt(ctx)
        with _logged(ctx.meta.get(LOUDNESS, 0)):
            return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each group under its heading."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            row = param.get_help_record(ctx)
            if row is not None and isinstance(param, click.Option):
                common = _COMMON if param.is_eager else "Options"
                groups.setdefault(getattr(param, "group", common), []).append(row)
        last = groups.pop(_COMMON, [])
        for group, rows in (*groups.items(), (_COMMON, last)):
            if rows:
                with formatter.section(group):
                    formatter.write_dl(rows)


_COMMON = "Every command"


def _common() -> list[click.Parameter]:
    def loudness(ctx: click.Context, _: click.Parameter, times: int) -> None:
        ctx.meta[LOUDNESS] = ctx.meta.get(LOUDNESS, 0) + times

    def silence(ctx: click.Context, _: click.Parameter, is_quiet: bool) -> None:  # noqa: FBT001
        if is_quiet:
            ctx.meta[LOUDNESS] = -1

    hidden: dict[str, Any] = {"is_eager": True, "expose_value": False, "group": _COMMON}
    return [
        # First, since what it sets is taken for the others then.
        Option(
            ["--config"], type=FILE, callback=use_config, **hidden,
            help="A file that sets options; else claimcompare.toml here or above.",
        ),
        Option(
            ["-q", "--quiet"], is_flag=True, callback=silence, **hidden,
            help="Say nothing beside the result but what failed.",
        ),
        Option(
            ["-v", "--verbose"], count=True, callback=loudness, **hidden,
            help="Say what is done; twice, every call.",
        ),
    ]  # fmt: skip


class _Told(logging.Handler):
    """Log lines as lines of ours, in which nothing moves the cursor."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the line."""
        tell(printable(record.getMessage()))


@contextmanager
def _logged(loudness: int) -> Iterator[None]:
    log, handler = logging.getLogger("claimcompare"), _Told()
    before = log.level
    log.addHandler(handler)
    log.setLevel(_LEVELS[min(loudness, max(_LEVELS))])
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
