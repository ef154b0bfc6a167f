"""Options that are set in a file: `claimcompare.toml` here or above, or what --config names."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from claimcompare.cli.console import note, printable, stop
from claimcompare.llm.cachefile import CACHE_VARIABLE

PREFIX = "CLAIMCOMPARE"
_NAME = "claimcompare.toml"
# Of two names, how much is to be the same for the one to be the other misspelt.
_ALIKE = 0.9
_NOT_SET_THERE = ("config", "help", "version")
# Where keys and articles go is not for a folder to say that somebody else may have written.
_ONLY_WHERE_NAMED = ("base-url", "judge-url", "judge-key-env", "header", "body")


def use_config(ctx: click.Context, _: click.Parameter, named: Path | None) -> None:
    """Let a file set what neither the command line nor the environment does, and say so."""
    path = named or _nearest()
    if path is None:
        return
    told = _read(path)
    if named is None:
        _check_found(path, told)
    commands = dict(_commands(ctx.find_root().command))
    groups = {name.partition(" ")[0] for name in commands}
    common = {name: value for name, value in told.items() if name not in groups}
    group = _group_of(ctx)
    flat = next((one for one in told.keys() & groups if not isinstance(told[one], dict)), None)
    if flat is not None:
        stop(f"{path}: {flat!r} is a command, so [{flat}] is to be a table")
    own = told.get(group, {})
    options = {_long(one): one for one in ctx.command.params}
    known = {_long(one) for command in commands.values() for one in command.params}
    _check(path, common, known - set(_NOT_SET_THERE))
    of_group = (one for name, one in commands.items() if name.partition(" ")[0] == group)
    in_group = {_long(param) for command in of_group for param in command.params}
    _check(path, own, in_group - set(_NOT_SET_THERE))
    ctx.default_map = {
        options[name].name: _value(options[name], value, path)
        for name, value in {**common, **own}.items()
        if name in options
    }
    if ctx.default_map and not ctx.default_map.get("quiet"):
        note(f"settings from {path}")


def tell_misspelt(ctx: click.Context) -> None:
    """Say which variables of the environment seem meant to set an option, and set none."""
    commands = dict(_commands(ctx.find_root().command)).values()
    params = (param for command in commands for param in command.params)
    known = {param.envvar for param in params if isinstance(param.envvar, str)} | {CACHE_VARIABLE}
    ours = {name for name in os.environ if name.startswith(PREFIX)}
    for name in sorted(ours - known):
        if near := get_close_matches(name, sorted(known), n=1, cutoff=_ALIKE):
            note(f"{printable(name)} sets nothing; is it {near[0]}?")


def _nearest() -> Path | None:
    here = Path.cwd()
    return next((one / _NAME for one in (here, *here.parents) if (one / _NAME).is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        stop(f"{path}: cannot be read ({error.strerror})")
    except ValueError as error:
        stop(f"{path}: {error}")


def _commands(command: click.Command, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands by their names, as in "eval stance"."""
    if not isinstance(command, click.Group):
        yield above, command
        return
    for name, one in command.commands.items():
        yield from _commands(one, f"{above} {name}".strip())


def _group_of(ctx: click.Context) -> str:
    """The table of a command: "compare", or "eval" for all commands of evaluation."""
    while ctx.parent is not None and ctx.parent.parent is not None:
        ctx = ctx.parent
    return ctx.info_name or ""


def _long(param: click.Parameter) -> str:
    return max(param.opts, key=len).lstrip("-")


def _check(path: Path, told: Mapping[str, Any], known: set[str]) -> None:
    for name in told:
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            hint = f"; is it {near[0]!r}?" if near else ""
            stop(f"{path}: {name!r} is no option there{hint}")


def _check_found(path: Path, told: Mapping[str, Any]) -> None:
    """Stop where a file that was only found says what a file must be named for."""
    tables = (table for table in told.values() if isinstance(table, dict))
    for name in (name for table in (told, *tables) for name in table):
        if name in _ONLY_WHERE_NAMED:
            stop(f"{path}: {name!r} counts only in a file that --config names")


def _value(param: click.Parameter, value: Any, path: Path) -> Any:
    """A value as the command line would give it; paths are from where the file lies."""
    if param.multiple and not isinstance(value, list):
        value = [value]
    elif param.nargs > 1 and not (isinstance(value, list) and len(value) == param.nargs):
        stop(f"{path}: {_long(param)!r} takes a list of {param.nargs} values")
    if isinstance(param.type, click.Path) and isinstance(value, str):
        return str(path.parent / value)
    return value
