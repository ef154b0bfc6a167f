"""A fake OpenAI-compatible endpoint on loopback: many connections, one thread."""

import asyncio
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from tests.endpoint.answers import Task, task_of
from tests.endpoint.decisions import PATHS, complaint, is_decision, state_of
from tests.endpoint.faults import TOO_MANY, Fault, FaultPlan
from tests.endpoint.replies import Reply, fails
from tests.endpoint.spoiled import HANG_UP, quoting, spoiled_reply, unspoiled_reply

_PATH = re.compile(rb"POST \S*(/chat/completions|/decisions|/systemone)(?:\?\S*)? ")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LAST = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_MANY = 4_096


@dataclass(frozen=True)
class Settings:
    """How the endpoint behaves; times in seconds.

    A call beyond `most_in_flight` gets a 429. Errors quote the request headers named by `quotes`.
    `decisions` are the decision endpoints that there are, "openai" and "systemone"; a request
    with more than `most_questions` gets a 400.
    """

    latency: float = 0.0
    stall: float = 30.0
    log: Path | None = None
    plan: FaultPlan = field(default_factory=FaultPlan)
    most_in_flight: int | None = None
    quotes: tuple[bytes, ...] = ()
    decisions: frozenset[str] = frozenset()
    most_questions: int | None = None

    def has(self, path: str) -> bool:
        """Whether there is such a path."""
        return path not in PATHS or PATHS[path] in self.decisions


class Call(NamedTuple):
    """A request as it arrived, and what will go wrong with it."""

    head: bytes
    body: Mapping[str, Any]
    task: Task
    id: str
    attempt: int
    at: float
    in_flight: int
    fault: Fault | None


def body_id(body: object) -> str:
    """What tells one request from another: the hash of its canonical JSON."""
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def prompt_id(body: Mapping[str, Any]) -> str:
    """The hash of a filled prompt, as the library computes it."""
    if is_decision(body):
        return hashlib.sha256(state_of(body).encode()).hexdigest()
    texts = (str(message.get("content", "")) for message in body.get("messages", ()))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class Endpoint:
    """What all connections share."""

    def __init__(self, settings: Settings, log: TextIO | None) -> None:
        self.settings = settings
        self.connections: set[Connection] = set()
        self._log = log
        self._in_flight = 0
        self._arrivals: Counter[str] = Counter()

    def arrived(self, head: bytes, body: Mapping[str, Any]) -> Call:
        """The call that this body is; counted only where somebody reads the count."""
        self._in_flight += 1
        plan, task, name, attempt = self.settings.plan, task_of(body), "", 0
        if self._log or plan.rate:
            name = body_id({key: value for key, value in body.items() if key != "stream"})
            attempt = self._arrivals[name]
            self._arrivals[name] += 1
        fault = plan.fault_for(name, attempt, task) if plan.rate else None
        if self._in_flight > (self.settings.most_in_flight or self._in_flight):
            fault = TOO_MANY
        return Call(head, body, task, name, attempt, time.time(), self._in_flight, fault)

    def wait(self, call: Call) -> float:
        """After how many seconds to answer."""
        if call.fault is TOO_MANY:
            return 0.0
        stalls = call.fault is not None and call.fault.name == "stall"
        return self.settings.stall if stalls else self.settings.latency

    def reply(self, call: Call, now: float) -> Reply:
        """What to answer now."""
        if call.task == "decide" and call.fault is None:
            told = complaint(call.body, self.settings.most_questions)
            return told or unspoiled_reply(call.body, call.task)
        if call.fault is None:
            return unspoiled_reply(call.body, call.task)
        reply = spoiled_reply(call.fault, call.body, call.task, now)
        return quoting(reply, call.head, self.settings.quotes)

    def done(self, call: Call, reply: Reply, at: float) -> None:
        """Keep a row of the log."""
        self._in_flight -= 1
        if self._log is None:
            return
        row = {
            "id": call.id,
            "prompt": prompt_id(call.body),
            "task": call.task,
            "attempt": call.attempt,
            "at": call.at,
            "done": at,
            "fault": call.fault and call.fault.name,
            "status": reply.status,
            "in_flight": call.in_flight,
            **reply.tokens._asdict(),
            "retry_after": reply.retry_after,
        }
        self._log.write(json.dumps(row) + "\n")


class Connection(asyncio.Protocol):
    """One client's connection, kept alive; its requests are answered in turn."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._call: Call | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_last = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._endpoint.connections.add(self)

    def eof_received(self) -> None:
        self._give_up()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the base's
        self._transport = None
        self._endpoint.connections.discard(self)
        self._give_up()

    def data_received(self, data: bytes) -> None:
        self._received += data
        # Not at once: who hung up before this was sent is not to count as in flight any more.
        self._loop.call_soon(self._next)

    def hang_up(self) -> None:
        """Close at once."""
        self._give_up()
        if self._transport:
            self._transport.abort()

    def _give_up(self) -> None:
        call, self._call = self._call, None
        if call and self._timer:
            self._timer.cancel()
            self._endpoint.done(call, HANG_UP, time.time())

    def _next(self) -> None:
        """Begin with the next request, if all of it has come and the last one is answered."""
        if self._call or self._transport is None:
            return
        head_end = self._received.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = bytes(self._received[:head_end])
        length = _LENGTH.search(head)
        end = head_end + 4 + (int(length[1]) if length else 0)
        if len(self._received) < end:
            return
        content = bytes(self._received[head_end + 4 : end])
        del self._received[:end]
        self._is_last = _LAST.search(head) is not None
        self._begin(head, content)

    def _begin(self, head: bytes, content: bytes) -> None:
        path = _PATH.match(head)
        if not path or not self._endpoint.settings.has(path[1].decode()):
            self._send(fails(404, "no such path"))
            return
        try:
            body = json.loads(content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            self._send(fails(400, "the body is no JSON object"))
            return
        self._call = self._endpoint.arrived(head, body)
        self._timer = self._loop.call_later(self._endpoint.wait(self._call), self._answer)

    def _answer(self) -> None:
        call, self._call, self._timer = self._call, None, None
        assert call is not None
        now = time.time()
        reply = self._endpoint.reply(call, now)
        # First the log: whoever has the reply finds its row there.
        self._endpoint.done(call, reply, now)
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        if self._transport is None:
            return
        self._transport.write(reply.wire())
        if self._is_last or reply.cut or not reply.status:
            self._transport.close()
        elif self._received:
            self._next()


async def serve(settings: Settings, stopped: asyncio.Event) -> None:
    """Listen on a free port, print it, and answer until told to stop."""
    with _opened(settings.log) as log:
        endpoint = Endpoint(settings, log)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: Connection(endpoint), "127.0.0.1", 0, backlog=_MANY
        )
        sys.stdout.write(json.dumps({"port": server.sockets[0].getsockname()[1]}) + "\n")
        sys.stdout.flush()
        await stopped.wait()
        server.close()
        for connection in tuple(endpoint.connections):
            connection.hang_up()


def _opened(log: Path | None) -> AbstractContextManager[TextIO | None]:
    return log.open("a", buffering=1, encoding="utf-8") if log else nullcontext()
