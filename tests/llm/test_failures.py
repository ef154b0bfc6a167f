"""Failures in the place of answers, though the status says that all is well."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable
from claimcompare.llm import LLM
from claimcompare.llm.decisions import Option, Question
from claimcompare.llm.recording import record, replay
from tests.llm.clock import Clock
from tests.llm.server import (
    KEY,
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

PASSING: dict[str, Any] = {
    "429": {"error": {"code": 429, "message": "no luck"}},
    "502 as text": {"error": {"code": "502", "message": "no luck"}},
    "status": {"error": {"status": 503, "message": "no luck"}},
    "kind": {"error": {"code": None, "type": "rate_limit_exceeded", "message": "no luck"}},
    "kind in capitals": {"error": {"status": "UNAVAILABLE", "message": "no luck"}},
    "kind as a class": {"error": {"type": "RateLimitError", "message": "no luck"}},
    "beside": {"error": "no luck", "code": 500},
    "not called an error": {"code": 429, "message": "no luck"},
    "in a list of errors": {"success": False, "errors": [{"code": 503, "message": "no luck"}]},
    "in a list": [{"error": {"code": 429, "message": "no luck"}}],
    "in the choice": {"choices": [{"error": {"code": 502, "message": "no luck"}}]},
    "beside half an answer": {
        "error": None,
        "choices": [
            {
                "message": {"content": ULM_JSON[:9]},
                "finish_reason": "error",
                "error": {"code": 429, "message": "no luck"},
            }
        ],
    },
}
LASTING: dict[str, Any] = {
    "no money": {"error": {"code": 402, "message": "no luck"}},
    "no such model": {"choices": [{"error": {"code": "404", "message": "no luck"}}]},
}
UNNUMBERED: dict[str, Any] = {
    "in the choice": {"choices": [{"message": {"content": ULM_JSON}, "error": "no luck"}]},
    "truth": {"error": {"code": True, "message": "no luck"}},
    "small": {"error": {"code": 7, "message": "no luck"}},
    "longer than numbers are": {"error": {"code": "4" * 5_000, "message": "no luck"}},
    "well": {"error": {"code": 200, "message": "no luck"}},
    "object": {"object": "error", "message": "no luck", "code": 40303},
    "number of its own": {"error_code": 18, "error_msg": "no luck"},
    "detail": {"detail": "no luck"},
    "no choices": {"choices": None, "base_resp": {"status_code": 1002, "status_msg": "no luck"}},
}


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_what_passes_is_retried(llm: LLM, server: FakeServer, failure: Any) -> None:
    server.will(replies_json(failure), says(ULM_JSON))
    assert llm.ask(prompt(), City).value == ULM
    assert len(server.seen) == 2


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_what_does_not_pass_in_time_is_told_of(llm: LLM, server: FakeServer, failure: Any) -> None:
    server.will_always(replies_json(failure))
    with pytest.raises(LLMUnavailable, match="after 3 attempts: no luck"):
        llm.ask(prompt(), City)
    assert len(server.seen) == 3


@pytest.mark.parametrize("failure", LASTING.values(), ids=LASTING)
def test_what_stays_is_a_rejection(llm: LLM, server: FakeServer, failure: Any) -> None:
    server.will(replies_json(failure), says(ULM_JSON))
    with pytest.raises(LLMError, match=r"rejected the request \(40[24]\): no luck"):
        llm.ask(prompt(), City)
    assert len(server.seen) == 1


@pytest.mark.parametrize("failure", UNNUMBERED.values(), ids=UNNUMBERED)
def test_without_a_status_it_is_an_error(llm: LLM, server: FakeServer, failure: Any) -> None:
    server.will(replies_json(failure), says(ULM_JSON))
    with pytest.raises(LLMError, match="answered with an error: no luck"):
        llm.ask(prompt(), City)
    assert len(server.seen) == 1


def test_it_is_a_fault_of_the_text_where_it_says_so(llm: LLM, server: FakeServer) -> None:
    told = {"code": 400, "message": "maximum context length is 8192 tokens"}
    server.will(replies_json({"error": told}))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "truncated"


def test_another_form_is_tried_where_it_is_about_the_form(llm: LLM, server: FakeServer) -> None:
    told = {"code": 400, "message": "response_format is not supported"}
    server.will(replies_json({"choices": [{"error": told}]}), says(ULM_JSON))
    assert llm.ask(prompt(), City).value == ULM


def test_the_wait_that_comes_with_it_is_kept(llm: LLM, server: FakeServer, clock: Clock) -> None:
    headers = {"content-type": "application/json", "retry-after": "90"}
    body = json.dumps(PASSING["429"]).encode()
    server.will(Reply(body, headers=headers), says(ULM_JSON))
    llm.ask(prompt(), City)
    assert sum(clock.sleeps) >= 90


def test_it_costs_nothing(server: FakeServer) -> None:
    server.will(replies_json(PASSING["429"]), says(ULM_JSON))
    llm = model_at(server)
    assert llm.ask(prompt(), City).usage == llm.spent


def test_a_key_in_it_is_quoted_nowhere(llm: LLM, server: FakeServer) -> None:
    server.will_always(replies_json({"error": {"code": 401, "message": f"not {KEY}"}}))
    with pytest.raises(LLMError, match=r"request \(401\): not ") as caught:
        llm.ask(prompt(), City)
    assert KEY not in f"{caught.value} {caught.value.__cause__}"


def test_a_recording_leaves_out_what_passed(llm: LLM, server: FakeServer, tmp_path: Path) -> None:
    server.will(replies_json(PASSING["in the choice"]), says(ULM_JSON))
    with record(tmp_path / "run.yaml"):
        llm.ask(prompt(), City)
    assert b"no luck" not in (tmp_path / "run.yaml").read_bytes()
    with replay(tmp_path / "run.yaml"):
        assert llm.ask(prompt(), City).value == ULM


def test_no_stream_is_asked_for(llm: LLM, server: FakeServer) -> None:
    server.will(says(ULM_JSON), says("s", logprobs={"s": -0.1}))
    llm.ask(prompt(), City)
    llm.choose(prompt(), ("support", "denial"))
    assert [request.body["stream"] for request in server.seen] == [False, False]


def test_recordings_from_before_streams_were_refused_are_replayed(
    llm: LLM, server: FakeServer, tmp_path: Path
) -> None:
    tape = tmp_path / "run.yaml"
    server.will_always(says(ULM_JSON))
    with record(tape):
        llm.ask(prompt(), City)
    text = tape.read_text(encoding="utf-8")
    tape.write_text(text.replace(',"stream":false', "").replace(', "stream": false', ""), "utf-8")
    assert "stream" in text
    assert "stream" not in tape.read_text(encoding="utf-8")
    with replay(tape):
        assert llm.ask(prompt(), City).value == ULM


def test_decision_endpoints_are_asked_as_their_form_is(llm: LLM, server: FakeServer) -> None:
    def only_chat(seen: Seen) -> Reply:
        return says("s", logprobs={"s": -0.1}) if "messages" in seen.body else fails(404)

    options = (Option(value="support"), Option(value="denial"))
    server.will_always(only_chat)
    llm.decide(prompt(), [Question(name="a", instructions="?", options=options)])
    assert ["stream" in request.body for request in server.seen] == [False, False, True]
