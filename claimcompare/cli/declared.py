"""Options made of the settings that they set, so that what each is for is said in one place."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

FILE = click.Path(path_type=Path)
Decorator = Callable[..., Any]


class Option(click.Option):
    """An option that stands in the help under the heading of its group."""

    def __init__(self, *declared: Any, group: str = "Options", **more: Any) -> None:
        super().__init__(*declared, **more)
        self.group = group


# An option of ours, declared as click's own is.
option = partial(click.option, cls=Option)


class Amount(click.FloatRange):
    """A number that can be compared; "nan" is a number, too, and would switch off a limit."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The amount."""
        amount: float = super().convert(value, param, ctx)
        if not math.isfinite(amount):
            self.fail(f"{value!r} is no amount.", param, ctx)
        return amount


class Pair(click.ParamType[tuple[str, Any]]):
    """NAME=VALUE, as a tuple of two; with `is_json` the value is JSON, or else a text."""

    name = "NAME=VALUE"

    def __init__(self, *, is_json: bool = False, hint: str = "") -> None:
        self._is_json = is_json
        self._hint = hint

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Any]:
        """The name and what it is set to."""
        if isinstance(value, tuple):
            return value
        name, equals, told = str(value).partition("=")
        if not equals or not name.strip() or not told.strip():
            # The value may be a secret.
            self.fail(self._hint or "give it as NAME=VALUE.", param, ctx)
        return name.strip(), _json(told) if self._is_json else told.strip()

    def split_envvar_value(self, rv: str) -> list[str]:
        """The pairs in a variable of the environment, one on each line."""
        return [line for line in rv.splitlines() if line.strip()]


def setting(record: type[BaseModel], name: str, *, group: str) -> Decorator:
    """The option for a field of a record of settings: its name, type, bounds, default and words."""
    field = record.model_fields[name]
    told = "--" + name.replace("_", "-")
    kind = _without_none(field.annotation)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    shown = default is not None and kind is not bool
    more: dict[str, Any] = {"default": default, "show_default": shown}
    if get_origin(kind) is Literal:
        more["type"] = click.Choice([str(one) for one in get_args(kind)])
    elif kind is bool:
        told += f"/--no-{told[2:]}"
    else:
        more["type"] = FILE if kind is Path else _bounded(kind, field)
    return option(told, name, group=group, help=field.description, **more)


def settings(record: type[BaseModel], groups: Mapping[str, Iterable[str]]) -> tuple[Decorator, ...]:
    """The options for fields of a record, by the headings under which they stand."""
    return tuple(
        setting(record, name, group=group) for group, names in groups.items() for name in names
    )


def with_options(options: Iterable[Decorator], command: Decorator) -> Decorator:
    """The command with options, in their order."""
    for one in reversed(tuple(options)):
        command = one(command)
    return command


def _without_none(annotation: Any) -> Any:
    """The kind of value of a setting that may be left out."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    # What only Python can give, such as a function, stands behind what a command line can.
    return next(one for one in get_args(annotation) if one is not NoneType)


def _bounded(kind: Any, field: FieldInfo) -> click.ParamType[Any]:
    if kind not in (int, float):
        return click.STRING
    least = next((one for one in field.metadata if isinstance(one, annotated_types.Ge)), None)
    above = next((one for one in field.metadata if isinstance(one, annotated_types.Gt)), None)
    most = next((one for one in field.metadata if isinstance(one, annotated_types.Le)), None)
    bounds: dict[str, Any] = {
        "min": least.ge if least else above.gt if above else None,
        "min_open": above is not None,
        "max": most.le if most else None,
    }
    return click.IntRange(**bounds) if kind is int else Amount(**bounds)


def _json(told: str) -> Any:
    try:
        return json.loads(told)
    except ValueError:
        return told
