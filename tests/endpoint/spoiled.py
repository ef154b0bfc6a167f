"""What a request gets when a fault befalls it."""

import json
import math
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from typing import Any

from tests.endpoint.answers import STANCES, Said, Task, right_answer
from tests.endpoint.decisions import right_decisions, spoiled_decisions
from tests.endpoint.faults import Fault
from tests.endpoint.replies import Reply, Tokens, fails, right_reply, says

HANG_UP = Reply(0)

_MESSAGES = {
    400: "This model's maximum context length is exceeded.",
    401: "Incorrect API key provided.",
    403: "Your project may not use this model.",
    404: "The model does not exist.",
    408: "The request took too long to arrive.",
    409: "The resource is locked by another request.",
    422: "The request is well formed but means nothing.",
    429: "Rate limit reached for this model.",
    500: "The server had an error.",
    501: "This model is no decision model.",
    502: "Bad gateway.",
    503: "The engine is overloaded.",
}
_SECONDS = 1.0
_MILLISECONDS = 120
_AHEAD = 2
_SORRY = "I am sorry, I cannot answer that."
_OTHER_JSON = '{"unexpected": [1, 2]}'
_FROM_NOWHERE = {
    "passages": [999],
    "speaker": "",
    "mention": "",
    "via": [],
    "kind": "opinion",
    "text": "Nothing good will come of it.",
}
_PAGE = b"<!doctype html><title>Welcome</title><p>This is no endpoint."


def unspoiled_reply(body: Mapping[str, Any], task: Task) -> Reply:
    """The reply of an endpoint that works, of whichever kind."""
    return right_decisions(body) if task == "decide" else right_reply(body, task)


def spoiled_reply(fault: Fault, body: Mapping[str, Any], task: Task, now: float) -> Reply:
    """The reply under a fault, written at `now`."""
    if fault.kind == "answer":
        return _bad_answer(fault.name, body, task)
    if fault.name in ("closed-early", "stall"):
        return HANG_UP
    if fault.name == "closed-midway":
        return unspoiled_reply(body, task)._replace(cut=True, tokens=Tokens())
    status, _, wait = fault.name.partition("-")
    return _told_to_wait(fails(int(status), _MESSAGES[int(status)]), wait, now)


def quoting(reply: Reply, head: bytes, names: Sequence[bytes]) -> Reply:
    """A reply whose error message, if it has one, ends with headers of the request."""
    if not names or not reply.body.startswith(b'{"error"'):
        return reply
    told = json.loads(reply.body)
    lines = [line.decode() for line in head.split(b"\r\n") if line.lower().startswith(tuple(names))]
    told["error"]["message"] += f" You sent {', '.join(lines)}."
    return reply._replace(body=json.dumps(told).encode())


def _told_to_wait(reply: Reply, wait: str, now: float) -> Reply:
    match wait:
        case "seconds":
            return reply._replace(headers={"retry-after": "1"}, retry_after=_SECONDS)
        case "ms":
            headers = {"retry-after-ms": str(_MILLISECONDS)}
            return reply._replace(headers=headers, retry_after=_MILLISECONDS / 1_000)
        case "date":
            # The header holds whole seconds: the wait asked for is up to half a second off.
            until = round(now) + _AHEAD
            headers = {"retry-after": formatdate(until, usegmt=True)}
            return reply._replace(headers=headers, retry_after=until - now)
    return reply


def _bad_answer(name: str, body: Mapping[str, Any], task: Task) -> Reply:
    match name:
        case "error-in-200":
            return fails(200, "The upstream model did not answer.")
        case "html":
            return Reply(200, _PAGE, {"content-type": "text/html"})
    if task == "decide":
        return spoiled_decisions(name, body)
    return says(body, _bad_words(name, right_answer(body, task)))


def _bad_words(name: str, right: Said) -> Said:
    content = right.content or ""
    if name == "out-of-range":
        return Said(json.dumps({"claims": [_FROM_NOWHERE, *json.loads(content)["claims"]]}))
    bad = {
        "truncated": Said(content[: len(content) // 2], "length"),
        "empty": Said(""),
        "not-json": Said(_SORRY),
        "fenced": Said(f"```json\n{content}\n```"),
        "off-schema": Said(_OTHER_JSON),
        "refusal": Said(None, refusal=_SORRY),
        "filtered": Said("", "content_filter"),
        "nan": right._replace(logprobs=dict.fromkeys(STANCES, math.nan)),
    }
    return bad[name]
