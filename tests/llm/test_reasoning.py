"""How much a model is to think."""

from pathlib import Path

import pytest

from claimcompare.errors import LLMError, LLMOutputError, RecordingError
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)


def test_the_effort_is_sent_where_it_is_set(server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    model_at(server).ask(prompt(), City)
    model_at(server, reasoning_effort="low").ask(prompt(), City)
    sent = [request.body.get("reasoning_effort", "no such field") for request in server.seen]
    assert sent == ["no such field", "low"]


def test_choices_are_made_with_the_same_effort(server: FakeServer) -> None:
    server.will(says("s", logprobs={"s": -0.1}))
    model_at(server, reasoning_effort="minimal").choose(prompt(), ("support", "denial"))
    assert server.seen[0].body["reasoning_effort"] == "minimal"


def test_a_field_of_the_users_own_wins(server: FakeServer) -> None:
    server.will(says(ULM_JSON))
    more = {"reasoning_effort": "none"}
    model_at(server, reasoning_effort="low", body=more).ask(prompt(), City)
    assert server.seen[0].body["reasoning_effort"] == "none"


def test_it_is_part_of_what_a_recording_goes_by(server: FakeServer, folder: Path) -> None:
    server.will_always(says(ULM_JSON))
    with record(folder):
        model_at(server, reasoning_effort="low").ask(prompt(), City)
    server.close()
    with replay(folder):
        assert model_at(server, reasoning_effort="low").ask(prompt(), City).value == ULM
        for other in (None, "high"):
            with pytest.raises(RecordingError):
                model_at(server, reasoning_effort=other).ask(prompt(), City)


def test_a_server_without_it_is_quoted(server: FakeServer) -> None:
    server.will_always(fails(400, "Unsupported parameter: 'reasoning_effort'"))
    with pytest.raises(LLMError, match="'reasoning_effort'"):
        model_at(server, reasoning_effort="low").ask(prompt(), City)
    assert len(server.seen) == 1


def test_who_only_thinks_is_told_what_to_set(server: FakeServer) -> None:
    choice = {"message": {"content": "", "reasoning_content": "hm"}, "finish_reason": "length"}
    server.will(replies_json({"choices": [choice]}))
    with pytest.raises(LLMOutputError, match="raise max_output_tokens, or lower reasoning_effort"):
        model_at(server, reasoning_effort="high").ask(prompt(), City)
