"""Responses with more or less in them than the API says."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.errors import LLMError
from claimcompare.llm.completion import Completion, in_words, read_completion
from claimcompare.usage import Usage

NO_COMPLETION = {
    "nothing": b"",
    "words": b"busy",
    "number": b"1",
    "null": b"null",
    "list": b"[]",
    "no choices": b"{}",
    "null for choices": b'{"choices": null}',
    "choices by name": b'{"choices": {"0": {}}}',
    "no message": b'{"choices": [{}]}',
    "null for a message": b'{"choices": [{"message": null}]}',
    "content by name": b'{"choices": [{"message": {"content": {"text": "a"}}}]}',
    "numbers for parts": b'{"choices": [{"message": {"content": [1]}}]}',
    "no text": b'\xff{"choices": []}',
    "half a pair": b'{"choices": [{"message": {"content": "\\ud800"}}]}',
}
WORDS = {
    "text": ("credits out", "credits out"),
    "message": ({"message": "credits out", "code": 402}, "credits out"),
    "detail": ({"detail": "credits out"}, "credits out"),
    "inside": ({"error": {"message": "credits\n  out"}}, "credits out"),
    "empty message": ({"message": "", "detail": "credits out"}, "credits out"),
    "list": ([{"msg": "credits out"}], "[{'msg': 'credits out'}]"),
    "nothing known": ({"code": 402}, "{'code': 402}"),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "usage", "logprobs", "error", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def reply(message: dict[str, Any] | None = None, **more: Any) -> bytes:
    choice = {"message": message or {"content": "a"}, **more.pop("choice", {})}
    return json.dumps({"choices": [choice], **more}).encode()


def top(*alternatives: Any) -> dict[str, Any]:
    return {"logprobs": {"content": [{"top_logprobs": list(alternatives)}]}}


@pytest.mark.parametrize("body", NO_COMPLETION.values(), ids=NO_COMPLETION)
def test_what_is_no_completion_is_an_error_that_doubts_the_address(body: bytes) -> None:
    with pytest.raises(LLMError, match=r"no chat completion; is the base URL right\?"):
        read_completion(body)


@given(JSON)
def test_no_response_makes_another_error(value: Any) -> None:
    try:
        assert isinstance(read_completion(json.dumps(value).encode()), Completion)
    except LLMError:
        return


def test_an_error_does_not_quote_the_response() -> None:
    with pytest.raises(LLMError) as caught:
        read_completion(b'{"choices": [{"message": {"content": {"a": "MARKED"}}}]}')
    assert "MARKED" not in str(caught.value)
    assert "choices.0.message.content" in str(caught.value)


@pytest.mark.parametrize(("complaint", "words"), WORDS.values(), ids=WORDS)
def test_an_error_is_told_in_the_endpoints_words(complaint: object, words: str) -> None:
    assert in_words(complaint) == words
    with pytest.raises(LLMError, match="answered with an error: ") as caught:
        read_completion(json.dumps({"error": complaint, "choices": []}).encode())
    assert str(caught.value).endswith(words)


def test_long_words_are_cut() -> None:
    with pytest.raises(LLMError) as caught:
        read_completion(json.dumps({"error": "word " * 1_000}).encode())
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize("error", [None, "", {}, False])
def test_an_empty_error_is_none(error: object) -> None:
    assert read_completion(reply(error=error)).text == "a"


def test_fields_of_other_servers_do_not_matter() -> None:
    found = read_completion(
        reply({"content": "a", "reasoning": "hm", "tool_calls": None}, choice={"stop": 1}, x={})
    )
    assert found == Completion(text="a", usage=Usage(calls=1))


def test_only_the_first_choice_is_read() -> None:
    choices = [{"message": {"content": text}} for text in ("first", "second")]
    assert read_completion(json.dumps({"choices": choices}).encode()).text == "first"


@pytest.mark.parametrize(
    "used",
    [
        None,
        {},
        {"prompt_tokens": None, "completion_tokens": None},
        {"prompt_tokens_details": None},
        {"prompt_tokens_details": {"cached_tokens": None}},
    ],
    ids=str,
)
def test_usage_that_is_not_told_is_none(used: dict[str, Any] | None) -> None:
    assert read_completion(reply(usage=used)).usage == Usage(calls=1)


@pytest.mark.parametrize("many", [10**25, 10**400, 1e25, "1e25", 10**8 + 1])
@pytest.mark.parametrize("place", ["prompt_tokens", "completion_tokens", "output_tokens"])
def test_usage_beyond_belief_is_none(place: str, many: object) -> None:
    told = {"prompt_tokens": 5, "completion_tokens": 5} | {place: many}
    if place == "output_tokens":
        del told["completion_tokens"]
    assert read_completion(reply(usage=told)).usage == Usage(calls=1)


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"logprobs": None},
        {"logprobs": {}},
        {"logprobs": {"content": None}},
        {"logprobs": {"content": []}},
        {"logprobs": {"content": [{}]}},
        {"logprobs": {"content": [{"top_logprobs": None}]}},
        top(),
        top({}),
        top({"token": "a"}),
        top({"token": "a", "logprob": None}),
        top({"token": None, "logprob": -1}),
        top({"token": "a", "logprob": -math.inf}),
    ],
    ids=str,
)
def test_log_probabilities_that_are_not_told_are_none(choice: dict[str, Any]) -> None:
    assert read_completion(reply(choice=choice)).logprobs == {}


def test_impossible_tokens_are_dropped_and_odd_ones_are_not() -> None:
    given_ = {"a": -0.5, "b": -math.inf, "c": math.inf, "d": -9999}
    alternatives = [{"token": token, "logprob": value} for token, value in given_.items()]
    found = read_completion(reply(choice=top(*alternatives))).logprobs
    assert found == {"a": -0.5, "c": math.inf, "d": -9999}


def test_a_number_beyond_all_bounds_is_read_as_endless() -> None:
    body = reply(choice=top({"token": "a", "logprob": 0}))
    assert read_completion(body.replace(b": 0}", b": 1e999}")).logprobs == {"a": math.inf}
