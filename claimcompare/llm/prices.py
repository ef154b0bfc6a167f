"""What a model's tokens cost, by the public list of genai-prices or by the user's word."""

from collections.abc import Callable
from functools import partial

from claimcompare.errors import LLMError
from claimcompare.llm.settings import LLMSettings
from claimcompare.usage import Usage

Pricing = Callable[[Usage], float | None]


def pricing(
    model: str, base_url: str, settings: LLMSettings, provider: str | None = None
) -> Pricing:
    """What gives the cost in USD of a model's usage, None where no price is known.

    `provider` is whom to look for first in the list, by its name there.

    Raises LLMError where a budget in USD is set that could not be held.
    """
    if settings.prices is not None:
        return settings.prices.cost
    listed = _listed(model, base_url, provider)
    if listed is not None:
        return listed
    if settings.max_cost is not None:
        raise LLMError(
            f"max_cost is set, but no price is known for the model {model!r}: give its prices "
            "with LLMSettings(prices=Prices(...)) or --price"
        )
    return lambda _: None


def _listed(model: str, base_url: str, provider: str | None) -> Pricing | None:
    """By the provider named or at that address; elsewhere, as behind a gateway, by the model's."""
    from genai_prices import Usage as Used
    from genai_prices import calc_price

    def cost(usage: Usage, named: str | None, url: str | None) -> float:
        used = Used(
            input_tokens=usage.prompt_tokens,
            cache_read_tokens=usage.cached_tokens,
            output_tokens=usage.completion_tokens,
        )
        if named is not None:
            return float(calc_price(used, model, provider_id=named).total_price)
        return float(calc_price(used, model, provider_api_url=url).total_price)

    by_name = [(provider, None)] if provider else []
    for named, url in (*by_name, (None, base_url), (None, None)):
        try:
            cost(Usage(), named, url)
        except LookupError:
            continue
        return partial(cost, named=named, url=url)
    return None
