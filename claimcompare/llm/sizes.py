"""Whether a model is a small one, as far as its name tells."""

import os
import re

from claimcompare.llm.address import Address
from claimcompare.llm.settings import LLMSettings

# Models beyond it read long tasks well, by and large.
MOST_OF_SMALL = 4e9
_IN_NAME = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)


def known_small(
    name: str, address: Address, settings: LLMSettings, *, embedded: bool
) -> bool | None:
    """Whether a model of that name is small; None where only its server can tell."""
    size = named_size(name)
    if settings.small is not None:
        return settings.small
    if size is not None:
        return size <= MOST_OF_SMALL
    elsewhere = address.base_url or os.environ.get("OPENAI_BASE_URL")
    tells = elsewhere and settings.api_version is None and not embedded
    return None if tells else embedded


def named_size(name: str) -> float | None:
    """The parameters that a name tells: 1.5e9 for "qwen2.5-coder-1.5b-instruct"."""
    found = _IN_NAME.search(name.replace("_", "-"))
    return float(found[1]) * (1e9 if found[2] in "bB" else 1e6) if found else None
