"""Whether a model is a small one, as far as its name or its server tells."""

import os
import re
from typing import Any

import httpx2
import openai
from pydantic import BaseModel, ValidationError

from claimcompare.llm.address import Address
from claimcompare.llm.settings import LLMSettings

# Models beyond it read long tasks well, by and large.
_MOST_OF_SMALL = 4e9
_PATIENCE = 10.0
_IN_NAME = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)


class _Meta(BaseModel):
    n_params: float


class _Model(BaseModel):
    id: str
    meta: _Meta | None = None


class _Models(BaseModel):
    """The list of models as llama.cpp's server gives it; others leave out `meta`."""

    data: list[_Model]


def known_small(
    name: str, address: Address, settings: LLMSettings, *, embedded: bool
) -> bool | None:
    """Whether a model of that name is small; None where only its server can tell."""
    size = named_size(name)
    if settings.small is not None:
        return settings.small
    if size is not None:
        return size <= _MOST_OF_SMALL
    elsewhere = address.base_url or os.environ.get("OPENAI_BASE_URL")
    tells = elsewhere and settings.api_version is None and not embedded
    return None if tells else embedded


def named_size(name: str) -> float | None:
    """The parameters that a name tells: 1.5e9 for "qwen2.5-coder-1.5b-instruct"."""
    found = _IN_NAME.search(name.replace("_", "-"))
    return float(found[1]) * (1e9 if found[2] in "bB" else 1e6) if found else None


async def is_small_there(client: Any, model: str) -> bool:
    """Whether a server says so of its only model, or of the one with that name.

    Most do not say, and a list of models that cannot be had is no reason not to go on.
    """
    asking = client.with_options(timeout=_PATIENCE)
    try:
        response = await asking.get("/models", cast_to=httpx2.Response)
        models = _Models.model_validate_json(response.content).data
    except (openai.OpenAIError, ValidationError, UnicodeError):
        return False
    named = [one for one in models if one.id == model] or models
    size = named[0].meta.n_params if len(named) == 1 and named[0].meta else None
    return size is not None and size <= _MOST_OF_SMALL
