"""What a server tells of the models it serves."""

from typing import Any

import httpx2
import openai
from pydantic import ValidationError

from claimcompare.errors import LLMError
from claimcompare.llm.events import in_brief
from claimcompare.llm.sizes import parameters_in

_PATIENCE = 10.0
# A server that keeps no list has answered: not found, method not allowed, not implemented.
_NO_LIST = frozenset({404, 405, 501})


async def parameters_there(client: Any, model: str) -> float | None:
    """How many parameters a server says that its only model has, or the one with that name.

    None where it does not say; raises LLMError where there may be a list, and it cannot be had.
    """
    asking = client.with_options(timeout=_PATIENCE)
    try:
        response = await asking.get("/models", cast_to=httpx2.Response)
        return parameters_in(response.content, model)
    except (openai.OpenAIError, ValidationError, UnicodeError) as error:
        if isinstance(error, openai.APIStatusError) and error.status_code in _NO_LIST:
            return None
        raise LLMError(f"its server gives no list of models ({in_brief(error)})") from None
