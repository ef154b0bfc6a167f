"""The fake endpoint answers right."""

import json
import math
from typing import Any

import pytest

from claimcompare import Article
from claimcompare.prompts import load_prompt
from claimcompare.schema import Prompt, StageName
from claimcompare.stages.checks import Given, check
from claimcompare.stages.extract import WireClaims
from claimcompare.stages.names import Names
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
    found = answered(extracting("Rain fell on Quorin.", SAYS, DENIES))
    assert found == {
        "claims": [
            claim(8, "Ines Quill", "said", ASSERTED),
            claim(9, "Oskar Bray", "denied", DENIED),
        ]
    }


def claim(number: int, speaker: str, cue: str, text: str) -> dict[str, Any]:
    return {"sentences": [number], "speaker": speaker, "via": [], "cue": cue, "text": text}


@pytest.mark.parametrize("sentence", [SAYS, DENIES])
def test_a_claim_passes_the_checks_unchanged(sentence: str) -> None:
    article = Article(id="a", text=f"{sentence} Rain fell on Quorin.")
    prompt = load_prompt("extract")
    numbered = [(one.number, one.text) for one in article.sentences()]
    request = body(prompt.fill(before="", sentences=numbered), WireClaims)
    wire = WireClaims.model_validate(answered(request)).claims[0]
    given = Given(article.sentences(), (), Names(article.text), prompt.system)
    checked = check(wire, given)
    assert (checked.speaker, checked.cue, checked.text) == (wire.speaker, wire.cue, wire.text)
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


@pytest.mark.parametrize("task", sorted(TASKS))
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
