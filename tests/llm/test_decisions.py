"""What an endpoint's answers to closed questions come to, each on its own."""

import json
import math

import pytest

from claimcompare.errors import LLMError
from tests.llm.deciding import (
    EVEN,
    OPENAI,
    OPTIONS,
    SURE,
    USED,
    by_path,
    errors,
    in_chat,
    listed,
    mapped,
    paths,
    question,
    questions,
    replies_with,
)
from tests.llm.server import (
    FakeServer,
    Reply,
    fails,
    model_at,
    prompt,
)

ODD: dict[str, tuple[object, str]] = {
    "refused": ({"type": "refusal", "name": "c2"}, "refused"),
    "sum": (listed({**SURE, "support": 0.8}, "c2"), "sum to 0.9"),
    "sum above": (listed({**SURE, "support": 0.93}, "c2"), "sum to 1.03"),
    "NaN": (listed({**SURE, "denial": math.nan}, "c2"), "'denial': nan"),
    "endless": (listed({**SURE, "denial": math.inf}, "c2"), "'denial': inf"),
    "negative": (listed({"support": 1.1, "denial": -0.1}, "c2"), "'denial': -0.1"),
    "nothing": (listed({}, "c2"), "sum to 0"),
    "another option": (listed({**SURE, "maybe": 0.0}, "c2"), "something else"),
    "an option twice": (
        {**listed(name="c2"), "probabilities": [{"value": "support", "probability": 0.5}] * 2},
        "two probabilities",
    ),
    "no number": ({**listed(name="c2"), "probabilities": "high"}, "cannot be read"),
    "a score": ({"type": "predicate", "name": "c2", "probability": 0.5}, "sum to 0"),
}


@pytest.mark.parametrize(("odd", "words"), ODD.values(), ids=ODD)
def test_an_odd_answer_is_an_error_of_its_question_alone(
    server: FakeServer, odd: object, words: str
) -> None:
    server.will_always(
        by_path(decisions=replies_with([listed(name="c1"), odd, listed(EVEN, "c3")]))
    )
    found = model_at(server).decide(prompt(), questions(3))
    first, second, third = found.answers
    assert (first.error, third.error) == (None, None)
    assert third.probabilities == EVEN
    assert words in (second.error or "")
    assert not second.probabilities
    assert found.usage == USED


def test_an_unreadable_answer_keeps_its_place_or_name(server: FakeServer) -> None:
    for odd in (7, {"type": "essay"}, {"type": "essay", "name": "c1"}):
        server.will_always(by_path(decisions=replies_with([odd, listed(name="c2")])))
        found = model_at(server).decide(prompt(), questions(2))
        assert errors(found) == ["the answer cannot be read", None]


def test_a_missing_answer_is_an_error_of_its_question_alone(server: FakeServer) -> None:
    for answers in ([listed(name="c1"), listed(name="c3")], [listed(name="c3"), listed(name="c1")]):
        server.will_always(by_path(decisions=replies_with(answers)))
        assert errors(model_at(server).decide(prompt(), questions(3))) == [None, "no answer", None]


def test_a_doubled_answer_is_an_error_of_its_question_alone(server: FakeServer) -> None:
    answers = [listed(name="c1"), listed(name="c2"), listed(EVEN, "c2"), listed(name="c3")]
    server.will_always(by_path(decisions=replies_with(answers)))
    found = model_at(server).decide(prompt(), questions(3))
    assert errors(found) == [None, "the endpoint gave 2 answers", None]


def test_answers_without_names_stand_in_order(server: FakeServer) -> None:
    answers = [listed(), {"type": "refusal", "name": None}, listed(EVEN)]
    server.will_always(by_path(decisions=replies_with(answers)))
    found = model_at(server).decide(prompt(), questions(3))
    assert errors(found) == [None, "refused", None]
    assert found.answers[2].probabilities == EVEN


def test_too_few_answers_without_names_are_nobodys(server: FakeServer) -> None:
    server.will_always(by_path(decisions=replies_with([listed(), listed()])))
    assert errors(model_at(server).decide(prompt(), questions(3))) == ["no answer"] * 3


@pytest.mark.parametrize("answers", [{}, {"c1": mapped(), "c3": mapped()}])
def test_what_is_missing_in_a_map_is_missing_alone(
    server: FakeServer, answers: dict[str, object]
) -> None:
    server.will_always(by_path(systemone=replies_with(answers)))
    expected = [None if one.name in answers else "no answer" for one in questions(3)]
    assert errors(model_at(server).decide(prompt(), questions(3))) == expected


def test_a_name_that_stands_twice_in_a_map_is_seen(server: FakeServer) -> None:
    one = json.dumps(mapped())
    body = f'{{"answers": {{"c1": {one}, "c2": {one}, "c2": {one}}}}}'.encode()
    server.will_always(by_path(systemone=Reply(body)))
    found = model_at(server).decide(prompt(), questions(2))
    assert errors(found) == [None, "the endpoint gave 2 answers"]


def test_an_option_that_stands_twice_in_a_map_is_seen(server: FakeServer) -> None:
    odds = '{"support": 0.5, "support": 0.5, "denial": 0.5, "context": 0}'
    body = f'{{"answers": {{"c1": {{"type": "choice", "probabilities": {odds}}}}}}}'.encode()
    server.will_always(by_path(systemone=Reply(body)))
    (error,) = errors(model_at(server).decide(prompt(), [question()]))
    assert error == "two probabilities of one option"


@pytest.mark.parametrize("support", [0.88, 0.89, 0.9, 0.92])
def test_rounded_probabilities_are_made_to_sum_to_one(server: FakeServer, support: float) -> None:
    shares = {**SURE, "support": support}
    server.will_always(by_path(decisions=replies_with([listed(shares)])))
    (answer,) = model_at(server).decide(prompt(), [question()]).answers
    assert math.isclose(sum(answer.probabilities.values()), 1)
    assert answer.probabilities["support"] == pytest.approx(support / (support + 0.1))
    assert list(answer.probabilities) == [option.value for option in OPTIONS]


def test_an_option_that_is_left_out_has_no_probability(server: FakeServer) -> None:
    server.will_always(by_path(decisions=replies_with([listed({"denial": 1.0})])))
    (answer,) = model_at(server).decide(prompt(), [question()]).answers
    assert answer.probabilities == {"support": 0, "denial": 1, "context": 0}


def test_an_error_with_the_status_of_success_is_an_error(server: FakeServer) -> None:
    server.will_always(by_path(decisions=fails(200, "credits out"), chat=in_chat))
    with pytest.raises(LLMError, match="credits out"):
        model_at(server).decide(prompt(), [question()])
    assert paths(server) == [OPENAI]
