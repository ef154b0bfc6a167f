"""What calls to an endpoint are charged for, and how its budget ends them."""

import asyncio
import gc
from threading import Event

import pytest
from openai import AsyncOpenAI

from claimcompare.errors import BudgetExceeded, LLMError, LLMOutputError, LLMUnavailable
from claimcompare.llm import LLM, LLMSettings, Prices, endpoint
from claimcompare.llm.address import Address
from claimcompare.llm.connection import connect
from claimcompare.llm.tokens import estimated_tokens, most_tokens
from claimcompare.usage import Usage
from tests.llm.addresses import refused_url
from tests.llm.server import (
    HANG_UP,
    KEY,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    cost,
    fails,
    model_at,
    prompt,
    says,
)

EACH = cost().tokens
# What one call reserves: its schema is most of it.
MOST = 150
PRICES = Prices(prompt=1_000, completion=10_000, cached=100)
EACH_USD = 0.004 + 0.0007 + 0.05


def ask_until_refused(llm: LLM) -> BudgetExceeded:
    for number in range(100):
        try:
            llm.ask(prompt(str(number)), City)
        except BudgetExceeded as error:
            return error
    raise AssertionError("the budget has no end")


def test_a_model_begins_with_nothing_spent(llm: LLM) -> None:
    assert llm.spent == Usage()
    assert llm.refusal is None


def test_a_call_that_was_not_made_is_told_to_whoever_asks_later(server: FakeServer) -> None:
    server.will(*[says(ULM_JSON)] * 100)
    with model_at(server, max_tokens=2 * MOST) as llm:
        error = ask_until_refused(llm)
        assert llm.refusal is not None
        assert str(llm.refusal) == str(error)


def test_what_is_spent_adds_up(llm: LLM, server: FakeServer) -> None:
    server.will(says("{}"), says(ULM_JSON), says("", usage=None), says(ULM_JSON))
    llm.ask(prompt(), City)
    assert llm.spent == cost(2)
    with pytest.raises(LLMOutputError):
        llm.ask(prompt(), City)
    llm.ask(prompt(), City)
    assert llm.spent.calls == 4


def test_tokens_are_spent_up_to_the_most_and_no_further(server: FakeServer) -> None:
    llm = model_at(server.will_always(says(ULM_JSON)), max_tokens=400, max_output_tokens=10)
    error = ask_until_refused(llm)
    assert (error.spent, error.limit) == (llm.spent.tokens, 400)
    assert llm.spent.tokens == len(server.seen) * EACH
    assert 400 - EACH - MOST < llm.spent.tokens <= 400


def test_money_is_spent_up_to_the_most_and_no_further(server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    llm = model_at(server, max_cost=0.5, prices=PRICES, max_output_tokens=10)
    error = ask_until_refused(llm)
    assert error.limit == 0.5
    assert error.spent == llm.spent.cost == pytest.approx(len(server.seen) * EACH_USD)
    assert 0.2 < error.spent <= 0.5


def test_a_budget_holds_for_calls_at_the_same_time(server: FakeServer) -> None:
    async def many() -> list[object]:
        asked = (llm.aask(prompt(str(number)), City) for number in range(40))
        return list(await asyncio.gather(*asked, return_exceptions=True))

    server.will_always(says(ULM_JSON))
    llm = model_at(server, max_tokens=400, max_output_tokens=10, concurrency=40)
    found = llm.run(many())
    refused = [one for one in found if isinstance(one, BudgetExceeded)]
    assert len(found) - len(refused) == len(server.seen) == llm.spent.calls
    assert 400 - EACH - MOST < llm.spent.tokens <= 400


def test_a_budget_without_a_price_is_an_error_before_the_first_request(server: FakeServer) -> None:
    with pytest.raises(LLMError, match=r"Prices\(.*--price"):
        model_at(server, max_cost=1).ask(prompt(), City)
    gc.collect()
    assert not server.seen


def test_a_budget_without_a_price_leaves_no_client_open(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(address: Address, settings: LLMSettings) -> AsyncOpenAI:
        made.append(connect(address, settings))
        return made[-1]

    made: list[AsyncOpenAI] = []
    monkeypatch.setattr(endpoint, "connect", noted)
    with pytest.raises(LLMError):
        model_at(server, max_cost=1).ask(prompt(), City)
    assert all(client.is_closed() for client in made)


def test_a_refusal_is_no_endpoints_and_not_retried(server: FakeServer) -> None:
    with pytest.raises(BudgetExceeded) as caught:
        model_at(server, max_tokens=0).ask(prompt(), City)
    assert (caught.value.spent, caught.value.limit) == (0, 0)
    assert not server.seen


def test_a_refused_second_answer_is_raised_with_the_cost_of_the_first(server: FakeServer) -> None:
    llm = model_at(server.will_always(says("{}")), max_tokens=MOST, max_output_tokens=10)
    with pytest.raises(BudgetExceeded) as caught:
        llm.ask(prompt(), City)
    assert caught.value.usage == llm.spent == cost()


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": 11, "completion_tokens": 10**25},
        {"prompt_tokens": 11, "completion_tokens": 200_000},
        {"prompt_tokens": 200_000, "completion_tokens": 5},
        {"prompt_tokens": 10**25, "completion_tokens": 5},
    ],
)
def test_a_server_that_tells_no_usage_is_charged_by_estimate(
    server: FakeServer, usage: dict[str, int] | None
) -> None:
    server.will_always(says(ULM_JSON, usage=usage))
    llm = model_at(server, max_tokens=200, max_output_tokens=10)
    ask_until_refused(llm)
    assert llm.spent.calls == len(server.seen)
    assert llm.spent.completion_tokens == len(server.seen) * estimated_tokens(ULM_JSON)
    assert llm.spent.prompt_tokens >= len(server.seen) * estimated_tokens("You know cities.0")


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_rejected_request_costs_nothing(server: FakeServer, status: int) -> None:
    llm = model_at(server.will_always(fails(status)), prices=PRICES)
    with pytest.raises(LLMError):
        llm.ask(prompt(), City)
    assert llm.spent == Usage()


def test_a_request_that_never_left_costs_nothing(server: FakeServer) -> None:
    settings = model_at(server).settings
    with LLM("m", base_url=refused_url(), api_key=KEY, settings=settings) as llm:
        with pytest.raises(LLMUnavailable):
            llm.ask(prompt(), City)
        assert llm.spent == Usage()


def test_each_answer_lost_on_its_way_costs_its_prompt(server: FakeServer) -> None:
    llm = model_at(server.will(HANG_UP, HANG_UP, says(ULM_JSON)), prices=PRICES)
    answer = llm.ask(prompt(), City)
    lost = most_tokens(server.seen[0].body).prompt_tokens
    assert llm.spent.calls == answer.usage.calls == 1
    assert llm.spent.prompt_tokens == answer.usage.prompt_tokens + 2 * lost
    assert llm.spent.cost == pytest.approx(EACH_USD + 2 * lost / 1_000)


@pytest.mark.parametrize("limits", [{"timeout": 0.5, "attempts": 1}, {"deadline": 0.5}])
def test_an_answer_that_comes_too_late_costs_its_prompt(
    server: FakeServer, limits: dict[str, float]
) -> None:
    def late(_: Seen) -> Reply:
        over.wait(5)
        return says(ULM_JSON)

    over = Event()
    settings = LLMSettings(cache=False, **limits)
    with LLM("m", base_url=server.will_always(late).url, api_key=KEY, settings=settings) as llm:
        try:
            with pytest.raises(LLMUnavailable):
                llm.ask(prompt(), City)
        finally:
            over.set()
        assert llm.spent.prompt_tokens == most_tokens(server.seen[0].body).prompt_tokens


def test_choices_and_votes_are_charged(server: FakeServer) -> None:
    llm = model_at(server.will_always(says('{"answer": "denial"}')), votes=3)
    choice = llm.choose(prompt(), ("support", "denial"))
    assert llm.spent == choice.usage == cost(4)


def test_a_request_uses_at_most_its_words_and_the_limit_of_its_answer(server: FakeServer) -> None:
    llm = model_at(server.will(says(ULM_JSON)), max_output_tokens=77)
    llm.ask(prompt("word " * 300), City)
    most = most_tokens(server.seen[0].body)
    assert 300 < most.prompt_tokens < 1_000
    assert most.completion_tokens == 77


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_the_limit_counts_by_either_name(limit: str) -> None:
    assert most_tokens({"messages": [], limit: 5}).completion_tokens == 5


def test_an_estimate_takes_whatever_a_text_may_hold() -> None:
    assert [estimated_tokens(text) for text in ("", "a", "abc", "abcd", "ü\ud800")] == [
        0,
        1,
        1,
        2,
        1,
    ]


def test_the_schema_is_part_of_what_a_request_uses(server: FakeServer) -> None:
    llm = model_at(server.will(says(ULM_JSON)))
    llm.ask(prompt(), City)
    body = server.seen[0].body
    plain = {name: value for name, value in body.items() if name != "response_format"}
    assert most_tokens(body).prompt_tokens > most_tokens(plain).prompt_tokens


def test_a_limit_that_the_user_takes_away_is_no_error(server: FakeServer) -> None:
    llm = model_at(server.will(says(ULM_JSON)), body={"max_tokens": None})
    assert llm.ask(prompt(), City).value.name == "Ulm"


def test_a_bill_beyond_belief_is_told_of_once(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(says(ULM_JSON, usage={"prompt_tokens": 10**7, "completion_tokens": 1}))
    llm = model_at(server)
    for number in range(3):
        llm.ask(prompt(str(number)), City)
    assert caplog.text.count("10000001 tokens for one request") == 1
    assert llm.spent.tokens < 1_000
