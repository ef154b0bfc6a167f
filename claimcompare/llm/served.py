"""What a server tells of the models it serves."""

from codecs import BOM_UTF8
from typing import Any

import httpx2
import openai
from pydantic import BaseModel, ValidationError

from claimcompare.errors import LLMError
from claimcompare.llm.events import in_brief
from claimcompare.llm.sizes import MOST_OF_SMALL

_PATIENCE = 10.0
# A server that keeps no list has answered: not found, method not allowed, not implemented.
_NO_LIST = frozenset({404, 405, 501})


class _Meta(BaseModel):
    n_params: float


class _Model(BaseModel):
    id: str
    meta: _Meta | None = None


class _Models(BaseModel):
    """The list of models as llama.cpp's server gives it; others leave out `meta`."""

    data: list[_Model]


async def is_small_there(client: Any, model: str) -> bool:
    """Whether a server says so of its only model, or of the one with that name; most do not say.

    Raises LLMError where there may be a list, and it cannot be had.
    """
    asking = client.with_options(timeout=_PATIENCE)
    try:
        response = await asking.get("/models", cast_to=httpx2.Response)
        models = _Models.model_validate_json(response.content.removeprefix(BOM_UTF8)).data
    except (openai.OpenAIError, ValidationError, UnicodeError) as error:
        if isinstance(error, openai.APIStatusError) and error.status_code in _NO_LIST:
            return False
        raise LLMError(f"its server gives no list of models ({in_brief(error)})") from None
    named = [one for one in models if one.id == model] or models
    size = named[0].meta.n_params if len(named) == 1 and named[0].meta else None
    return size is not None and size <= MOST_OF_SMALL
