"""JSON that is whole, and JSON that is not."""

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.llm.jsontexts import is_cut, objects_in, without_thoughts

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, min_size=1)
NOT_CUT = ["", " ", "no JSON", "{so he said", "a [sic] in words", "{}", "[1] is a note", '{"a": b']
NESTED = [
    '{"a":',
    "{",
    "[{",
    '{"',
    '{"a":{"b":1},',
    "[[1],",
    '{"a":"x", y}\n',
    "<think>",
    "</think",
]


@given(OBJECTS, st.data())
def test_every_beginning_of_an_object_is_cut(value: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(value)
    assert not is_cut(text)
    assert is_cut(text[: data.draw(st.integers(1, len(text) - 1))])


@pytest.mark.parametrize("text", NOT_CUT)
def test_words_are_not_cut(text: str) -> None:
    assert not is_cut(text)


@pytest.mark.parametrize("text", ['[{"a": 1},', '```json\n{"a": [\n```', '{"a": 1} or {"b'])
def test_what_stands_around_does_not_matter(text: str) -> None:
    assert is_cut(text)


@pytest.mark.parametrize("text", NESTED)
def test_no_text_takes_long(text: str) -> None:
    started = process_time()
    is_cut(text * 50_000)
    list(objects_in(text * 50_000))
    assert process_time() - started < 2


def test_only_the_thoughts_at_the_beginning_are_left_out() -> None:
    assert without_thoughts("<think>a</think> <thought>b</thought>c<think>d</think>") == (
        "c<think>d</think>"
    )
    assert without_thoughts("a</think>b") == "b"
    assert without_thoughts("<think>a") == ""
    assert without_thoughts('{"a": "</think>"}') == '{"a": "</think>"}'
