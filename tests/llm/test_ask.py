"""`LLM.ask` and `LLM.aask`: a validated value, or the fault of the answer."""

import asyncio
import time
from threading import Barrier, BrokenBarrierError, Event

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
    Seen,
    cost,
    fails,
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


def echo(request: Seen) -> Reply:
    return says(City(name=request.user, people=0).model_dump_json())


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
    assert llm.ask(prompt(), City).usage == Usage(calls=1)


@pytest.mark.parametrize("details", [{}, {"prompt_tokens_details": None}])
def test_without_details_no_token_counts_as_cached(
    llm: LLM, server: FakeServer, details: dict[str, None]
) -> None:
    used = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5, **details}
    server.will(says(ULM_JSON, usage=used))
    usage = llm.ask(prompt(), City).usage
    assert usage == Usage(calls=1, prompt_tokens=3, completion_tokens=2)


def test_asking_several_times_in_a_row_closes_every_connection(
    llm: LLM, server: FakeServer
) -> None:
    server.will_always(echo)
    names = [llm.ask(prompt(name), City).value.name for name in "abc"]
    assert names == ["a", "b", "c"]
    assert server.is_idle()


def test_asking_inside_a_running_event_loop(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)

    async def in_a_notebook() -> list[str]:
        return [llm.ask(prompt(name), City).value.name for name in "ab"]

    assert asyncio.run(in_a_notebook()) == ["a", "b"]
    assert server.is_idle()


def test_a_failed_call_closes_its_connection(llm: LLM, server: FakeServer) -> None:
    server.will(fails(500), says(""))
    with pytest.raises(LLMOutputError):
        llm.ask(prompt(), City)
    assert server.is_idle()


def test_the_async_twin_keeps_its_connection_until_closed(llm: LLM, server: FakeServer) -> None:
    server.will_always(echo)

    async def twice() -> list[str]:
        try:
            return [(await llm.aask(prompt(name), City)).value.name for name in "ab"]
        finally:
            await llm.aclose()

    assert asyncio.run(twice()) == ["a", "b"]
    assert server.connections == 1
    assert server.is_idle()


def test_a_closed_model_opens_again_in_the_same_and_in_another_loop(
    llm: LLM, server: FakeServer
) -> None:
    server.will_always(echo)

    async def reopening() -> None:
        for name in "ab":
            assert (await llm.aask(prompt(name), City)).value.name == name
            await llm.aclose()

    asyncio.run(reopening())
    asyncio.run(reopening())
    assert server.is_idle()


def test_closing_an_unused_model_does_nothing(llm: LLM, server: FakeServer) -> None:
    asyncio.run(llm.aclose())
    assert server.connections == 0


def test_concurrent_answers_reach_their_callers(llm: LLM, server: FakeServer) -> None:
    overtaken = Event()

    def echo_the_first_one_last(request: Seen) -> Reply:
        if request.user == "0":
            overtaken.wait(timeout=5)
        elif request.user == "1":
            overtaken.set()
        return echo(request)

    server.will_always(echo_the_first_one_last)

    async def fifty() -> list[str]:
        asked = (llm.aask(prompt(str(number)), City) for number in range(50))
        return [answer.value.name for answer in await asyncio.gather(*asked)]

    assert llm.run(fifty()) == [str(number) for number in range(50)]
    assert overtaken.is_set()


def test_as_many_requests_as_set_are_in_flight_and_no_more(server: FakeServer) -> None:
    llm = model_at(server, concurrency=4)
    full = Barrier(4)

    def when_four_wait(request: Seen) -> Reply:
        try:
            full.wait(timeout=5)
        except BrokenBarrierError:
            return fails(400, "fewer than four at once")
        time.sleep(0.01)
        return echo(request)

    server.will_always(when_four_wait)

    async def forty_eight() -> int:
        asked = (llm.aask(prompt(str(number)), City) for number in range(48))
        return len(await asyncio.gather(*asked))

    assert llm.run(forty_eight()) == 48
    assert server.peak == 4
