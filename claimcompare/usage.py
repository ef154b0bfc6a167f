"""What calls to a model cost."""

from typing import Any

from pydantic import BaseModel, ConfigDict, computed_field, model_validator


class Usage(BaseModel):
    """Calls made and tokens used; cached tokens are part of the prompt tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(**{name: value + getattr(other, name) for name, value in self})


class RunUsage(BaseModel):
    """Usage by stage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_total(cls, values: Any) -> Any:
        """JSON carries the total for its readers; here it follows from the stages."""
        if isinstance(values, dict):
            return {name: value for name, value in values.items() if name != "total"}
        return values

    extract: Usage = Usage()
    pair: Usage = Usage()
    classify: Usage = Usage()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def total(self) -> Usage:
        """The sum over the stages."""
        return self.extract + self.pair + self.classify
