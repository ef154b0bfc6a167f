"""What tokens cost: by the user's word, by the public list, or nobody knows."""

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, LLMSettings, Prices
from claimcompare.llm.prices import pricing
from claimcompare.usage import Usage
from tests.llm.server import ULM_JSON, City, FakeServer, model_at, prompt, says

OPENAI, GATEWAY = "https://api.openai.com/v1/", "http://127.0.0.1:4000/v1/"
MILLION = 1_000_000
PLAIN = LLMSettings()
USED = Usage(prompt_tokens=3 * MILLION, cached_tokens=1 * MILLION, completion_tokens=2 * MILLION)


def test_cached_tokens_cost_as_others_by_default() -> None:
    assert Prices(prompt=10, completion=100).cost(USED) == pytest.approx(3 * 10 + 2 * 100)


@pytest.mark.parametrize(("cached", "cost"), [(0, 220), (1, 221), (10, 230)])
def test_cached_tokens_cost_as_told(cached: float, cost: float) -> None:
    assert Prices(prompt=10, completion=100, cached=cached).cost(USED) == pytest.approx(cost)


def test_nothing_costs_nothing() -> None:
    assert Prices(prompt=10, completion=100).cost(Usage(calls=3)) == 0


@pytest.mark.parametrize("url", [OPENAI, GATEWAY])
def test_a_known_model_has_a_price_wherever_it_is(url: str) -> None:
    price = pricing("gpt-4o-mini", url, PLAIN)
    fresh = price(Usage(prompt_tokens=MILLION))
    cached = price(Usage(prompt_tokens=MILLION, cached_tokens=MILLION))
    written = price(Usage(completion_tokens=MILLION))
    assert fresh is not None
    assert cached is not None
    assert written is not None
    assert 0 < cached < fresh < written


def test_an_unknown_model_has_none() -> None:
    assert pricing("m", OPENAI, PLAIN)(USED) is None
    assert pricing("m", GATEWAY, PLAIN)(USED) is None


@pytest.mark.parametrize("model", ["m", "gpt-4o-mini"])
def test_the_users_word_goes_above_the_list(model: str) -> None:
    told = LLMSettings(prices=Prices(prompt=1, completion=0))
    assert pricing(model, OPENAI, told)(USED) == pytest.approx(3)


def test_a_budget_that_cannot_be_held_is_refused_with_the_way_out() -> None:
    with pytest.raises(LLMError, match=r"'m'.*Prices\(.*--price"):
        pricing("m", OPENAI, LLMSettings(max_cost=1))


def test_a_budget_in_tokens_needs_no_price() -> None:
    assert pricing("m", OPENAI, LLMSettings(max_tokens=1))(USED) is None


@pytest.mark.parametrize(("model", "is_known"), [("m", False), ("gpt-4o-mini", True)])
def test_an_answer_has_its_cost_where_that_is_known(
    server: FakeServer, model: str, *, is_known: bool
) -> None:
    llm = model_at(server.will(says(ULM_JSON)), model)
    usage = llm.ask(prompt(), City).usage
    assert (usage.cost is not None) == is_known
    assert llm.spent == usage
    assert llm.cost(usage) == usage.cost


def test_the_embedded_model_costs_nothing() -> None:
    assert LLM("local").cost(USED) == 0


def test_more_cached_tokens_than_tokens_are_no_gain() -> None:
    odd = Usage(prompt_tokens=10, cached_tokens=1_000, completion_tokens=1)
    assert Prices(prompt=10, completion=1, cached=1).cost(odd) > 0


@pytest.mark.parametrize(("prompt_tokens", "cached_tokens"), [(10, 1_000), (-1, 0)])
def test_usage_that_makes_no_sense_costs_no_answer(
    server: FakeServer, prompt_tokens: int, cached_tokens: int
) -> None:
    details = {"cached_tokens": cached_tokens}
    usage = {"prompt_tokens": prompt_tokens, "prompt_tokens_details": details}
    server.will(says(ULM_JSON, usage={**usage, "completion_tokens": 5}))
    assert model_at(server, "gpt-4o-mini").ask(prompt(), City).value.name == "Ulm"
