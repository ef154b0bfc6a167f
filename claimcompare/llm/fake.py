"""A model that answers by a function: all is as with a server, but for the network."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2
from pydantic import BaseModel

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable
from claimcompare.llm.address import Address
from claimcompare.llm.asked import asked
from claimcompare.llm.client import LLM
from claimcompare.llm.events import OnEvent
from claimcompare.llm.requests import CHAT, messages_of
from claimcompare.llm.settings import LLMSettings
from claimcompare.llm.tokens import estimated_tokens
from claimcompare.schema import Prompt

Reply = str | Mapping[str, Any] | Sequence[Any] | BaseModel | Exception
Answering = Callable[[Prompt], Reply]
_URL = "http://fake.invalid/v1"
_NO_WAITS: dict[str, Any] = {"cache": False, "max_wait": 0.0}
# How a server tells of an answer that is none.
_REASONS = {"truncated": "length", "filtered": "content_filter"}


class FakeLLM(LLM):
    """A model that answers by a function of the filled prompt, without server, key or network.

    The function gets a `Prompt` (`name`, `system`, `user`) and gives, on the thread that makes
    calls:

    - a text, or a mapping, list or record, which is sent as JSON;
    - for a closed question, a probability for each option, as in `{"yes": 0.9, "no": 0.1}`;
    - an error of this library, given or raised, for what a server would do to cause it:
      `LLMUnavailable` is a server that is down, `LLMOutputError` an answer that is of no use, any
      other `LLMError` a request that is rejected. `TimeoutError` and `ConnectionError` are those
      of a network. What else it raises comes out of the call, as a fault of the function.

    Answers are read, checked, asked for again, counted and charged as those of any model; only a
    cache and waits between attempts are there only if the settings say so.
    """

    def __init__(
        self,
        answer: Answering,
        *,
        model: str = "fake",
        settings: LLMSettings | None = None,
        on_event: OnEvent | None = None,
    ) -> None:
        told = settings or LLMSettings()
        own = {name: _NO_WAITS[name] for name in _NO_WAITS.keys() - told.model_fields_set}
        self._transport = httpx2.MockTransport(_Server(answer))
        super().__init__(
            model,
            base_url=_URL,
            api_key="fake",
            settings=told.model_copy(update=own),
            on_event=on_event,
        )

    def _address(self, base_url: str | None, api_key: str | None) -> Address:
        return Address(base_url, api_key, transport=self._transport)


class _Server:
    """Answers requests for chat by the function; it has nothing else."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if not request.url.path.endswith(CHAT.path):
            return _complaint(404, "this model answers chats alone")
        body = json.loads(request.content)
        try:
            reply = self._answer(asked())
        except (LLMError, TimeoutError, ConnectionError) as error:
            reply = error
        if isinstance(reply, Exception):
            return _failed(body, reply, request)
        return _completion(body, _choice(body, reply))


def _choice(body: Mapping[str, Any], reply: Any) -> dict[str, Any]:
    """What is said, and of a closed question how likely each option is."""
    if body.get("logprobs") and isinstance(reply, Mapping):
        shares = sorted(reply.items(), key=lambda one: -one[1])
        top = [{"token": option, "logprob": _log(share)} for option, share in shares]
        first = {**top[0], "top_logprobs": top}
        return {"message": {"content": shares[0][0]}, "logprobs": {"content": [first]}}
    return {"message": {"content": _text(reply)}}


def _log(share: float) -> float:
    # What cannot be is, with servers, very unlikely: JSON has no infinity.
    return math.log(share) if share > 0 else -9999.0


def _text(reply: Any) -> str:
    if isinstance(reply, str):
        return reply
    if isinstance(reply, BaseModel):
        return reply.model_dump_json()
    return json.dumps(reply, ensure_ascii=False)


def _failed(body: Mapping[str, Any], error: Exception, request: httpx2.Request) -> httpx2.Response:
    """What a server does to cause that error; raises what a network does, or else the error."""
    if isinstance(error, LLMOutputError):
        said: dict[str, Any] = {"message": {"content": error.output}}
        if error.fault == "refused":
            said = {"message": {"content": None, "refusal": error.output or str(error)}}
        return _completion(body, {**said, "finish_reason": _REASONS.get(error.fault, "stop")})
    if isinstance(error, LLMUnavailable):
        return _complaint(503, str(error))
    if type(error) is LLMError:
        return _complaint(400, str(error))
    if isinstance(error, TimeoutError):
        raise httpx2.ReadTimeout(str(error), request=request)
    if isinstance(error, ConnectionError):
        raise httpx2.ConnectError(str(error), request=request)
    raise error


def _completion(body: Mapping[str, Any], choice: dict[str, Any]) -> httpx2.Response:
    said = choice["message"]["content"] or ""
    read = sum(estimated_tokens(message.text) for message in messages_of(dict(body)))
    written = estimated_tokens(said)
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    whole = {"finish_reason": "stop", **choice}
    return httpx2.Response(200, json={"choices": [whole], "usage": usage})


def _complaint(status: int, words: str) -> httpx2.Response:
    return httpx2.Response(status, json={"error": {"message": words}})
