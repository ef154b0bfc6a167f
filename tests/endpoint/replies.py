"""Replies as they go over the wire."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from tests.endpoint.answers import Said, Task, right_answer

_JSON = "application/json"
_CHARACTERS = 4
_REASONS = {status.value: status.phrase for status in HTTPStatus}


class Tokens(NamedTuple):
    """The usage that a reply tells."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


class Reply(NamedTuple):
    """An HTTP response; status 0 hangs up without one, `cut` in the middle of its body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    tokens: Tokens = Tokens()
    retry_after: float | None = None
    cut: bool = False

    def wire(self) -> bytes:
        """The bytes to send."""
        if not self.status:
            return b""
        headers = {"content-type": _JSON, "content-length": str(len(self.body)), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {self.status} {_REASONS[self.status]}\r\n{lines}\r\n".encode()
        return head + (self.body[: len(self.body) // 2] if self.cut else self.body)


def right_reply(body: Mapping[str, Any], task: Task) -> Reply:
    """The reply of a chat endpoint that works."""
    return says(body, right_answer(body, task))


def says(body: Mapping[str, Any], said: Said) -> Reply:
    """A chat completion."""
    tokens = _tokens(body, said.content or said.refusal or "")
    choice = {
        "index": 0,
        "finish_reason": said.finish,
        "message": {"role": "assistant", "content": said.content, "refusal": said.refusal},
        "logprobs": None if said.logprobs is None else _logprobs(said.logprobs),
    }
    value = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model", "m"),
        "choices": [choice],
        "usage": {
            "prompt_tokens": tokens.prompt_tokens,
            "completion_tokens": tokens.completion_tokens,
            "total_tokens": tokens.prompt_tokens + tokens.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": tokens.cached_tokens},
        },
    }
    return Reply(200, json.dumps(value).encode(), tokens=tokens)


def fails(status: int, message: str, code: str | None = None) -> Reply:
    """An error in OpenAI's form."""
    error = {"message": message, "type": "error", "param": None, "code": code}
    return Reply(status, json.dumps({"error": error}).encode())


def _logprobs(chances: Mapping[str, float]) -> dict[str, Any]:
    top = [{"token": token, "logprob": value, "bytes": None} for token, value in chances.items()]
    return {"content": [{**top[0], "top_logprobs": top}], "refusal": None}


def _tokens(body: Mapping[str, Any], text: str) -> Tokens:
    """A token for every four characters begun; the system message comes from a cache."""
    lengths = [len(str(message.get("content", ""))) for message in body.get("messages", ())]
    cached = lengths[0] // _CHARACTERS if lengths else 0
    return Tokens(-(-sum(lengths) // _CHARACTERS), cached, -(-len(text) // _CHARACTERS))
