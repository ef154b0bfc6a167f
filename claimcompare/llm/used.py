"""What an endpoint says that a call used, read with care."""

import math
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from claimcompare.usage import Usage

# Ten times the longest context of any model: who tells of more is not believed at all.
_MOST_TOKENS = 100_000_000


def _either(name: str) -> AliasChoices:
    newer = name.replace("prompt", "input").replace("completion", "output")
    return AliasChoices(name, newer)


def _whole(told: Any) -> int | None:
    """A number of tokens, rounded up; what is no number tells nothing."""
    try:
        return math.ceil(float(told))
    except OverflowError:
        return _MOST_TOKENS + 1
    except (TypeError, ValueError):
        return None


_Tokens = Annotated[int | None, BeforeValidator(_whole)]


class _Details(BaseModel):
    cached_tokens: _Tokens = None
    reasoning_tokens: _Tokens = None


class _Used(BaseModel):
    """The tokens that an endpoint says it used, by either of the names in use."""

    prompt_tokens: _Tokens = Field(None, validation_alias=_either("prompt_tokens"))
    completion_tokens: _Tokens = Field(None, validation_alias=_either("completion_tokens"))
    prompt_tokens_details: _Details | None = Field(
        None, validation_alias=_either("prompt_tokens_details")
    )
    completion_tokens_details: _Details | None = Field(
        None, validation_alias=_either("completion_tokens_details")
    )


def usage_of(told: Any) -> Usage:
    """One call with the tokens that make sense of those told; no answer is lost for others."""
    used = _used(told)
    details = used.prompt_tokens_details
    prompt_tokens = max(0, used.prompt_tokens or 0)
    completion_tokens = max(0, used.completion_tokens or 0)
    if max(prompt_tokens, completion_tokens) > _MOST_TOKENS:
        return Usage(calls=1)
    cached_tokens = max(0, (details.cached_tokens or 0) if details else 0)
    return Usage(
        calls=1,
        prompt_tokens=prompt_tokens,
        cached_tokens=min(cached_tokens, prompt_tokens),
        completion_tokens=completion_tokens,
    )


def _used(told: Any) -> _Used:
    try:
        return _Used.model_validate(told)
    except ValidationError:
        return _Used()


def has_thought(told: Any) -> bool:
    """Whether tokens were used on thinking."""
    details = _used(told).completion_tokens_details
    return bool(details and details.reasoning_tokens)
