"""Where a server puts what the model said."""

import json
from typing import Any

import pytest

from claimcompare.errors import LLMOutputError, OutputFault
from claimcompare.llm import LLM
from claimcompare.llm.completion import read_completion
from claimcompare.usage import Usage
from tests.llm.server import ULM, ULM_JSON, City, FakeServer, prompt, replies_json, says

HALF = len(ULM_JSON) // 2
THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": '{"name": "Bonn"}'}]}
CALL = {"type": "function", "function": {"name": "City", "arguments": ULM_JSON}}
SAID: dict[str, dict[str, Any]] = {
    "part": {"content": [{"type": "text", "text": ULM_JSON}]},
    "two parts": {"content": [{"text": ULM_JSON[:HALF]}, {"text": ULM_JSON[HALF:]}]},
    "plain parts": {"content": [ULM_JSON[:HALF], ULM_JSON[HALF:]]},
    "output text": {"content": [{"type": "output_text", "text": ULM_JSON}]},
    "after a thought": {"content": [THOUGHT, {"type": "text", "text": ULM_JSON}]},
    "nameless part": {"content": [{"type": None, "text": ULM_JSON}, {"type": "x", "text": "?"}]},
    "thought apart": {"content": ULM_JSON, "reasoning_content": '{"name": "Bonn", "people": 1}'},
    "tool": {"content": None, "tool_calls": [CALL]},
    "tool beside blanks": {"content": " \n", "tool_calls": [CALL, {}]},
    "arguments by name": {
        "content": "",
        "tool_calls": [{"function": {"arguments": ULM.model_dump()}}],
    },
    "tool after words": {"content": "I call City.", "tool_calls": [CALL]},
    "tool among others": {
        "content": None,
        "tool_calls": [{"function": {"arguments": "{}"}}, CALL, {"function": {"arguments": "{}"}}],
    },
    "function of old": {"content": None, "function_call": {"arguments": ULM_JSON}},
}
SILENT: dict[str, dict[str, Any]] = {
    "thought apart": {"content": "", "reasoning_content": "hm"},
    "none beside a thought": {"content": None, "reasoning": "hm"},
    "blank beside a thought": {"content": "\n", "reasoning_content": "hm"},
    "no word but thought": {"reasoning_content": "hm"},
    "thought in a part": {"content": [THOUGHT]},
    "thought in the text": {"content": f"<think>{ULM_JSON}</think>\n"},
}
EMPTY: dict[str, dict[str, Any]] = {
    "no parts": {"content": []},
    "image": {"content": [{"type": "image_url", "image_url": {"url": "x"}}]},
    "no calls": {"content": None, "tool_calls": []},
    "odd calls": {"content": None, "tool_calls": "City"},
    "odd call": {"content": None, "tool_calls": [1]},
    "odd function": {"content": None, "tool_calls": [{"function": "City"}]},
    "odd arguments": {"content": None, "tool_calls": [{"function": {"arguments": 1}}]},
    "no thought": {"content": "", "reasoning_content": ""},
}


def replying(message: dict[str, Any], finish: str = "stop", **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": message, "finish_reason": finish}], **more}


@pytest.mark.parametrize("message", SAID.values(), ids=SAID)
def test_the_answer_is_found_wherever_it_is(
    llm: LLM, server: FakeServer, message: dict[str, Any]
) -> None:
    server.will(replies_json(replying(message)))
    assert llm.ask(prompt(), City).value == ULM
    assert len(server.seen) == 1


def test_words_come_before_calls() -> None:
    message = {"content": [ULM_JSON], "tool_calls": [{"function": {"arguments": "{}"}}]}
    assert read_completion(json.dumps(replying(message)).encode()).text == ULM_JSON


def test_a_refusal_may_be_a_part(llm: LLM, server: FakeServer) -> None:
    message = {"content": [{"type": "refusal", "refusal": "I can"}, {"refusal": "not."}]}
    server.will(replies_json(replying(message)))
    with pytest.raises(LLMOutputError, match=r"the model refused: I cannot\.") as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "refused"


@pytest.mark.parametrize("message", SILENT.values(), ids=SILENT)
@pytest.mark.parametrize(("finish", "fault"), [("stop", "empty"), ("length", "truncated")])
def test_thoughts_in_place_of_an_answer_are_told_of(
    llm: LLM, server: FakeServer, message: dict[str, Any], finish: str, fault: OutputFault
) -> None:
    server.will(replies_json(replying(message, finish)))
    with pytest.raises(LLMOutputError, match=r"thinking.*raise max_output_tokens") as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == fault
    assert len(server.seen) == 1


def test_thoughts_that_are_only_counted_are_told_of(llm: LLM, server: FakeServer) -> None:
    used = {"completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 9}}
    server.will(replies_json(replying({"content": ""}, "length", usage=used)))
    with pytest.raises(LLMOutputError, match="spent its output on thinking"):
        llm.ask(prompt(), City)


@pytest.mark.parametrize("message", EMPTY.values(), ids=EMPTY)
def test_without_words_and_thoughts_an_answer_is_empty(
    llm: LLM, server: FakeServer, message: dict[str, Any]
) -> None:
    server.will(replies_json(replying(message)))
    with pytest.raises(LLMOutputError, match="empty answer"):
        llm.ask(prompt(), City)


def test_a_byte_order_mark_before_an_answer_is_no_part_of_it() -> None:
    body = b"\xef\xbb\xbf" + json.dumps(replying({"content": "\ufeffa"})).encode()
    assert read_completion(body).text == "\ufeffa"


@pytest.mark.parametrize(
    ("used", "usage"),
    [
        ({"prompt_tokens": 10.2, "completion_tokens": 5.0}, Usage(calls=1, prompt_tokens=11)),
        ({"prompt_tokens": "11", "completion_tokens": "5.0"}, Usage(calls=1, prompt_tokens=11)),
        ({"input_tokens": 10.5, "output_tokens": 4.5}, Usage(calls=1, prompt_tokens=11)),
    ],
    ids=["fractions", "texts", "newer names"],
)
def test_fractions_of_tokens_count_as_tokens(used: dict[str, Any], usage: Usage) -> None:
    body = json.dumps(replying({"content": "a"}, usage=used)).encode()
    assert read_completion(body).usage == usage.model_copy(update={"completion_tokens": 5})


@pytest.mark.parametrize("odd", ["many", float("nan"), float("inf"), [], {"a": 1}], ids=str)
def test_a_usage_that_makes_no_sense_costs_no_answer(odd: Any) -> None:
    for used in (odd, {"prompt_tokens": odd, "completion_tokens": 5}):
        body = json.dumps(replying({"content": "a"}, usage=used)).encode()
        found = read_completion(body)
        assert (found.text, found.usage.prompt_tokens) == ("a", 0)


@pytest.mark.parametrize("finish", ["stop", "model_length", "MAX_TOKENS", "end_turn", "tool_calls"])
@pytest.mark.parametrize("cut", [1, 3, HALF, len(ULM_JSON) - 1])
@pytest.mark.parametrize("before", ["", "Here: ", "```json\n", f"<think>{ULM_JSON}</think>"])
def test_json_that_is_cut_is_cut_for_whatever_reason(
    llm: LLM, server: FakeServer, finish: str, cut: int, before: str
) -> None:
    server.will(says(before + ULM_JSON[:cut], finish=finish), says(ULM_JSON))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "truncated"
    assert len(server.seen) == 1


@pytest.mark.parametrize("finish", ["MAX_TOKENS", "model_length", "max_tokens", "Length"])
def test_the_limit_has_many_names(llm: LLM, server: FakeServer, finish: str) -> None:
    server.will(says(ULM_JSON, finish=finish))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "truncated"


def test_a_thought_without_an_end_is_cut(llm: LLM, server: FakeServer) -> None:
    server.will(says(f"<think>Is it {ULM_JSON}?"), says(ULM_JSON))
    with pytest.raises(LLMOutputError, match="spent its output on thinking") as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "truncated"


@pytest.mark.parametrize("odd", [{"finish_reason": 1}, {"finish_reason": {}}, {"logprobs": []}])
def test_what_stands_oddly_beside_an_answer_costs_none(odd: dict[str, Any]) -> None:
    choice = {"message": {"content": ULM_JSON, "refusal": []}, "finish_reason": "stop", **odd}
    assert read_completion(json.dumps({"choices": [choice]}).encode()).text == ULM_JSON


@pytest.mark.parametrize("finish", ["content_filter", "SAFETY", "PROHIBITED_CONTENT"])
def test_a_filter_has_many_names(llm: LLM, server: FakeServer, finish: str) -> None:
    server.will(says("", finish=finish))
    with pytest.raises(LLMOutputError, match="filtered the answer") as caught:
        llm.ask(prompt(), City)
    assert caught.value.fault == "filtered"
