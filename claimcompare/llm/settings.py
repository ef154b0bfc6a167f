"""How a model is called."""

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from claimcompare.plugins import BY_NAME
from claimcompare.schema import Record
from claimcompare.usage import Usage

_MILLION = 1_000_000
# Gets the settings (an LLMSettings, without headers); gives what keeps answers by key, both texts.
MakeStore = Callable[[Any], MutableMapping[str, str]]


class Prices(Record):
    """What a model costs, in USD per million tokens; cached tokens cost as others by default."""

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def cost(self, usage: Usage) -> float:
        """What that many tokens cost, in USD."""
        cached = self.prompt if self.cached is None else self.cached
        fresh = max(0, usage.prompt_tokens - usage.cached_tokens)
        total = fresh * self.prompt + usage.cached_tokens * cached
        return (total + usage.completion_tokens * self.completion) / _MILLION


class LLMSettings(Record):
    """Settings of one model; times in seconds, money in USD.

    Each of at most `attempts` may take `timeout`, and all of them `deadline`. `max_cost` and
    `max_tokens` hold for all calls of one `LLM`, `requests_per_minute` and `tokens_per_minute` for
    all calls of the process to the same model. `headers` may hold secrets and are never shown;
    `body` is part of recordings.
    """

    temperature: float = Field(default=0.0, ge=0, description="How much answers vary.")
    max_output_tokens: int | None = Field(
        default=None,
        ge=1,
        description="Tokens of one answer, thinking included; else 1,000 for the embedded model, "
        "where a longer answer is a loop, 25,000 for models that reason, and 4,000 for others.",
    )
    reasoning_effort: str | None = Field(
        default=None, description="How much the model is to think: low, high, or what it knows."
    )
    votes: int = Field(
        default=5, ge=1, description="Votes asked for where there are no log-probabilities."
    )
    logprobs: bool = Field(
        default=True, description="Ask for log-probabilities where they are of use."
    )
    decisions: Literal["auto", "openai", "systemone", "chat"] = Field(
        default="auto",
        description="How closed questions are asked: of OpenAI's or System One's decision "
        "endpoint, in chat, or by the first of these that there is.",
    )
    gguf: Path | None = Field(default=None, description="Another model file for the model 'local'.")
    small: bool | None = Field(
        default=None,
        description="Cut tasks small; else done for the embedded model and for those whose name or "
        "server tells of no more than four billion parameters.",
    )

    timeout: float = Field(default=600.0, gt=0, description="Seconds for one attempt.")
    attempts: int = Field(default=5, ge=1, description="Attempts of a call that may yet succeed.")
    max_wait: float = Field(default=60.0, ge=0, description="Seconds between attempts, at most.")
    max_retry_after: float = Field(
        default=300.0, ge=0, description="The same where the endpoint says how long to wait."
    )
    deadline: float = Field(
        default=1_800.0, gt=0, description="Seconds for all attempts of a call."
    )

    concurrency: int = Field(
        default=16,
        ge=1,
        description="Requests at the same time, fewer after the endpoint found them too many; the "
        "embedded model takes one.",
    )
    requests_per_minute: int | None = Field(
        default=None, ge=1, description="What the endpoint allows."
    )
    tokens_per_minute: int | None = Field(
        default=None, ge=1, description="What the endpoint allows."
    )
    max_cost: float | None = Field(default=None, ge=0, description="Stop before costing more USD.")
    max_tokens: int | None = Field(default=None, ge=0, description="Stop before using more.")
    prices: Prices | None = Field(
        default=None, description="USD per million tokens, for models without a public price."
    )

    cache: bool = Field(default=True, description="Keep answers, and use those kept before.")
    cache_folder: Path | None = Field(
        default=None,
        description="Where answers are kept; else CLAIMCOMPARE_CACHE, else your own cache folder.",
    )
    cache_bytes: int = Field(
        default=1_000_000_000, ge=1_000_000, description="Beyond that the oldest answers go."
    )
    store: Annotated[str | MakeStore | None, BY_NAME] = Field(
        default=None,
        description="What keeps answers, by the name under which another package brings it; else "
        "a file in the cache folder.",
    )

    api_version: str | None = Field(
        default=None, description="Of Azure OpenAI, if the endpoint is one of it."
    )
    headers: Mapping[str, str] = Field(
        default_factory=dict, repr=False, description="HTTP headers of every request."
    )
    body: Mapping[str, Any] = Field(
        default_factory=dict, repr=False, description="Fields of every request, in JSON."
    )
    traces: Literal["none", "spans", "texts"] = Field(
        default="none",
        description="OpenTelemetry spans, with or without the texts of prompts and answers.",
    )
