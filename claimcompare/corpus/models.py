"""Which model answers in whatever process: an `LLM` to be opened there."""

import os

from pydantic import Field

from claimcompare.errors import ClaimCompareError
from claimcompare.llm import LLM, LLMSettings
from claimcompare.schema import Record

_PER_PROCESS = ("max_tokens", "requests_per_minute", "tokens_per_minute")


class Model(Record):
    """A model, and how it is called; it can be sent to other processes, and holds no key."""

    name: str = Field(description="The model, as for `LLM`.")
    base_url: str | None = Field(default=None, description="Its endpoint, as for `LLM`.")
    key_env: str | None = Field(
        default=None,
        description="The environment variable that holds its key there; else that of the SDK.",
    )
    settings: LLMSettings = Field(default=LLMSettings(), description="How it is called.")

    def opened(self) -> LLM:
        """The model, to be called in this process; raises ClaimCompareError without its key."""
        return LLM(self.name, base_url=self.base_url, api_key=self._key(), settings=self.settings)

    def shared_by(self, workers: int) -> "Model":
        """The same for one of several processes: its part of the budget and of the limits.

        Raises ValueError where there is no worker.
        """
        if workers < 1:
            raise ValueError(f"{workers} workers: there must be one at least")
        settings = self.settings
        parts: dict[str, object] = {
            name: max(1, told // workers)
            for name in _PER_PROCESS
            if (told := getattr(settings, name)) is not None
        }
        parts["concurrency"] = max(1, settings.concurrency // workers)
        if settings.max_cost is not None:
            parts["max_cost"] = settings.max_cost / workers
        return self.model_copy(update={"settings": settings.model_copy(update=parts)})

    def _key(self) -> str | None:
        if self.key_env is None:
            return None
        key = os.environ.get(self.key_env)
        if not key:
            raise ClaimCompareError(
                f"{self.key_env} is not set, or empty, where the model is called"
            )
        return key
