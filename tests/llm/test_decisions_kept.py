"""Decisions are cached, recorded, replayed, priced, traced and told of like all answers."""

from pathlib import Path

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from claimcompare.errors import LLMError, RecordingError
from claimcompare.llm import LLM, CallEvent, Decisions, LLMSettings
from claimcompare.llm.prices import pricing
from claimcompare.llm.recording import record, replay
from claimcompare.usage import Usage
from tests.llm.deciding import (
    CHAT,
    NOT_FOUND,
    OPENAI,
    SYSTEM_ONE,
    at_most,
    by_path,
    errors,
    in_openai_form,
    in_system_one_form,
    listed,
    paths,
    question,
    questions,
    replies_with,
    sizes,
)
from tests.llm.server import (
    KEY,
    FakeServer,
    Reply,
    Script,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

MILLION = 1_000_000
MEASURED = says("support", logprobs={"support": -0.25, "denial": -2.5})
TOO_MANY = fails(400, "Too many questions: at most 3")
HOUSES: dict[str, Script] = {
    "openai": by_path(decisions=at_most(3, in_openai_form, TOO_MANY)),
    "system one": by_path(systemone=at_most(3, in_system_one_form, TOO_MANY)),
    "not implemented": by_path(decisions=fails(501), systemone=in_system_one_form),
    "no decision model": by_path(systemone=fails(400, "no decision model"), chat=MEASURED),
    "page": by_path(decisions=Reply(b"<html>welcome</html>"), chat=MEASURED),
    "chat": by_path(chat=MEASURED),
}


@pytest.fixture(params=["run.yaml", "answers"])
def tape(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return tmp_path / "recordings" / str(request.param)


def cached_at(server: FakeServer, tmp_path: Path) -> LLM:
    return model_at(server, cache=True, cache_folder=tmp_path)


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES)
def test_a_replay_gives_the_same_decisions_without_the_endpoint(
    server: FakeServer, tape: Path, house: Script
) -> None:
    server.will_always(house)
    with record(tape):
        first = model_at(server).decide(prompt(), questions(5))
    server.close()
    with replay(tape):
        assert model_at(server).decide(prompt(), questions(5)) == first
    assert errors(first) == [None] * 5


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES)
def test_a_model_that_has_learnt_records_as_one_that_has_not(
    server: FakeServer, tape: Path, house: Script
) -> None:
    llm = model_at(server.will_always(house))
    llm.decide(prompt("before"), questions(5))
    with record(tape):
        first = llm.decide(prompt(), questions(5))
    for again in (llm, model_at(server)):
        with replay(tape):
            assert again.decide(prompt(), questions(5)) == first


@pytest.mark.parametrize(
    ("house", "way"),
    [
        (HOUSES["chat"], [OPENAI, SYSTEM_ONE, CHAT]),
        (HOUSES["not implemented"], [OPENAI, SYSTEM_ONE]),
    ],
)
def test_a_model_that_recorded_has_learnt(
    server: FakeServer, tape: Path, house: Script, way: list[str]
) -> None:
    llm = model_at(server.will_always(house))
    with record(tape):
        llm.decide(prompt(), [question()])
    llm.decide(prompt(), [question()])
    assert paths(server) == [*way, way[-1]]


def test_an_unrecorded_question_is_named(server: FakeServer, tape: Path) -> None:
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)))
    with record(tape):
        llm.decide(prompt(), [question()])
    with replay(tape), pytest.raises(RecordingError, match="'classify'"):
        llm.decide(prompt(name="classify"), [question("other")])


def test_a_failure_on_the_way_is_replayed_as_none_of_the_endpoints(
    server: FakeServer, tmp_path: Path
) -> None:
    server.will_always(by_path(decisions=fails(503), chat=MEASURED))
    with record(tmp_path / "answers"), pytest.raises(LLMError):
        model_at(server).decide(prompt(), [question()])
    with replay(tmp_path / "answers"), pytest.raises(LLMError, match="no answer after 3 attempts"):
        model_at(server).decide(prompt(), [question()])


def test_no_recording_holds_the_key(server: FakeServer, tape: Path) -> None:
    complaint = replies_json({"detail": [{"answers": KEY}]}, 404)
    server.will_always(by_path(decisions=complaint, chat=MEASURED))
    with record(tape):
        model_at(server).decide(prompt(), [question()])
    written = [path for path in tape.parent.rglob("*") if path.is_file()]
    assert written
    assert KEY not in "".join(path.read_text() for path in written)


def test_the_same_again_is_not_sent(server: FakeServer, tmp_path: Path) -> None:
    server.will_always(by_path(decisions=in_openai_form))
    first, second = (cached_at(server, tmp_path).decide(prompt(), questions(3)) for _ in range(2))
    assert first == second
    assert paths(server) == [OPENAI]


def test_another_question_or_state_is_sent(server: FakeServer, tmp_path: Path) -> None:
    llm = cached_at(server.will_always(by_path(decisions=in_openai_form)), tmp_path)
    for asked, count in (("a", 2), ("b", 2), ("a", 3)):
        llm.decide(prompt(asked), questions(count))
    assert sizes(server.seen) == [2, 2, 3]


def test_an_answer_with_a_fault_is_asked_for_again(server: FakeServer, tmp_path: Path) -> None:
    faulty = replies_with([listed(name="c1"), {"type": "refusal", "name": "c2"}])
    server.will_always(by_path(decisions=faulty))
    assert errors(cached_at(server, tmp_path).decide(prompt(), questions(2))) == [None, "refused"]
    server.will_always(by_path(decisions=in_openai_form))
    assert errors(cached_at(server, tmp_path).decide(prompt(), questions(2))) == [None, None]


def test_a_cut_state_is_asked_about_again(server: FakeServer, tmp_path: Path) -> None:
    cut = replies_with([listed()], {"input_tokens": 10})
    long = prompt("word " * 1_000)
    server.will_always(by_path(decisions=cut))
    with pytest.raises(LLMError):
        cached_at(server, tmp_path).decide(long, [question()])
    used = {"input_tokens": 1_500}
    server.will_always(by_path(decisions=replies_with([listed()], used)))
    assert errors(cached_at(server, tmp_path).decide(long, [question()])) == [None]


def test_openais_decisions_have_prices_of_their_own(server: FakeServer) -> None:
    spent = Usage(prompt_tokens=1_000, completion_tokens=MILLION)
    chat = pricing("gpt-6-luna", server.url, LLMSettings())
    decisions = pricing("gpt-6-luna", server.url, LLMSettings(), "openai-decisions")
    cost, in_chat = decisions(spent), chat(spent)
    assert cost is not None
    assert in_chat is not None
    assert 0 < cost < 0.01 < in_chat
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)), "gpt-6-luna")
    found = llm.decide(prompt(), [question()])
    assert found.usage.cost == decisions(found.usage) != chat(found.usage)
    assert llm.spent == found.usage


def test_a_model_of_another_house_has_the_price_of_its_name(server: FakeServer) -> None:
    server.will_always(by_path(systemone=in_system_one_form))
    found = model_at(server, "jev-1.14.0").decide(prompt(), [question()])
    assert found.usage.cost


def test_a_way_that_is_none_is_no_failure_to_those_who_watch(server: FakeServer) -> None:
    heard: list[CallEvent] = []
    server.will_always(by_path(systemone=in_system_one_form))
    model_at(server, on_event=heard.append).decide(prompt(), [question()])
    assert [event.kind for event in heard] == ["sent", "sent", "answered"]
    server.will_always(by_path(systemone=fails(401)))
    with pytest.raises(LLMError):
        model_at(server, on_event=heard.append, decisions="systemone").decide(
            prompt(), [question()]
        )
    assert [event.kind for event in heard[3:]] == ["sent", "failed"]


def test_a_decision_is_a_span(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr("opentelemetry.trace.get_tracer", provider.get_tracer)
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)), "luna", traces="texts")
    llm.decide(prompt("MARKED state"), [question("MARKED-question")])
    (span,) = exporter.get_finished_spans()
    attributes = dict(span.attributes or {})
    told = {"gen_ai.operation.name": "decide", "gen_ai.usage.input_tokens": 40}
    assert span.name == "decide luna"
    assert attributes.items() >= told.items()
    for words in ("MARKED state", "MARKED-question"):
        assert words in str(attributes["gen_ai.input.messages"])


def test_a_body_of_the_users_goes_with_every_question(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)), body={"user": "a"})
    found: Decisions = llm.decide(prompt(), [question()])
    assert errors(found) == [None]
    assert server.seen[0].body["user"] == "a"


def test_not_found_is_final(server: FakeServer) -> None:
    server.will_always(NOT_FOUND)
    with pytest.raises(LLMError, match="no such route"):
        model_at(server).decide(prompt(), [question()])
    assert paths(server) == [OPENAI, SYSTEM_ONE, CHAT]
