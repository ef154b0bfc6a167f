"""Failures that come with the status of success."""

import json
from codecs import BOM_UTF8
from typing import Any

_PLACES = ("code", "status", "status_code", "type")
_FIRST, _LAST = 400, 599
# What servers write in the place of a number.
_KINDS = {
    "internal_server_error": 500,
    "overloaded": 503,
    "overloaded_error": 503,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "resource_exhausted": 429,
    "server_error": 500,
    "service_unavailable": 503,
    "too_many_requests": 429,
    "unavailable": 503,
}


def told_status(body: bytes) -> int | None:
    """The status that the error in an answer tells; None without such."""
    return status_of(complaint_in(body))


def complaint_in(body: bytes) -> Any:
    """The error in an answer, with what is told beside it."""
    if b'"error"' not in body:
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
    return None


def _first(value: Any) -> dict[str, Any]:
    """An object, or the first in a list, else an empty one."""
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def status_of(complaint: Any) -> int | None:
    """The status that an error tells, as a number or in words; None where it tells none."""
    told = [complaint.get(place) for place in _PLACES] if complaint else []
    for code in map(str, told):
        known = int(code) if code.isdecimal() else _KINDS.get(code.casefold(), 0)
        if _FIRST <= known <= _LAST:
            return known
    return None
