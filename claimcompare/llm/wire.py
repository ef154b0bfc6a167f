"""The HTTP client of an endpoint: what it passes on is bounded, and holds no secret."""

import logging
from collections.abc import AsyncIterator
from typing import Any
from weakref import finalize

import httpx2
import openai

from claimcompare.llm.recording import open_recording
from claimcompare.llm.secrets import Secrets

# More than the longest answer of any model, with its thoughts: over a million tokens.
MOST_BYTES = 20_000_000
_OF_THE_BODY_AS_SENT = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_LOGGERS = (
    "httpx2",
    "httpcore2.connection",
    "httpcore2.http11",
    "httpcore2.http2",
    "httpcore2.proxy",
    "httpcore2.socks",
    "openai",
    "openai._base_client",
    "vcr.cassette",
    "vcr.stubs.httpx_stubs",
)


class BrokenOff(httpx2.LocalProtocolError):
    """A response that is not read to its end, since no answer is like that."""


class EndpointClient(openai.DefaultAsyncHttpxClient):
    """Reads responses within bounds, and stars secrets in them before anybody sees them."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.secrets = Secrets()
        # The loggers of libraries are told what the endpoint sends as it comes.
        kept_out = _NoSecrets(self.secrets)
        for name in _LOGGERS:
            logger = logging.getLogger(name)
            logger.addFilter(kept_out)
            finalize(self, logger.removeFilter, kept_out)

    async def send(self, request: httpx2.Request, **how: Any) -> httpx2.Response:
        """The whole response, unpacked; raises BrokenOff, and what httpx2 raises."""
        url = request.url
        if url.userinfo:
            # In a URL it would be written to logs and recordings.
            how["auth"] = httpx2.BasicAuth(url.username, url.password)
            request.url = url.copy_with(userinfo=b"")
        response = await super().send(request, **{**how, "stream": True})
        try:
            whole = self._without_secrets(response, await _read(response))
        finally:
            await response.aclose()
        if (recording := open_recording()) is not None:
            recording.hear(whole, self.secrets)
        return whole

    def _without_secrets(self, response: httpx2.Response, body: bytes) -> httpx2.Response:
        """A response of the same meaning; in an answer, letters that the model may say stay."""
        hidden = self.secrets.hidden_in(body)
        if hidden != body and response.is_success:
            hidden = self.secrets.unsaid(response.request.content).hidden_in(body)
        headers = [
            (name, self.secrets.hidden(value))
            for name, value in response.headers.multi_items()
            if name.lower() not in _OF_THE_BODY_AS_SENT
        ]
        return httpx2.Response(
            response.status_code, headers=headers, content=hidden, request=response.request
        )


class _NoSecrets(logging.Filter):
    """Stars secrets in what is logged."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = self._secrets.hidden(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


class _Bounded(httpx2.AsyncByteStream):
    """The bytes of a response as they come, up to the most."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            _check(size)
            yield part

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()


async def _read(response: httpx2.Response) -> bytes:
    """The body, unpacked; raises BrokenOff."""
    packed = response.headers.get_list("content-encoding", split_commas=True)
    if len(packed) > 1:
        # What it unpacks to on the way to the last is not bounded by what comes out.
        raise BrokenOff(f"the endpoint's answer is packed {len(packed)} times over")
    if not isinstance(response.stream, httpx2.AsyncByteStream):
        raise BrokenOff("the endpoint's answer cannot be read")
    response.stream = _Bounded(response.stream)
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        _check(len(body))
    return bytes(body)


def _check(size: int) -> None:
    if size > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise BrokenOff(f"the endpoint's answer is longer than {most}; is the base URL right?")
