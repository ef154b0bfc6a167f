"""Failures that come with the status of success."""

import json
import re
from codecs import BOM_UTF8
from typing import Any

_PLACES = ("code", "status", "status_code", "error_code", "type")
# Where servers write that do not call it an error; what holds choices is an answer.
_WORDS = ("message", "msg", "error_msg", "status_msg", "detail")
_CHOICES = re.compile(rb'"choices"\s*:\s*\[\s*\{')
_FIRST, _LAST = 400, 599
# More are no status either, and Python takes no number of any length.
_DIGITS = 4
# What servers write in the place of a number.
_KINDS = {
    "apitimeout": 504,
    "engineoverloaded": 503,
    "internalserver": 500,
    "overloaded": 503,
    "ratelimit": 429,
    "ratelimited": 429,
    "ratelimitexceeded": 429,
    "resourceexhausted": 429,
    "server": 500,
    "serveroverloaded": 503,
    "serviceunavailable": 503,
    "timeout": 504,
    "toomanyrequests": 429,
    "unavailable": 503,
}
_NO_LETTER = re.compile(r"[^a-z]")


def told_status(body: bytes) -> int | None:
    """The status that the error in an answer tells; None without such."""
    return status_of(complaint_in(body))


def complaint_in(body: bytes) -> Any:
    """The error in an answer, with what is told beside it."""
    if b'"error"' not in body and _CHOICES.search(body):
        return None
    try:
        reply = json.loads(body.removeprefix(BOM_UTF8))
    except (ValueError, RecursionError):
        return None
    for place in (_first(reply), _first(_first(reply).get("choices"))):
        error = place.get("error")
        if isinstance(error, dict):
            return error
        if error:
            return {**place, "message": error}
    return None if _first(reply).get("choices") else _unnamed(_first(reply))


def _unnamed(reply: dict[str, Any]) -> Any:
    """The error in an answer that does not call it so."""
    for place in (reply, _first(reply.get("base_resp")), _first(reply.get("errors"))):
        told = next((place[name] for name in _WORDS if isinstance(place.get(name), str)), None)
        if told:
            return {**place, "message": told}
    return None


def _first(value: Any) -> dict[str, Any]:
    """An object, or the first in a list, else an empty one."""
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def status_of(complaint: Any) -> int | None:
    """The status that an error tells, as a number or in words; None where it tells none."""
    told = [complaint.get(place) for place in _PLACES] if complaint else []
    for code in map(str, told):
        known = int(code[:_DIGITS]) if code.isdecimal() else _KINDS.get(_kind(code), 0)
        if _FIRST <= known <= _LAST:
            return known
    return None


def _kind(name: str) -> str:
    """A name without its case and signs: RateLimitError is rate_limit_error."""
    return _NO_LETTER.sub("", name.casefold()).removesuffix("error")
