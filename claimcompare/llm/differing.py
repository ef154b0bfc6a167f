"""In what a request differs from those that were recorded."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_HASH = 8
# What changes no answer, and what stands under names of its own.
_APART = frozenset({"messages", "model", "stream"})
_ROLES = {"system": "prompt", "user": "text"}
Fields = Mapping[str, Any]


def fields(body: Fields) -> dict[str, Any]:
    """The parts of a request's body, by the names that people know them by.

    `prompt` is the system message, `text` the material that the prompt is filled with.
    """
    messages = body.get("messages")
    told = {
        _ROLES.get(str(one.get("role")), "text"): one.get("content")
        for one in (messages if isinstance(messages, list) else [])
        if isinstance(one, dict)
    }
    rest = {name: value for name, value in body.items() if name not in _APART}
    return {**rest, "model": body.get("model"), **told}


def summary(body: Fields) -> dict[str, str]:
    """The model, and short hashes of prompt, text and all settings: too little to read from."""
    whole = fields(body)
    told = {name: whole.pop(name, None) for name in ("model", "prompt", "text")}
    model = str(told.pop("model"))
    return {"model": model} | {
        name: _hash(value) for name, value in {**told, "settings": whole}.items()
    }


def nearest(forms: Sequence[Fields], recorded: Iterable[Fields]) -> str:
    """The parts in which the nearest of some requests differs, in words; empty if there is none.

    A request may have been sent in any of several forms; that which differs least counts.
    """
    found = [_differing(asked, one) for one in recorded for asked in forms]
    return _in_words(min(found, key=len)) if found else ""


def _differing(asked: Fields, recorded: Fields) -> list[str]:
    names = sorted(asked.keys() | recorded.keys(), key=_rank)
    return [_told(name, asked, recorded) for name in names if asked.get(name) != recorded.get(name)]


def _told(name: str, asked: Fields, recorded: Fields) -> str:
    return f"model ({recorded.get(name)}, now {asked.get(name)})" if name == "model" else name


def _rank(name: str) -> tuple[bool, str]:
    return name not in ("model", "prompt", "text"), name


def _in_words(differing: list[str]) -> str:
    return f"the nearest differs in {', '.join(differing) or 'the way it was sent'}"


def _hash(value: Any) -> str:
    told = json.dumps(value, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_HASH]
