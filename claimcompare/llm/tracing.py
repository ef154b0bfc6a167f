"""OpenTelemetry spans of calls, for those who ask for them.

Attributes: OpenTelemetry semantic conventions for generative AI client spans,
https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit

from claimcompare.errors import ClaimCompareError, LLMError
from claimcompare.extras import needs
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request, messages_of
from claimcompare.llm.settings import LLMSettings

Answered = Callable[[Completion], None]
Trace = Callable[[Request], AbstractContextManager[Answered]]


def tracer_for(base_url: str, settings: LLMSettings) -> Trace:
    """What makes a span around a call and takes its answer; raises LLMError."""
    if settings.traces == "none":
        return _no_span
    return Tracer(base_url, texts=settings.traces == "texts").span


class Tracer:
    """Makes spans; raises LLMError where the extra is missing."""

    def __init__(self, base_url: str, *, texts: bool) -> None:
        with needs("traces", "tracing", raising=LLMError):
            from opentelemetry import trace
        self._tracer = trace.get_tracer("claimcompare")
        self._server = urlsplit(base_url)
        self._texts = texts

    @contextmanager
    def span(self, request: Request) -> Iterator[Answered]:
        """A span around one call with all its attempts."""
        from opentelemetry.trace import SpanKind, Status, StatusCode

        with self._tracer.start_as_current_span(
            f"{request.api.operation} {request.body['model']}",
            kind=SpanKind.CLIENT,
            attributes=self._request(request),
            # An exception may quote what the model was given or said.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield lambda answer: span.set_attributes(self._response(answer))
            except ClaimCompareError as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def _request(self, request: Request) -> dict[str, Any]:
        body = request.body
        attributes = {
            "gen_ai.operation.name": request.api.operation,
            "gen_ai.provider.name": "openai",
            "gen_ai.request.model": body["model"],
            "gen_ai.request.max_tokens": body.get("max_tokens", body.get("max_completion_tokens")),
            "gen_ai.request.temperature": body.get("temperature"),
            "server.address": self._server.hostname,
            "server.port": self._server.port,
            "claimcompare.prompt": request.prompt.name,
        }
        if self._texts:
            attributes["gen_ai.input.messages"] = json.dumps(
                [_message(*one) for one in messages_of(body)]
            )
        return {name: value for name, value in attributes.items() if value is not None}

    def _response(self, answer: Completion) -> dict[str, Any]:
        attributes: dict[str, Any] = {
            "gen_ai.usage.input_tokens": answer.usage.prompt_tokens,
            "gen_ai.usage.cache_read.input_tokens": answer.usage.cached_tokens,
            "gen_ai.usage.output_tokens": answer.usage.completion_tokens,
        }
        if answer.finish_reason:
            attributes["gen_ai.response.finish_reasons"] = [answer.finish_reason]
        if self._texts:
            attributes["gen_ai.output.messages"] = json.dumps([_message("assistant", answer.text)])
        return attributes


def _no_span(request: Request) -> AbstractContextManager[Answered]:  # noqa: ARG001
    return nullcontext(lambda _: None)


def _message(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "parts": [{"type": "text", "content": text}]}
