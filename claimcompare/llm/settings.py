"""How a model is called."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from claimcompare.schema import Record
from claimcompare.usage import Usage

_MILLION = 1_000_000


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

    The answer: `max_output_tokens` bounds one answer, by default to 1,000 tokens of the embedded
    model, where a longer answer is a loop, and to 4,000 of others; what a model thinks counts.
    `reasoning_effort` ("low", "high", or what else the server knows) is how much it is to think,
    where set. `votes` are asked for in place of log-probabilities where there are none.
    `decisions` is how closed questions are asked: of OpenAI's or System One's decision endpoint,
    in chat, or by the first of these that there is.
    `gguf` is another model file for `LLM("local")`.
    `small` says whether tasks are to be cut small, as they are by default for the embedded model
    and for models whose name or server tells of no more than four billion parameters.

    Failures: each of at most `attempts` may take `timeout`, and all of them `deadline`. Between
    them lie up to `max_wait`, or what the endpoint asks for, up to `max_retry_after`.

    Limits: `concurrency` requests at a time, fewer after the endpoint said that these are too
    many. `requests_per_minute` and `tokens_per_minute` hold for all calls of the process to the
    same model. `max_cost` and `max_tokens` hold for all calls of one `LLM`; `prices` are needed
    only for models without a public price.

    The response cache: off, in the user's cache folder, or in `cache_folder`, and at most
    `cache_bytes` large, beyond which the oldest answers go.

    The server: `api_version` makes it one of Azure OpenAI. `headers` and `body` are sent with
    every request; headers may hold secrets and are never shown, while the body is part of
    recordings. `traces` are OpenTelemetry spans,
    with or without the texts of prompts and answers.
    """

    temperature: float = Field(default=0.0, ge=0)
    max_output_tokens: int | None = Field(default=None, ge=1)
    reasoning_effort: str | None = None
    votes: int = Field(default=5, ge=1)
    logprobs: bool = True
    decisions: Literal["auto", "openai", "systemone", "chat"] = "auto"
    gguf: Path | None = None
    small: bool | None = None

    timeout: float = Field(default=600.0, gt=0)
    attempts: int = Field(default=5, ge=1)
    max_wait: float = Field(default=60.0, ge=0)
    max_retry_after: float = Field(default=300.0, ge=0)
    deadline: float = Field(default=1_800.0, gt=0)

    concurrency: int = Field(default=16, ge=1)
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    max_cost: float | None = Field(default=None, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)
    prices: Prices | None = None

    cache: bool = True
    cache_folder: Path | None = None
    cache_bytes: int = Field(default=1_000_000_000, ge=1_000_000)

    api_version: str | None = None
    headers: Mapping[str, str] = Field(default_factory=dict, repr=False)
    body: Mapping[str, Any] = Field(default_factory=dict, repr=False)
    traces: Literal["none", "spans", "texts"] = "none"
