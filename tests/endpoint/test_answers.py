"""The fake endpoint answers right."""

import json
import math
from typing import Any

import pytest

from claimcompare import Article
from claimcompare.articles import sentences
from claimcompare.prompts import load_prompt
from claimcompare.stages.extract import WireClaim
from claimcompare.stages.proofs import Given, Proofs
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
    extracting,
    joining,
    judging,
    naming,
    other,
    pairing,
    placing,
)

DAM = "The Marrow dam is full."


def answered(request: dict[str, Any]) -> Any:
    return json.loads(right_answer(request, task_of(request)).content or "")


def in_words(request: dict[str, Any]) -> dict[str, Any]:
    """The same request to a server that takes no schemas: it is in the system text."""
    told: dict[str, Any] = json.loads(json.dumps(request))
    schema = told.pop("response_format")["json_schema"]["schema"]
    words = f"\n\nAnswer with JSON alone, by this JSON schema:\n{json.dumps(schema)}"
    told["messages"][0]["content"] += words
    return told


@pytest.mark.parametrize("task", sorted(TASKS))
def test_a_task_is_recognised(task: Task) -> None:
    assert task_of(BODIES[task]) == task


@pytest.mark.parametrize("task", sorted(TASKS - {"choose", "decide"}))
def test_a_schema_in_the_system_text_is_as_good(task: Task) -> None:
    told = in_words(BODIES[task])
    assert task_of(told) == task
    assert answered(told) == answered(BODIES[task])


def test_who_said_or_denied_something_claims_it() -> None:
    assert answered(extracting("Rain fell on Quorin.", SAYS, DENIES)) == {
        "claims": [
            claim(2, "Ines Quill", "assertion", ASSERTED),
            claim(3, "Oskar Bray", "denial", DENIED),
        ]
    }


def claim(number: int, speaker: str, kind: str, text: str) -> dict[str, Any]:
    told = {"passages": [number], "speaker": speaker, "mention": speaker, "via": []}
    return {**told, "kind": kind, "text": text}


@pytest.mark.parametrize("sentence", [SAYS, DENIES])
def test_a_claim_passes_the_proofs_without_a_doubt(sentence: str) -> None:
    article = Article(id="a", text=f"Rain fell on Quorin. {sentence}")
    read = sentences(article)
    (found,) = answered(extracting(*(one.text for one in read)))["claims"]
    told = WireClaim.model_validate(found)
    given = Given((read[1],), (), told.speaker, told.mention, (), told.kind, told.text)
    proved = Proofs(article, load_prompt("extract").example).claim(given)
    assert (told.passages, proved.doubts) == ([2], ())
    assert proved.mention is not None


def test_equal_names_are_one_speaker() -> None:
    assert answered(naming("Ines Quill", "Oskar Bray", "INES QUILL", "Ines")) == {"same": [[1, 3]]}


def test_what_is_not_true_opposes_the_claims_that_it_is() -> None:
    found = answered(
        pairing(
            ("Oskar Bray", DENIED),
            ("Ines Quill", ASSERTED),
            ("Hedda Voss", ASSERTED),
            ("Oskar Bray", DAM),
            ("Oskar Bray", "It is not true that it rains."),
        )
    )
    point = {"proposition": ASSERTED, "form": "plain", "support": [2, 3], "deny": [1]}
    assert found == {"disputes": [{**point, "withdrawn": []}]}


def test_equal_propositions_are_one_point_also_where_negated() -> None:
    assert answered(joining(DENIED, DAM, ASSERTED, ASSERTED)) == {
        "same": [{"as": 3, "equal": [4], "opposite": [1]}]
    }
    assert answered(joining(DENIED, DENIED)) == {"same": [{"as": 1, "equal": [2], "opposite": []}]}
    assert answered(joining(DENIED, DAM)) == {"same": []}


STANCES = [
    (ASSERTED, ASSERTED, "support"),
    (ASSERTED, DENIED, "denial"),
    (DENIED, DENIED, "support"),
    (DENIED, ASSERTED, "denial"),
    (ASSERTED, DAM, "context"),
]
OPPOSITE = {"support": "denial", "denial": "support", "context": "context"}


@pytest.mark.parametrize(("proposition", "text", "expected"), STANCES)
@pytest.mark.parametrize("negated", [False, True])
def test_a_stance_is_probable_and_voted_for(
    *, proposition: str, text: str, expected: str, negated: bool
) -> None:
    chosen = OPPOSITE[expected] if negated else expected
    said = right_answer(placing(proposition, text, DAM, negated=negated), "choose")
    assert said.content == chosen
    assert said.logprobs is not None
    chances = {token: math.exp(value) for token, value in said.logprobs.items()}
    assert chances[chosen] == pytest.approx(0.9)
    assert sum(chances.values()) == pytest.approx(1)
    voted = placing(proposition, text, DAM, negated=negated, vote=True)
    assert answered(voted) == {"answer": chosen}


def test_the_stances_to_several_propositions_are_told_at_once() -> None:
    assert answered(judging([ASSERTED, DENIED], ASSERTED, DENIED, DAM)) == {
        "judged": [
            {"proposition": 1, "support": [1], "denial": [2], "context": [3]},
            {"proposition": 2, "support": [2], "denial": [1], "context": [3]},
        ]
    }


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
