"""The fake endpoint answers right."""

import json
import math
from typing import Any

import pytest
from claimcompare.small.statements import Given, Said

from claimcompare import Article
from claimcompare.articles.passages import passages
from claimcompare.prompts import load_prompt
from claimcompare.schema import Prompt, StageName
from claimcompare.small.checks import check
from claimcompare.small.names import Names
from tests.endpoint.answers import TASKS, Task, right_answer, task_of
from tests.endpoint.replies import right_reply
from tests.endpoint.requests import (
    ASKED_AGAIN,
    ASSERTED,
    BODIES,
    DENIED,
    DENIES,
    SAYS,
    Crew,
    body,
    extracting,
    judging,
    other,
    pairing,
    placing,
)


def answered(request: dict[str, Any]) -> Any:
    return json.loads(right_answer(request, task_of(request)).content or "")


@pytest.mark.parametrize("task", sorted(TASKS))
def test_a_task_is_recognised(task: Task) -> None:
    assert task_of(BODIES[task]) == task


@pytest.mark.parametrize("name", ["extract", "pair"])
def test_without_a_schema_the_system_text_tells(name: StageName) -> None:
    prompt = Prompt(name=name, version="1", system=load_prompt(name).system, user="", sha256="0")
    assert task_of(body(prompt)) == name


def test_who_said_or_denied_something_claims_it() -> None:
    assert answered(extracting("Rain fell on Quorin.", SAYS, DENIES)) == {
        "1": [],
        "2": [claim("Ines Quill", ASSERTED)],
        "3": [claim("Oskar Bray", DENIED)],
    }


def claim(speaker: str, text: str) -> dict[str, Any]:
    return {"who": speaker, "speaker": speaker, "via": [], "text": text}


def test_a_lean_answer_has_the_speaker_or_nothing() -> None:
    found = answered(extracting("Rain fell on Quorin.", SAYS, "Nobody said why.", lean=True))
    told = {"who": "Ines Quill", "speaker": "Ines Quill"}
    assert found == {"2 said": told, "3 said": None}


@pytest.mark.parametrize("lean", [True, False])
def test_a_schema_in_the_system_text_is_as_good(*, lean: bool) -> None:
    held = extracting("Rain fell on Quorin.", SAYS, DENIES, lean=lean)
    told = json.loads(json.dumps(held))
    schema = told.pop("response_format")["json_schema"]["schema"]
    told["messages"][0]["content"] += (
        f"\n\nAnswer with JSON alone, by this JSON schema:\n{json.dumps(schema)}"
    )
    assert task_of(told) == "extract"
    assert answered(told) == answered(held)


@pytest.mark.parametrize("sentence", [SAYS, DENIES])
def test_a_claim_passes_the_checks_unchanged(sentence: str) -> None:
    article = Article(id="a", text=f"{sentence} Rain fell on Quorin.")
    read = tuple(passages(article))
    found = next(iter(answered(extracting(*(one.text for one in read))).values()))[0]
    cue = read[0].cues[0].text
    said = Said(read[0], found["who"], found["speaker"], (), cue, found["text"], own_words="None.")
    checked = check(said, Given(read, (), Names(article.text), load_prompt("extract").system))
    assert (checked.speaker, checked.cue, checked.text) == (found["speaker"], cue, found["text"])
    assert not checked.note


def test_what_is_not_true_contradicts_the_claim_of_another() -> None:
    found = answered(
        pairing(
            ("Oskar Bray", DENIED),
            ("Ines Quill", DENIED),
            ("Oskar Bray", ASSERTED),
            ("Oskar Bray", "It is not true that it rains."),
        )
    )
    assert found == {"disputes": [{"statement": 3, "against": 1, "proposition": ASSERTED}]}


@pytest.mark.parametrize(
    ("proposition", "text", "expected"),
    [
        (ASSERTED, ASSERTED, "support"),
        (ASSERTED, DENIED, "denial"),
        (DENIED, DENIED, "support"),
        (DENIED, ASSERTED, "denial"),
        (ASSERTED, "The Marrow dam is full.", "context"),
    ],
)
def test_a_stance_is_probable_and_voted_for(proposition: str, text: str, expected: str) -> None:
    said = right_answer(placing(proposition, text), "choose")
    assert said.content == expected
    assert said.logprobs is not None
    chances = {token: math.exp(value) for token, value in said.logprobs.items()}
    assert chances[expected] == pytest.approx(0.9)
    assert sum(chances.values()) == pytest.approx(1)
    assert answered(placing(proposition, text, vote=True)) == {"answer": expected}


@pytest.mark.parametrize(
    ("negated", "expected"),
    [
        (False, {"1": "support", "2": "denial", "3": "context"}),
        (True, {"1": "denial", "2": "support", "3": "context"}),
    ],
)
def test_several_stances_are_told_at_once(*, negated: bool, expected: dict[str, str]) -> None:
    claims = (ASSERTED, DENIED, "The Marrow dam is full.")
    assert answered(judging(ASSERTED, *claims, negated=negated)) == expected


@pytest.mark.parametrize("task", sorted(TASKS - {"decide"}))
def test_asked_again_it_answers_the_same(task: Task) -> None:
    request = json.loads(json.dumps(BODIES[task]))
    request["messages"][1]["content"] += ASKED_AGAIN
    assert right_answer(request, task) == right_answer(BODIES[task], task)


def test_an_unknown_schema_gets_its_smallest_value() -> None:
    hand = {"name": "x", "duty": "sail", "pay": 0}
    assert answered(other()) == {"captain": hand, "hands": [], "size": 0, "berth": [0, "x"]}
    Crew.model_validate(answered(other()))


def test_usage_is_told_by_length() -> None:
    request, reply = BODIES["extract"], right_reply(BODIES["extract"], "extract")
    usage = json.loads(reply.body)["usage"]
    sent = sum(len(message["content"]) for message in request["messages"])
    said = len(json.loads(reply.body)["choices"][0]["message"]["content"])
    assert usage["prompt_tokens"] == math.ceil(sent / 4)
    assert usage["completion_tokens"] == math.ceil(said / 4)
    assert 0 < usage["prompt_tokens_details"]["cached_tokens"] < usage["prompt_tokens"]
