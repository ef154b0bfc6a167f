"""`LLM.choose` and `LLM.achoose`: measured where the endpoint measures, else voted."""

import asyncio
import logging
import math
from collections.abc import Iterable

import pytest

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM, Choice
from claimcompare.usage import Usage
from tests.llm.server import (
    FakeServer,
    Reply,
    Script,
    Seen,
    ballot,
    cost,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

OPTIONS = ("support", "denial", "context")
HALF, QUARTER = math.log(0.5), math.log(0.25)
NO_LOGPROBS = {
    "leaves them out": says("support"),
    "has none of the options": says("Well", logprobs={"Well": -0.1, "Hm": -2.0}),
    "rejects them": fails(400, "'logprobs' is not supported by this model"),
}


def without_logprobs(first: Reply, votes: Iterable[Reply] = ()) -> Script:
    """Meets a request for log-probabilities with `first`, and any other with the next vote."""
    rest = iter(votes)
    return lambda request: first if is_measured(request) else next(rest, ballot("support"))


def is_measured(request: Seen) -> bool:
    return "logprobs" in request.body


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_probabilities_follow_the_first_token(llm: LLM, server: FakeServer) -> None:
    first = {" Sup": QUARTER, "support": QUARTER, "denial": QUARTER, "Hm": math.log(0.2)}
    server.will(says("support", finish="length", logprobs=first))
    probabilities, usage, _ = llm.choose(prompt(), OPTIONS)
    assert probabilities == pytest.approx({"support": 2 / 3, "denial": 1 / 3, "context": 0})
    assert usage == cost()


@pytest.mark.parametrize(("other", "mass"), [({"Hm": HALF}, 0.5), ({"denial": HALF}, 1), ({}, 0.5)])
def test_a_choice_tells_how_much_fell_on_the_options(
    llm: LLM, server: FakeServer, other: dict[str, float], mass: float
) -> None:
    server.will(says("support", logprobs={"support": HALF, **other}))
    assert llm.choose(prompt(), OPTIONS).label_mass == pytest.approx(mass)


def test_a_choice_by_votes_does_not_tell_it(server: FakeServer) -> None:
    llm = model_at(server.will_always(ballot("support")), logprobs=False, votes=2)
    assert llm.choose(prompt(), OPTIONS).label_mass is None


def test_tokens_after_the_first_do_not_count(llm: LLM, server: FakeServer) -> None:
    tokens = [
        {"token": token, "logprob": 0, "top_logprobs": [{"token": token, "logprob": 0}]}
        for token in ("denial", "support", "support")
    ]
    choice = {"message": {"content": "denial"}, "logprobs": {"content": tokens}}
    server.will(replies_json({"choices": [choice]}))
    found = llm.choose(prompt(), OPTIONS)
    odds = {"support": 0.0, "denial": 1.0, "context": 0.0}
    assert found == Choice(odds, Usage(calls=1, cost=None), label_mass=1)


def test_the_request_asks_for_one_token_and_its_alternatives(server: FakeServer) -> None:
    llm = model_at(server.will(says("s", logprobs={"s": -0.1})), "gpt-x", temperature=0.25)
    llm.choose(prompt("Which stance?"), OPTIONS)
    body = server.seen[0].body
    assert server.seen[0].user == "Which stance?"
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("gpt-x", 0.25, 1)
    assert (body["logprobs"], body["top_logprobs"]) == (True, 20)
    assert "response_format" not in body


def test_impossible_tokens_and_odd_ones_of_no_option_are_ignored(
    llm: LLM, server: FakeServer
) -> None:
    odd = {"support": HALF, "denial": HALF, "context": -math.inf, "Hm": math.nan, "Oh": math.inf}
    server.will(says("support", logprobs=odd))
    found = llm.choose(prompt(), OPTIONS).probabilities
    assert found == pytest.approx({"support": 0.5, "denial": 0.5, "context": 0})


@pytest.mark.parametrize("odd", [math.nan, math.inf])
def test_a_token_of_an_option_without_a_probability_is_a_fault_and_not_voted_on(
    llm: LLM, server: FakeServer, odd: float
) -> None:
    server.will(says("support", logprobs={"support": HALF, " denial": odd}))
    with pytest.raises(LLMOutputError, match=r"^classify: .*' denial'") as caught:
        llm.choose(prompt(name="classify"), OPTIONS)
    assert (caught.value.fault, caught.value.output) == ("invalid", "support")
    assert caught.value.usage == cost()
    assert len(server.seen) == 1


def test_a_refusal_is_a_fault_and_not_voted_on(llm: LLM, server: FakeServer) -> None:
    server.will(says(None, refusal="I cannot."))
    with pytest.raises(LLMOutputError) as caught:
        llm.choose(prompt(), OPTIONS)
    assert caught.value.fault == "refused"
    assert len(server.seen) == 1


def test_a_rejection_for_another_reason_is_not_voted_on(llm: LLM, server: FakeServer) -> None:
    server.will(fails(400, "no such model"))
    with pytest.raises(LLMError, match="no such model"):
        llm.choose(prompt(), OPTIONS)
    assert len(server.seen) == 1


@pytest.mark.parametrize("first", NO_LOGPROBS.values(), ids=NO_LOGPROBS)
def test_without_logprobs_the_model_votes(server: FakeServer, first: Reply) -> None:
    llm = model_at(server, votes=4)
    votes = [ballot(answer) for answer in ("denial", "support", "denial", "denial")]
    server.will_always(without_logprobs(first, votes))
    probabilities, usage, _ = llm.choose(prompt(), OPTIONS)
    assert probabilities == {"support": 0.25, "denial": 0.75, "context": 0}
    assert usage.calls == len(server.seen) == 5


def test_votes_are_paid_with_the_request_before_them(server: FakeServer) -> None:
    llm = model_at(server.will_always(without_logprobs(says("support"))), votes=3)
    assert llm.choose(prompt(), OPTIONS).usage == cost(4)


def test_votes_differ_in_their_seeds_and_name_the_options(server: FakeServer) -> None:
    llm = model_at(server.will_always(ballot("context")), logprobs=False, votes=4)
    llm.choose(prompt("Which stance?"), OPTIONS)
    assert len({request.body["seed"] for request in server.seen}) == len(server.seen) == 4
    for request in server.seen:
        schema = request.body["response_format"]["json_schema"]
        assert request.user == "Which stance?"
        assert request.body["temperature"] > 0
        assert schema["strict"] is True
        assert schema["schema"]["additionalProperties"] is False
        assert schema["schema"]["properties"]["answer"]["enum"] == list(OPTIONS)


@pytest.mark.parametrize("first", NO_LOGPROBS.values(), ids=NO_LOGPROBS)
def test_an_endpoint_without_logprobs_is_told_of_once_and_asked_for_them_once(
    server: FakeServer, caplog: pytest.LogCaptureFixture, first: Reply
) -> None:
    llm = model_at(server.will_always(without_logprobs(first)), votes=2)
    for _ in range(3):
        llm.choose(prompt(), OPTIONS)
    assert [is_measured(request) for request in server.seen] == [True] + [False] * 6
    (warning,) = warnings(caplog)
    assert "log-probabilities" in warning


@pytest.mark.parametrize("odd", NO_LOGPROBS.values(), ids=NO_LOGPROBS)
def test_once_logprobs_have_worked_one_answer_without_them_is_voted_on_alone(
    server: FakeServer, caplog: pytest.LogCaptureFixture, odd: Reply
) -> None:
    measured = says("denial", logprobs={"denial": -0.1})
    llm = model_at(server.will(measured, odd, ballot("context"), measured), votes=1)
    found = [llm.choose(prompt(), OPTIONS) for _ in range(3)]
    assert [choice.probabilities["denial"] for choice in found] == [1, 0, 1]
    assert [choice.usage.calls for choice in found] == [1, 2, 1]
    assert [is_measured(request) for request in server.seen] == [True, True, False, True]
    assert not warnings(caplog)


def test_choosing_concurrently_warns_once(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    llm = model_at(server.will_always(without_logprobs(NO_LOGPROBS["rejects them"])), votes=1)

    async def six() -> list[Choice]:
        return await asyncio.gather(*(llm.achoose(prompt(), OPTIONS) for _ in range(6)))

    assert {choice.probabilities["support"] for choice in llm.run(six())} == {1}
    assert len(warnings(caplog)) == 1


def test_votes_asked_for_in_the_settings_come_without_a_warning(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    llm = model_at(server.will_always(ballot("denial")), logprobs=False, votes=2)
    assert llm.choose(prompt(), OPTIONS).probabilities["denial"] == 1
    assert not any(is_measured(request) for request in server.seen)
    assert not warnings(caplog)


def test_an_invalid_ballot_is_paid_for_but_not_counted(server: FakeServer) -> None:
    votes = [ballot("support"), says("hm"), ballot("denial"), ballot("maybe")]
    llm = model_at(server.will(*votes), logprobs=False, votes=4)
    probabilities, usage, _ = llm.choose(prompt(), OPTIONS)
    assert probabilities == {"support": 0.5, "denial": 0.5, "context": 0}
    assert usage == cost(4)


def test_only_invalid_ballots_are_a_fault(server: FakeServer) -> None:
    llm = model_at(server.will_always(says("hm")), logprobs=False, votes=3)
    with pytest.raises(LLMOutputError, match=r"^classify: ") as caught:
        llm.choose(prompt(name="classify"), OPTIONS)
    assert (caught.value.fault, caught.value.output) == ("invalid", "hm")
    assert caught.value.usage == cost(3)


def test_a_vote_that_fails_is_raised_with_what_the_others_cost(server: FakeServer) -> None:
    server.will(ballot("support"), ballot("support"), fails(400, "no more of you"))
    llm = model_at(server, logprobs=False, votes=3, concurrency=1)
    with pytest.raises(LLMError, match="no more of you") as caught:
        llm.choose(prompt(), OPTIONS)
    assert caught.value.usage == llm.spent == cost(2)
