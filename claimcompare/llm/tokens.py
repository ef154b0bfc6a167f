"""How many tokens a text takes, before anybody has counted them."""

import json

from claimcompare.llm.dialect import Body
from claimcompare.usage import Usage

_BYTES_PER_TOKEN = 3
_TOKENS_PER_MESSAGE = 8


def estimated_tokens(text: str) -> int:
    """A third of the UTF-8 bytes: more than tokenizers make of English, about what of others."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN)


def most_tokens(body: Body) -> Usage:
    """What a request may use: its messages by estimate, its answer by its limit."""
    messages = body["messages"]
    written = sum(estimated_tokens(message["content"]) for message in messages)
    if form := body.get("response_format"):
        # Servers show the schema to the model, and charge for it.
        written += estimated_tokens(json.dumps(form))
    return Usage(
        prompt_tokens=written + _TOKENS_PER_MESSAGE * len(messages),
        completion_tokens=body.get("max_tokens") or body.get("max_completion_tokens") or 0,
    )
