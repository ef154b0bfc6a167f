"""A fake OpenAI-compatible endpoint on loopback, and what the tests send to it."""

import json
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any, Self
from weakref import WeakSet

from pydantic import BaseModel, ConfigDict

from claimcompare.llm import LLM, LLMSettings, OnEvent
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

KEY = "sk-MARKED-0123456789"
USAGE = {
    "prompt_tokens": 11,
    "completion_tokens": 5,
    "total_tokens": 16,
    "prompt_tokens_details": {"cached_tokens": 7},
}


class City(BaseModel):
    """What the tests ask for."""

    model_config = ConfigDict(extra="forbid")

    name: str
    people: int


ULM = City(name="Ulm", people=126_000)
ULM_JSON = ULM.model_dump_json()


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        """The user message."""
        return str(self.body["messages"][1]["content"])


@dataclass(frozen=True)
class Reply:
    """An HTTP response; status 0 hangs up without one."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})


HANG_UP = Reply(status=0)
Script = Callable[[Seen], Reply]


def says(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    logprobs: Mapping[str, float] | None = None,
    usage: Mapping[str, Any] | None = USAGE,
) -> Reply:
    """A chat completion; `logprobs` are the first token's alternatives."""
    top = [{"token": token, "logprob": value} for token, value in (logprobs or {}).items()]
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": content, "refusal": refusal},
        "logprobs": {"content": [{**top[0], "top_logprobs": top}]} if top else None,
    }
    return replies_json(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": "m",
            "choices": [choice],
            **({} if usage is None else {"usage": usage}),
        }
    )


def fails(status: int, message: str = "no luck", code: str | None = None, **headers: str) -> Reply:
    """An error in OpenAI's form; `retry_after="1"` is a header."""
    error = {"message": message, "type": "error", "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = replies_json({"error": error}, status)
    return replace(reply, headers={**reply.headers, **named})


def replies_json(value: object, status: int = 200) -> Reply:
    """Any JSON; NaN and infinities are written as Python does."""
    return Reply(json.dumps(value).encode(), status)


def ballot(answer: str) -> Reply:
    """A vote."""
    return says(json.dumps({"answer": answer}))


class FakeServer(ThreadingHTTPServer):
    """Answers with `replies` in order, or with whatever a script makes of each request."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[Seen] = []
        self.in_flight = 0
        self.peak = 0
        self.changed = Condition()
        self.sockets: set[socket.socket] = set()
        self.connections = 0
        self.models: WeakSet[LLM] = WeakSet()
        self._script: Script = lambda _: _NOTHING_SCRIPTED
        self._thread = Thread(target=self.serve_forever, args=(0.01,))
        self._open = True
        self._thread.start()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def will(self, *replies: Reply) -> Self:
        """Answer the next requests with these, in order."""
        rest = iter(replies)
        self._script = lambda _: next(rest, _NOTHING_SCRIPTED)
        return self

    def will_always(self, script: Reply | Script) -> Self:
        """Answer every request with this reply, or with what the script returns."""
        self._script = (lambda _: script) if isinstance(script, Reply) else script
        return self

    def answer(self, request: Seen) -> Reply:
        """Record the request and reply to it."""
        with self.changed:
            self.seen.append(request)
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
        try:
            return self._script(request)
        finally:
            with self.changed:
                self.in_flight -= 1

    def is_idle(self) -> bool:
        """Whether every connection is closed, after giving the last ones time to."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.sockets, timeout=5)

    def close(self) -> None:
        """Hang up and stop; a second call does nothing."""
        if not self._open:
            return
        self._open = False
        self.shutdown()
        self._thread.join()
        with self.changed:
            for connection in self.sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error; a script that raises is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The body goes out at once; else it waits 40 ms for the client to acknowledge the headers.
    disable_nagle_algorithm = True
    server: FakeServer

    def setup(self) -> None:
        super().setup()
        with self.server.changed:
            self.server.sockets.add(self.connection)
            self.server.connections += 1

    def finish(self) -> None:
        with self.server.changed:
            self.server.sockets.discard(self.connection)
            self.server.changed.notify_all()
        super().finish()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.answer(Seen(self.path, headers, body))
        self.close_connection = not reply.status
        if not reply.status:
            return
        self.send_response(reply.status)
        for name, value in {"content-length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


_NOTHING_SCRIPTED = fails(418, "the test's script is over")


def model_at(
    server: FakeServer, model: str = "m", *, on_event: OnEvent | None = None, **settings: Any
) -> LLM:
    """A model on the server that waits for nothing; the `server` fixture closes it."""
    chosen = LLMSettings(**{"attempts": 3, "max_wait": 0, "cache": False, **settings})
    llm = LLM(model, base_url=server.url, api_key=KEY, settings=chosen, on_event=on_event)
    server.models.add(llm)
    return llm


def prompt(user: str = "Which city?", *, name: str = "extract") -> Prompt:
    """A filled prompt."""
    return Prompt(name=name, version="1", system="You know cities.", user=user, sha256="0" * 64)


def cost(calls: int = 1) -> Usage:
    """The usage of that many replies, by a model without a price."""
    return Usage(
        calls=calls,
        prompt_tokens=11 * calls,
        cached_tokens=7 * calls,
        completion_tokens=5 * calls,
        cost=None,
    )
