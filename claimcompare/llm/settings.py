"""How a model is called."""

from pathlib import Path

from pydantic import Field

from claimcompare.schema import Record


class LLMSettings(Record):
    """Settings of one endpoint; times in seconds.

    `max_output_tokens` bounds one answer, by default to 1,000 tokens of the embedded model,
    where a longer answer is a loop, and to 4,000 of others. `votes` are asked for in place of
    log-probabilities where there are none. `gguf` is another model file for `LLM("local")`.
    """

    temperature: float = Field(default=0.0, ge=0)
    max_output_tokens: int | None = Field(default=None, ge=1)
    timeout: float = Field(default=600.0, gt=0)
    attempts: int = Field(default=5, ge=1)
    max_wait: float = Field(default=60.0, ge=0)
    concurrency: int = Field(default=16, ge=1)
    votes: int = Field(default=5, ge=1)
    logprobs: bool = True
    gguf: Path | None = None
