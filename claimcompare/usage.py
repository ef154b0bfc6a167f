"""What calls to a model cost."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator


class Usage(BaseModel):
    """Calls answered and tokens used, in USD where prices are known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: int = Field(default=0, description="Calls that were answered.")
    prompt_tokens: int = Field(default=0, description="Tokens of what was sent.")
    cached_tokens: int = Field(
        default=0, description="Those of them that the endpoint did not read anew."
    )
    completion_tokens: int = Field(default=0, description="Tokens of the answers.")
    cost: float | None = Field(
        default=0.0, description="What that costs in USD; null where no price is known."
    )

    def __add__(self, other: "Usage") -> "Usage":
        known = self.cost is not None and other.cost is not None
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=(self.cost or 0.0) + (other.cost or 0.0) if known else None,
        )

    @property
    def tokens(self) -> int:
        """Prompt and completion tokens together."""
        return self.prompt_tokens + self.completion_tokens


class RunUsage(BaseModel):
    """Usage by stage, and of the first stage by article; later stages read many articles at once.

    An answer counts as what it cost when it was given, also where the response cache repeats it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_total(cls, values: Any) -> Any:
        """JSON carries the total for its readers; here it follows from the stages."""
        if isinstance(values, dict):
            return {name: value for name, value in values.items() if name != "total"}
        return values

    def __add__(self, other: "RunUsage") -> "RunUsage":
        return RunUsage(
            extract=self.extract + other.extract,
            speakers=self.speakers + other.speakers,
            pair=self.pair + other.pair,
            classify=self.classify + other.classify,
            extract_by_article={**self.extract_by_article, **other.extract_by_article},
        )

    extract: Usage = Field(default=Usage(), description="Reading.")
    speakers: Usage = Field(default=Usage(), description="Telling which names are one speaker's.")
    pair: Usage = Field(default=Usage(), description="Finding what is in dispute.")
    classify: Usage = Field(default=Usage(), description="Saying where claims stand.")
    extract_by_article: Mapping[str, Usage] = Field(
        default_factory=dict, description="Reading, by the ids of the articles."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def total(self) -> Usage:
        """The sum over the stages."""
        return self.extract + self.speakers + self.pair + self.classify
