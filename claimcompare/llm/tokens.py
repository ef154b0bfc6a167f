"""How many tokens a text takes, before anybody has counted them."""

import json

from claimcompare.llm.dialect import Body
from claimcompare.llm.requests import messages_of
from claimcompare.usage import Usage

_BYTES_PER_TOKEN = 3
_TOKENS_PER_MESSAGE = 8
# Nothing that people write is told in so few tokens: English takes one for four or five bytes.
_MOST_BYTES_PER_TOKEN = 8


def estimated_tokens(text: str) -> int:
    """A third of the UTF-8 bytes: more than tokenizers make of English, about what of others."""
    return -(-_bytes(text) // _BYTES_PER_TOKEN)


def fewest_tokens(text: str) -> int:
    """The tokens that a text takes at the least: whoever read fewer has not read all of it."""
    return _bytes(text) // _MOST_BYTES_PER_TOKEN


def most_tokens(body: Body) -> Usage:
    """What a request may use: its messages by estimate, its answer by its limit."""
    messages = messages_of(body)
    written = sum(estimated_tokens(message.text) for message in messages)
    if form := body.get("response_format"):
        # Servers show the schema to the model, and charge for it.
        written += estimated_tokens(json.dumps(form))
    return Usage(
        prompt_tokens=written + _TOKENS_PER_MESSAGE * len(messages),
        completion_tokens=body.get("max_tokens") or body.get("max_completion_tokens") or 0,
    )


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
