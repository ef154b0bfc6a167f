"""Whatever a user is given or gives can be imported from where its function is."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import claimcompare

ROOMS = (
    "claimcompare",
    "claimcompare.corpus",
    "claimcompare.evaluation",
    "claimcompare.report",
    "claimcompare.testing",
)


@pytest.mark.parametrize("name", ROOMS)
def test_every_type_in_a_public_signature_is_public(name: str) -> None:
    room = import_module(name)
    public = {id(one) for one in (*_named(claimcompare), *_named(room))}
    missing = {
        f"{kind.__module__}.{kind.__qualname__}, of {where}"
        for one in _named(room)
        for where, kind in _touched(one)
        if id(kind) not in public
    }
    assert sorted(missing) == []


def _named(room: ModuleType) -> list[Any]:
    return [getattr(room, name) for name in room.__all__]


def _touched(one: Any) -> Iterator[tuple[str, type]]:
    """The classes of ours in what a function or a class says of itself."""
    for where, annotation in _annotations(one):
        for kind in _inside(annotation):
            if kind.__module__.startswith("claimcompare") and kind is not one:
                yield where, _generic(kind)


def _annotations(one: Any) -> Iterator[tuple[str, Any]]:
    if not inspect.isclass(one):
        if callable(one):
            yield from ((f"{one}", hint) for hint in _hints(one).values())
        else:
            yield f"{one}", one
        return
    yield from ((f"{one.__name__}.{name}", hint) for name, hint in _hints(one).items())
    yield from ((f"{one.__name__}()", hint) for hint in _hints(one.__init__).values())
    for name, member in inspect.getmembers(one):
        function = member.fget if isinstance(member, property) else member
        ours = getattr(function, "__module__", "") or ""
        if not name.startswith("_") and inspect.isroutine(function) and ours.startswith("claim"):
            yield from ((f"{one.__name__}.{name}", hint) for hint in _hints(function).values())


def _hints(one: Any) -> dict[str, Any]:
    try:
        found = get_type_hints(one)
    except TypeError:  # An alias such as Callable[...] has parts, and no hints.
        return {"": one}
    return {name: hint for name, hint in found.items() if not name.startswith("_")}


def _inside(annotation: Any) -> Iterator[type]:
    """The classes that an annotation is made of."""
    whole = get_origin(annotation) or annotation
    if inspect.isclass(whole):
        yield whole
    parts = annotation if isinstance(annotation, list) else get_args(annotation)
    for part in parts:
        yield from _inside(part)


def _generic(kind: Any) -> type:
    """The class itself of a record with a parameter, as Gold of Gold[PairItem]."""
    told = getattr(kind, "__pydantic_generic_metadata__", None) or {}
    whole: type = told.get("origin") or kind
    return whole
