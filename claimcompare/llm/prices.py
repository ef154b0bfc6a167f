"""What a model's tokens cost, by the public list of genai-prices or by the user's word."""

from collections.abc import Callable
from functools import partial

from claimcompare.errors import LLMError
from claimcompare.llm.settings import LLMSettings
from claimcompare.usage import Usage

Pricing = Callable[[Usage], float | None]


def pricing(model: str, base_url: str, settings: LLMSettings) -> Pricing:
    """What gives the cost in USD of a model's usage, None where no price is known.

    Raises LLMError where a budget in USD is set that could not be held.
    """
    if settings.prices is not None:
        return settings.prices.cost
    listed = _listed(model, base_url)
    if listed is not None:
        return listed
    if settings.max_cost is not None:
        raise LLMError(
            f"max_cost is set, but no price is known for the model {model!r}: give its prices "
            "with LLMSettings(prices=Prices(...)) or --price"
        )
    return lambda _: None


def _listed(model: str, base_url: str) -> Pricing | None:
    """By the provider at that address; elsewhere, as behind a gateway, by the model's name."""
    from genai_prices import Usage as Used
    from genai_prices import calc_price

    def cost(usage: Usage, provider: str | None) -> float:
        used = Used(
            input_tokens=usage.prompt_tokens,
            cache_read_tokens=usage.cached_tokens,
            output_tokens=usage.completion_tokens,
        )
        return float(calc_price(used, model, provider_api_url=provider).total_price)

    for provider in (base_url, None):
        try:
            cost(Usage(), provider)
        except LookupError:
            continue
        return partial(cost, provider=provider)
    return None
