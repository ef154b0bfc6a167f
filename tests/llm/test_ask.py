"""`LLM.ask` and `LLM.aask`: a validated value, or the fault of the answer."""

import pytest

from claimcompare.errors import LLMOutputError, OutputFault
from claimcompare.llm import LLM, Answer
from claimcompare.usage import Usage
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    cost,
    model_at,
    prompt,
    replies_json,
    says,
)

INVALID = {
    "no JSON": "Ulm, of course",
    "missing field": '{"name": "Ulm"}',
    "extra field": '{"name": "Ulm", "people": 1, "river": "Danube"}',
    "wrong type": '{"name": "Ulm", "people": "many"}',
}
UNUSABLE: dict[str, tuple[Reply, OutputFault, str]] = {
    "cut off": (says('{"name": "U', finish="length"), "truncated", '{"name": "U'),
    "no text": (says(""), "empty", ""),
    "blank": (says(" \n"), "empty", " \n"),
    "no content": (says(None), "empty", ""),
    "no choices": (replies_json({"choices": [], "usage": None}), "empty", ""),
    "refused": (says(None, refusal="I cannot."), "refused", "I cannot."),
    "filtered": (says(None, finish="content_filter"), "filtered", ""),
    "half filtered": (says('{"na', finish="content_filter"), "filtered", '{"na'),
}


def test_an_answer_has_the_value_and_its_cost(llm: LLM, server: FakeServer) -> None:
    server.will(says(ULM_JSON))
    assert llm.ask(prompt(), City) == Answer(ULM, cost())


def test_the_request_carries_the_model_and_its_settings(server: FakeServer) -> None:
    llm = model_at(server.will(says(ULM_JSON)), "gpt-x", temperature=0.25, max_output_tokens=77)
    llm.ask(prompt(), City)
    (seen,) = server.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.body["model"] == "gpt-x"
    assert seen.body["temperature"] == 0.25
    assert seen.body["max_tokens"] == 77


def test_the_request_carries_the_prompt_as_system_and_user_messages(
    llm: LLM, server: FakeServer
) -> None:
    server.will(says(ULM_JSON))
    llm.ask(prompt("Where is the Minster? “Ulm” \u2026"), City)
    assert server.seen[0].body["messages"] == [
        {"role": "system", "content": "You know cities."},
        {"role": "user", "content": "Where is the Minster? “Ulm” \u2026"},
    ]


def test_the_request_demands_the_wire_schema_strictly(llm: LLM, server: FakeServer) -> None:
    server.will(says(ULM_JSON))
    llm.ask(prompt(), City)
    demanded = server.seen[0].body["response_format"]
    schema = demanded["json_schema"]["schema"]
    assert demanded["type"] == "json_schema"
    assert demanded["json_schema"]["strict"] is True
    assert demanded["json_schema"]["name"] == "City"
    assert schema["additionalProperties"] is False
    assert sorted(schema["required"]) == sorted(schema["properties"]) == ["name", "people"]


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID)
def test_an_invalid_answer_is_asked_again_and_both_are_paid(
    llm: LLM, server: FakeServer, text: str
) -> None:
    server.will(says(text), says(ULM_JSON))
    assert llm.ask(prompt(), City) == Answer(ULM, cost(2))
    assert len(server.seen) == 2


def test_asking_again_names_the_error_and_changes_nothing_else(
    llm: LLM, server: FakeServer
) -> None:
    server.will(says(INVALID["wrong type"]), says(ULM_JSON))
    llm.ask(prompt("Which city?"), City)
    first, second = server.seen
    assert second.user.startswith("Which city?\n")
    assert "people: Input should be a valid integer" in second.user
    second.body["messages"][1] = first.body["messages"][1]
    assert second.body == first.body


def test_a_second_invalid_answer_is_the_end(llm: LLM, server: FakeServer) -> None:
    server.will(says(INVALID["missing field"]), says(INVALID["no JSON"]), says(ULM_JSON))
    with pytest.raises(LLMOutputError, match=r"^extract: ") as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "invalid"
    assert caught.value.output == INVALID["no JSON"]
    assert caught.value.usage == cost(2)
    assert len(server.seen) == 2


@pytest.mark.parametrize(("reply", "fault", "output"), UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_answer_is_named_and_not_asked_again(
    llm: LLM, server: FakeServer, reply: Reply, fault: OutputFault, output: str
) -> None:
    server.will(reply, says(ULM_JSON))
    with pytest.raises(LLMOutputError, match=r"^extract: ") as caught:
        llm.ask(prompt(), City)
    assert (caught.value.fault, caught.value.output) == (fault, output)
    assert caught.value.usage.calls == 1
    assert len(server.seen) == 1


def test_an_unusable_answer_is_paid_for(llm: LLM, server: FakeServer) -> None:
    server.will(says("{", finish="length"))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.usage == cost()


def test_an_answer_cut_off_after_whole_json_is_cut_off(llm: LLM, server: FakeServer) -> None:
    server.will(says(ULM_JSON, finish="length"))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "truncated"


@pytest.mark.parametrize(
    ("second", "fault"), [(says("{", finish="length"), "truncated"), (says(""), "empty")]
)
def test_an_unusable_second_answer_is_paid_with_the_first(
    llm: LLM, server: FakeServer, second: Reply, fault: OutputFault
) -> None:
    server.will(says("{}"), second)
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == fault
    assert caught.value.usage == cost(2)


def test_without_usage_in_the_response_only_the_call_is_counted(
    llm: LLM, server: FakeServer
) -> None:
    server.will(says(ULM_JSON, usage=None))
    assert llm.ask(prompt(), City).usage == Usage(calls=1, cost=None)


@pytest.mark.parametrize("details", [{}, {"prompt_tokens_details": None}])
def test_without_details_no_token_counts_as_cached(
    llm: LLM, server: FakeServer, details: dict[str, None]
) -> None:
    used = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5, **details}
    server.will(says(ULM_JSON, usage=used))
    usage = llm.ask(prompt(), City).usage
    assert usage == Usage(calls=1, prompt_tokens=3, completion_tokens=2, cost=None)
