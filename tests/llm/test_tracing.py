"""OpenTelemetry spans: what they say of a call, and what only those who ask get to see."""

import gc
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from claimcompare.errors import LLMError
from tests.llm.server import (
    HANG_UP,
    KEY,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    fails,
    model_at,
    prompt,
    says,
)

PROMPT = "MARKED: which city?"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Where spans end; the global provider of others is left alone."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr("opentelemetry.trace.get_tracer", provider.get_tracer)
    return exporter


def ask(server: FakeServer, traces: str = "spans", **settings: Any) -> None:
    model_at(server, "gpt-x", traces=traces, **settings).ask(prompt(PROMPT), City)


def failing(server: FakeServer, traces: str = "spans", **settings: Any) -> None:
    with pytest.raises(LLMError):
        ask(server, traces, **settings)


def only(spans: InMemorySpanExporter) -> tuple[ReadableSpan, dict[str, Any]]:
    """The one span and its attributes."""
    (span,) = spans.get_finished_spans()
    return span, dict(span.attributes or {})


def test_a_call_is_a_span_with_what_was_asked(
    server: FakeServer, spans: InMemorySpanExporter
) -> None:
    ask(server.will(says(ULM_JSON)), temperature=0.25, max_output_tokens=77)
    span, attributes = only(spans)
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-x",
        "gen_ai.request.max_tokens": 77,
        "gen_ai.request.temperature": 0.25,
        "server.address": "127.0.0.1",
        "server.port": urlsplit(server.url).port,
        "claimcompare.prompt": "extract",
    }
    assert (span.name, span.kind) == ("chat gpt-x", SpanKind.CLIENT)
    assert attributes.items() >= asked.items()


def test_a_span_tells_what_the_answer_cost(server: FakeServer, spans: InMemorySpanExporter) -> None:
    ask(server.will(says(ULM_JSON)))
    span, attributes = only(spans)
    told = {
        "gen_ai.usage.input_tokens": 11,
        "gen_ai.usage.cache_read.input_tokens": 7,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.response.finish_reasons": ("stop",),
    }
    assert attributes.items() >= told.items()
    assert "error.type" not in attributes
    assert span.status.status_code == StatusCode.UNSET


def test_all_attempts_of_a_call_are_one_span(
    server: FakeServer, spans: InMemorySpanExporter
) -> None:
    ask(server.will(fails(503), HANG_UP, says(ULM_JSON)))
    only(spans)


def test_a_call_asked_again_is_a_span_of_its_own(
    server: FakeServer, spans: InMemorySpanExporter
) -> None:
    ask(server.will(says("{}"), says(ULM_JSON)))
    assert len(spans.get_finished_spans()) == 2


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (fails(503), "LLMUnavailable"),
        (fails(400), "LLMError"),
        (fails(400, code="content_filter"), "LLMOutputError"),
    ],
)
def test_a_failure_is_named_by_its_kind(
    server: FakeServer, spans: InMemorySpanExporter, reply: Reply, kind: str
) -> None:
    failing(server.will_always(reply))
    span, attributes = only(spans)
    assert attributes["error.type"] == kind
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, kind)


def test_a_call_that_is_not_made_is_a_failure(
    server: FakeServer, spans: InMemorySpanExporter
) -> None:
    failing(server, max_tokens=0)
    assert only(spans)[1]["error.type"] == "BudgetExceeded"


@pytest.mark.parametrize("traces", ["spans", "texts"])
@pytest.mark.parametrize(
    "reply",
    [says(ULM_JSON), fails(401, f"Incorrect key: {KEY}"), fails(503, KEY)],
    ids=["answer", "rejected", "unavailable"],
)
def test_no_span_holds_the_key_or_a_header(
    server: FakeServer, spans: InMemorySpanExporter, reply: Reply, traces: str
) -> None:
    headers = {"x-team": "MARKED-team-secret"}
    try:
        ask(server.will_always(reply), traces, headers=headers)
    except LLMError:
        assert reply.status > 200
    shown = only(spans)[0].to_json()
    assert KEY not in shown
    assert headers["x-team"] not in shown


@pytest.mark.parametrize("reply", [says(ULM_JSON), fails(400, PROMPT), says(PROMPT)])
def test_spans_hold_no_texts(server: FakeServer, spans: InMemorySpanExporter, reply: Reply) -> None:
    try:
        ask(server.will_always(reply))
    except LLMError:
        assert reply.body != says(ULM_JSON).body
    shown = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "gpt-x" in shown
    for text in ("MARKED", "You know cities", "Ulm"):
        assert text not in shown


def test_texts_are_there_for_those_who_ask_for_them(
    server: FakeServer, spans: InMemorySpanExporter
) -> None:
    ask(server.will(says(ULM_JSON)), "texts")
    attributes = only(spans)[1]
    asked = json.loads(attributes["gen_ai.input.messages"])
    assert [one["role"] for one in asked] == ["system", "user"]
    assert asked[1]["parts"] == [{"type": "text", "content": PROMPT}]
    (said,) = json.loads(attributes["gen_ai.output.messages"])
    assert said == {"role": "assistant", "parts": [{"type": "text", "content": ULM_JSON}]}


def test_without_a_word_there_are_no_spans(server: FakeServer, spans: InMemorySpanExporter) -> None:
    ask(server.will(says(ULM_JSON)), "none")
    assert not spans.get_finished_spans()


def test_an_answer_from_the_cache_is_no_span(
    server: FakeServer, spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    server.will(says(ULM_JSON))
    for _ in range(2):
        ask(server, cache=True, cache_folder=tmp_path)
    only(spans)


def test_without_the_package_the_error_says_how_to_install_it(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(LLMError, match=r"pip install 'claimcompare\[traces\]'"):
        ask(server)
    gc.collect()
    assert not server.seen


def test_without_spans_the_package_is_not_needed(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    ask(server.will(says(ULM_JSON)), "none")
    assert len(server.seen) == 1
