"""No key is in anything that a run leaves behind."""

import logging
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from claimcompare import compare
from claimcompare.errors import LLMError
from claimcompare.llm import LLM, CallEvent
from claimcompare.llm.recording import record
from claimcompare.schema import Prompt
from claimcompare.stages import CompareSettings
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess
from tests.faults.runs import KEY, endpoint, settings_of
from tests.llm.server import City, prompt

MARK = "MARKED"
GATEWAY_KEY = "gateway-MARKED-9876543210"
ARTICLES, CALLS = 30, 60
SETTINGS = CompareSettings(claims_per_call=4)


class Left(NamedTuple):
    """What runs left behind, as text or bytes."""

    records: list[str]
    spans: list[str]
    errors: list[str]
    events: list[str]
    results: list[str]
    files: dict[str, bytes]


@contextmanager
def records_kept() -> Iterator[list[logging.LogRecord]]:
    """All that the library logs, from DEBUG on."""
    kept: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = kept.append  # type: ignore[assignment,method-assign]
    logger = logging.getLogger("claimcompare")
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield kept
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


@contextmanager
def spans_kept() -> Iterator[InMemorySpanExporter]:
    """All spans that the library makes."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace, "get_tracer", provider.get_tracer)
        yield exporter
    provider.shutdown()


def prompts() -> Iterator[Prompt]:
    """No shipped ones: what befalls these, and `City`, depends on every word of them."""
    return (prompt(f"Rain fell {number} times.") for number in range(CALLS))


def errors_of(llm: LLM, asked: Iterable[Prompt]) -> Iterator[str]:
    """How Python shows the errors of these calls."""
    for one in asked:
        try:
            llm.ask(one, City)
        except LLMError as error:
            yield "".join(traceback.format_exception(error))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def runs(server: EndpointProcess, folder: Path) -> Left:
    """A run with a response cache, a recorded one, and single calls that fail."""
    events: list[CallEvent] = []
    headers = {"x-gateway-key": GATEWAY_KEY}
    settings = settings_of(cache=True, cache_folder=folder, headers=headers, traces="texts")
    model = LLM("m", base_url=server.url, api_key=KEY, settings=settings, on_event=events.append)
    with records_kept() as records, spans_kept() as spans, model as llm:
        results = [compare(articles(ARTICLES), llm=llm, settings=SETTINGS)]
        with record(folder / "run.yaml"):
            results.append(compare(articles(ARTICLES), llm=llm, settings=SETTINGS))
        errors = list(errors_of(llm, prompts()))
        # While it is open: what is not yet in the database is in a file beside it.
        files = contents(folder)
    return Left(
        records=[f"{one.getMessage()} {one.__dict__!r}" for one in records],
        spans=[f"{one.to_json()} {one!r}" for one in spans.get_finished_spans()],
        errors=errors,
        events=[repr(event) for event in events],
        results=[f"{one.model_dump_json()} {one!r}" for one in results] + [f"{llm!r} {settings!r}"],
        files={**files, **{f"{name} closed": found for name, found in contents(folder).items()}},
    )


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    with endpoint(faults=0.4, seed=14, quotes="authorization,x-gateway-key") as server:
        return runs(server, tmp_path_factory.mktemp("keys"))


def with_mark(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if MARK in text]


def test_the_endpoint_quotes_the_keys_and_stars_stand_in_their_place(left: Left) -> None:
    quoted = "You sent authorization: Bearer ***, x-gateway-key: ***."
    assert any(quoted in one for one in left.errors)
    assert not any("authorization" in one for one in left.events)
    assert any(quoted in one for one in left.results)


def test_no_key_is_in_a_log_record(left: Left) -> None:
    assert left.records
    assert with_mark(left.records) == []


def test_no_key_is_in_a_span(left: Left) -> None:
    assert any("gen_ai.input.messages" in one for one in left.spans)
    assert any("error.type" in one for one in left.spans)
    assert with_mark(left.spans) == []


def test_no_key_is_in_an_exception(left: Left) -> None:
    assert {"401", "403", "404", "422"} <= {
        status for one in left.errors for status in ("401", "403", "404", "422") if status in one
    }
    assert with_mark(left.errors) == []


def test_no_key_is_in_an_event(left: Left) -> None:
    assert with_mark(left.events) == []


def test_no_key_is_in_a_ledger_or_a_comparison(left: Left) -> None:
    assert with_mark(left.results) == []


def test_no_key_is_in_the_cache_or_a_recording(left: Left) -> None:
    assert {"answers.sqlite3", "answers.sqlite3-wal", "run.yaml"} <= set(left.files)
    assert b"Rain fell" in b"".join(left.files.values())
    assert [name for name, found in left.files.items() if MARK.encode() in found] == []
