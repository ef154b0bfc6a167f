"""The form of requests: what a server does not take is left out, and told of once."""

import asyncio
import json
import logging
from collections.abc import Callable
from threading import Barrier

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    ballot,
    cost,
    fails,
    model_at,
    prompt,
    says,
)

FORMATS = ("json_schema", "json_object", "text")
COMPLAINTS = [
    "This response_format type is unavailable now",
    "'response_format.type' must be one of: 'text'",
    "json_schema is not supported",
    "Invalid parameter: JSON mode is not supported with this model",
    "Structured outputs are not available",
]
NO_MAX_TOKENS = (
    "Unsupported parameter: 'max_tokens' is not supported with this model. "
    "Use 'max_completion_tokens' instead."
)
NO_TEMPERATURE = "Unsupported value: 'temperature' does not support 0 with this model."


def form_of(request: Seen) -> str:
    return str(request.body.get("response_format", {"type": "text"})["type"])


def takes(*forms: str, complaint: str = COMPLAINTS[0]) -> Callable[[Seen], Reply]:
    """A server that takes no more than these forms."""
    return lambda request: says(ULM_JSON) if form_of(request) in forms else fails(400, complaint)


def takes_none_of(**refused: str) -> Callable[[Seen], Reply]:
    """A server that complains about parameters."""

    def reply(request: Seen) -> Reply:
        for name, complaint in refused.items():
            if name in request.body:
                return fails(400, complaint)
        return says(ULM_JSON)

    return reply


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_a_server_without_schemas_is_asked_for_json(
    llm: LLM, server: FakeServer, complaint: str
) -> None:
    server.will_always(takes("json_object", "text", complaint=complaint))
    answer = llm.ask(prompt(), City)
    assert (answer.value, answer.usage) == (ULM, cost())
    assert [form_of(request) for request in server.seen] == ["json_schema", "json_object"]
    assert server.seen[1].body["response_format"] == {"type": "json_object"}


def test_a_server_without_json_is_asked_for_text(llm: LLM, server: FakeServer) -> None:
    server.will_always(takes("text"))
    assert llm.ask(prompt(), City).value == ULM
    assert [form_of(request) for request in server.seen] == list(FORMATS)
    assert "response_format" not in server.seen[2].body


def test_what_was_learnt_holds_for_later_calls_and_is_told_of_once(
    llm: LLM, server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(takes("text"))
    for _ in range(3):
        llm.ask(prompt(), City)
    assert [form_of(request) for request in server.seen] == [*FORMATS, "text", "text"]
    first, second = warnings(caplog)
    assert "json_schema" in first
    assert "json_object" in second


def test_where_nobody_holds_it_to_the_schema_the_model_is_told_it(
    llm: LLM, server: FakeServer
) -> None:
    server.will_always(takes("text"))
    llm.ask(prompt(), City)
    held, *told = [request.body["messages"][0]["content"] for request in server.seen]
    assert held == "You know cities."
    for system in told:
        assert system.startswith("You know cities.\n\n")
        schema = json.loads(system.partition("schema:\n")[2])
        assert schema == City.model_json_schema()
    assert [request.user for request in server.seen] == ["Which city?"] * 3


def test_many_that_hear_the_complaint_at_once_learn_one_thing(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    together = Barrier(8)

    def reply(request: Seen) -> Reply:
        if form_of(request) == "json_schema":
            together.wait(5)
            return fails(400, COMPLAINTS[0])
        return says(ULM_JSON)

    async def eight() -> list[City]:
        asked = (llm.aask(prompt(str(number)), City) for number in range(8))
        return [answer.value for answer in await asyncio.gather(*asked)]

    llm = model_at(server.will_always(reply), concurrency=8)
    assert llm.run(eight()) == [ULM] * 8
    forms = [form_of(request) for request in server.seen]
    assert sorted(forms) == ["json_object"] * 8 + ["json_schema"] * 8
    assert len(warnings(caplog)) == 1


def test_a_complaint_about_text_is_raised(llm: LLM, server: FakeServer) -> None:
    server.will_always(fails(400, COMPLAINTS[0]))
    with pytest.raises(LLMError, match="response_format"):
        llm.ask(prompt(), City)
    assert [form_of(request) for request in server.seen] == list(FORMATS)


def test_votes_are_asked_for_in_the_same_way(server: FakeServer) -> None:
    def reply(request: Seen) -> Reply:
        return ballot("denial") if form_of(request) == "text" else fails(400, COMPLAINTS[0])

    llm = model_at(server.will_always(reply), logprobs=False, votes=1)
    assert llm.choose(prompt(), ("support", "denial")).probabilities["denial"] == 1
    assert '"denial"' in server.seen[2].body["messages"][0]["content"]


def test_a_server_may_want_the_limit_by_its_other_name(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(takes_none_of(max_tokens=NO_MAX_TOKENS))
    llm = model_at(server, max_output_tokens=77)
    for _ in range(2):
        assert llm.ask(prompt(), City).value == ULM
    first, *later = [request.body for request in server.seen]
    assert "max_completion_tokens" not in first
    assert len(later) == 2
    for body in later:
        assert body["max_completion_tokens"] == 77
        assert "max_tokens" not in body
    assert len(warnings(caplog)) == 1


def test_a_server_may_want_no_temperature(
    llm: LLM, server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(takes_none_of(temperature=NO_TEMPERATURE))
    for _ in range(2):
        assert llm.ask(prompt(), City).value == ULM
    assert ["temperature" in request.body for request in server.seen] == [True, False, False]
    assert len(warnings(caplog)) == 1


def test_a_server_may_want_everything_otherwise(llm: LLM, server: FakeServer) -> None:
    script = takes_none_of(
        max_tokens=NO_MAX_TOKENS, temperature=NO_TEMPERATURE, response_format=COMPLAINTS[0]
    )
    server.will_always(script)
    assert llm.ask(prompt(), City).value == ULM
    assert len(server.seen) == 5


def test_log_probabilities_are_asked_for_in_the_learnt_way(llm: LLM, server: FakeServer) -> None:
    def reply(request: Seen) -> Reply:
        if "max_tokens" in request.body:
            return fails(400, NO_MAX_TOKENS)
        return says("s", logprobs={"s": -0.1})

    server.will_always(reply)
    assert llm.choose(prompt(), ("support", "denial")).probabilities["support"] == 1
    assert [request.body["logprobs"] for request in server.seen] == [True, True]
    assert server.seen[1].body["max_completion_tokens"] == 1


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_complaint_about_something_else_is_raised_at_once(
    llm: LLM, server: FakeServer, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    server.will(fails(status, "your account is cold"), says(ULM_JSON))
    with pytest.raises(LLMError, match="your account is cold"):
        llm.ask(prompt(), City)
    assert len(server.seen) == 1
    assert not warnings(caplog)


def test_a_passing_failure_teaches_nothing(llm: LLM, server: FakeServer) -> None:
    server.will(fails(503, COMPLAINTS[0]), says(ULM_JSON))
    llm.ask(prompt(), City)
    assert [form_of(request) for request in server.seen] == ["json_schema"] * 2


def test_fields_and_headers_of_the_users_are_sent(server: FakeServer) -> None:
    body = {"temperature": 0.7, "reasoning": {"effort": "low"}}
    llm = model_at(server.will(says(ULM_JSON)), body=body, headers={"X-Team": "desk"})
    llm.ask(prompt(), City)
    (seen,) = server.seen
    assert seen.headers["x-team"] == "desk"
    assert (seen.body["temperature"], seen.body["reasoning"]) == (0.7, {"effort": "low"})
    assert seen.body["model"] == "m"


def test_a_form_of_the_users_is_not_changed(server: FakeServer) -> None:
    body = {"response_format": {"type": "json_object"}, "temperature": 0.7}
    server.will_always(fails(400, f"{COMPLAINTS[0]} {NO_TEMPERATURE}"))
    with pytest.raises(LLMError):
        model_at(server, body=body).ask(prompt(), City)
    assert all(
        request.body["response_format"] == body["response_format"] for request in server.seen
    )


def test_a_form_that_the_user_takes_away_is_no_error(server: FakeServer) -> None:
    server.will(fails(400, "no such account"))
    with pytest.raises(LLMError, match="no such account"):
        model_at(server, body={"response_format": None}).ask(prompt(), City)
