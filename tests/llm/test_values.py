"""Values in the texts of models that say more than they are asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from claimcompare.llm.values import ballot_for, read_value, schema_of
from tests.llm.server import ULM, ULM_JSON, City

BONN_JSON = ULM_JSON.replace("Ulm", "Bonn")
WORDY = {
    "whole": ULM_JSON,
    "spaced": f"\n {ULM_JSON}\n",
    "fenced": f"```json\n{ULM_JSON}\n```",
    "plain fence": f"```\n{ULM_JSON}\n```",
    "after words": f"Sure! Here it is: {ULM_JSON}",
    "before words": f"{ULM_JSON} Is there anything else?",
    "among words": f"<think>a city</think>\n{ULM_JSON}\nThat is all.",
    "after a brace": f"The set {{of cities}} has {ULM_JSON}",
    "after another object": f'{{"city": "Ulm"}} or rather {ULM_JSON}',
    "twice": f"{BONN_JSON}\n{ULM_JSON}",
    "after a draft": f"<think>Is it {BONN_JSON}?</think>{ULM_JSON}",
    "after two thoughts": f"<thinking>{{</thinking>\n<thinking>[</thinking>{ULM_JSON}",
    "after the end of a thought": f"Perhaps {BONN_JSON}. No.</think>\n{ULM_JSON}",
    "after many drafts": f"{BONN_JSON}, or {{none}}? " * 50 + ULM_JSON,
    "before an example": f'{ULM_JSON}\nI kept to {{"type": "object"}}.',
    "in a list": f"[{ULM_JSON}]",
    "byte order mark": f"\ufeff{ULM_JSON}",
}
WORTHLESS = {
    "nothing": "",
    "words": "Ulm, of course",
    "broken": '{"name": "Ulm", "people"',
    "braces": "{{{}}}",
    "another object": '{"city": "Ulm"}',
    "a field too many": 'Here: {"name": "Ulm", "people": 1, "river": "Danube"}',
    "number in words": 'Here: {"name": "Ulm", "people": "126000"}',
    "truth as a number": 'Here: {"name": "Ulm", "people": true}',
    "draft before another": f'{ULM_JSON} or rather {{"name": "Ulm", "people": "many"}}',
    "draft before words": f"<think>{ULM_JSON}</think>I do not know.",
    "thought without an end": f"<think>{ULM_JSON}",
    "fraction": 'Here: {"name": "Ulm", "people": 1.0}',
    "number as a name": 'Here: {"name": 89073, "people": 1}',
    "in text": json.dumps({"text": ULM_JSON}),
}


class Nested(BaseModel):
    """A value as the stages ask for it."""

    model_config = ConfigDict(extra="forbid")

    cities: list[City]
    best: City | None


@pytest.mark.parametrize("text", WORDY.values(), ids=WORDY)
def test_the_last_object_is_the_value(text: str) -> None:
    assert read_value(text, City) == ULM


@pytest.mark.parametrize("fence", ["{}", "```json\n{}\n```"])
def test_an_answer_may_quote_the_end_of_a_thought(fence: str) -> None:
    quoting = City(name=f"</think>{BONN_JSON}", people=1)
    answer = fence.replace("{}", quoting.model_dump_json())
    for thought in ("", f"<think>{BONN_JSON}</think>"):
        assert read_value(thought + answer, City) == quoting


@pytest.mark.parametrize("text", WORTHLESS.values(), ids=WORTHLESS)
def test_without_a_valid_object_the_error_is_that_of_the_whole_text(text: str) -> None:
    with pytest.raises(ValidationError) as expected:
        City.model_validate_json(text)
    with pytest.raises(ValidationError) as caught:
        read_value(text, City)
    assert caught.value.errors(include_url=False) == expected.value.errors(include_url=False)


def test_nested_values_are_found_as_well() -> None:
    nested = Nested(cities=[ULM], best=None)
    assert read_value(f"Here: {nested.model_dump_json()}", Nested) == nested


@given(st.text(st.characters(exclude_characters="{}")), st.text())
def test_words_around_a_value_do_not_matter(before: str, after: str) -> None:
    assert read_value(f"{before}{ULM_JSON}{after}", City) == ULM


@given(st.text(st.sampled_from('{}[]",:nul1 \\')))
def test_no_text_makes_another_error(text: str) -> None:
    try:
        assert isinstance(read_value(text, City), City)
    except ValidationError:
        return


def test_half_a_character_costs_no_answer_and_is_not_kept() -> None:
    told = read_value('{"name": "Ulm \\ud83d", "people": 3}', City)
    assert told.name == "Ulm \ufffd"
    assert read_value('Yes: {"name": "\\ud83d\\ude00", "people": 3}', City).name == "\U0001f600"


def test_a_ballot_holds_one_of_the_options() -> None:
    ballot = ballot_for(("support", "denial"))
    assert read_value('I say {"answer": "denial"}', ballot).model_dump() == {"answer": "denial"}
    with pytest.raises(ValidationError):
        read_value('I say {"answer": "maybe"}', ballot)


def test_equal_schemas_are_made_once() -> None:
    assert ballot_for(("support", "denial")) is ballot_for(("support", "denial"))
    assert ballot_for(("denial", "support")) is not ballot_for(("support", "denial"))
    assert schema_of(City) is schema_of(City)


@pytest.mark.parametrize("opening", ['{"a":', '{"a":['])
def test_endless_nesting_is_an_invalid_answer(opening: str) -> None:
    with pytest.raises(ValidationError):
        read_value(opening * 50_000, City)
