"""Parts that other packages bring, found by the entry points that they declare.

A package declares a part in its pyproject.toml, by a name in one of these groups:

    [project.entry-points."claimcompare.forms"]     # a comparison as text, for -f NAME, -o *.NAME
    [project.entry-points."claimcompare.articles"]  # articles of files that end in .NAME
    [project.entry-points."claimcompare.parts"]     # who does the stages, for --parts NAME
    [project.entry-points."claimcompare.adapters"]  # a data set to score on, for --adapter NAME
    [project.entry-points."claimcompare.stores"]    # where answers are kept, for --store NAME

Nothing of it is imported before it is asked for by name.
"""

import sys
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from pydantic import PlainSerializer

from claimcompare.errors import PluginError

Group = Literal["forms", "articles", "parts", "adapters", "stores"]
_CALLED: Mapping[Group, str] = {
    "forms": "the form",
    "articles": "the reader of files called",
    "parts": "the parts",
    "adapters": "the adapter",
    "stores": "the store",
}
_OURS = "claimcompare"


def names(group: Group, shipped: Collection[str] = ()) -> tuple[str, ...]:
    """The names that other packages declare, beside those that are shipped."""
    declared = {point.name for point in _declared(group, tuple(sys.path))}
    return tuple(sorted(declared.difference(shipped)))


def find(group: Group, name: str, shipped: Collection[str] = ()) -> EntryPoint | None:
    """Who brings the part of that name; raises PluginError where two do, or it is also shipped."""
    found = [point for point in _declared(group, tuple(sys.path)) if point.name == name]
    owners = sorted({package_of(point) for point in found})
    if name in shipped and owners:
        owners = [_OURS, *owners]
    if len(owners) > 1:
        raise PluginError(
            f"{_CALLED[group]} {name!r} is brought by {' and by '.join(owners)}; "
            "uninstall all but one of them, or have it renamed",
            name=name,
            packages=owners,
        )
    return found[0] if found else None


def load(group: Group, name: str, shipped: Collection[str] = ()) -> Any:
    """The part of that name, which is not a shipped one; raises PluginError."""
    point = find(group, name, shipped)
    if point is None:
        known = ", ".join((*shipped, *names(group, shipped))) or "none is installed"
        raise PluginError(f"nobody brings {_CALLED[group]} {name!r} ({known})", name=name)
    try:
        part = point.load()
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise _unusable(group, point, f"cannot be loaded: {what}") from error
    if not callable(part):
        raise _unusable(group, point, f"is no function, but {type(part).__name__}")
    return part


def called(part: object) -> str:
    """The name of a part: that of its entry point, or where the object was defined."""
    if isinstance(part, str):
        return part
    kind = part if hasattr(part, "__qualname__") else type(part)
    return f"{kind.__module__}:{kind.__qualname__}"


# For settings that hold a part: what only Python can give is written down as its name.
BY_NAME = PlainSerializer(called, return_type=str, when_used="json-unless-none")


def package_of(point: EntryPoint) -> str:
    """The package that declares it, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def _unusable(group: Group, point: EntryPoint, why: str) -> PluginError:
    package = package_of(point)
    told = f"{_CALLED[group]} {point.name!r} of the package {package} {why}"
    return PluginError(told, name=point.name, packages=[package])


# By where modules are looked for, since that may change in a process.
@lru_cache(maxsize=16)
def _declared(group: Group, _: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=f"claimcompare.{group}"))
