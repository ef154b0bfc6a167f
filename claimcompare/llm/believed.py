"""Whether an endpoint's bill can be for the request that was sent."""

from claimcompare.usage import Usage

# Servers show a model more than they are sent: what it is to be, the tools and pages it may use.
_ADDED = 100_000
# An estimate counts a token for three bytes; no tokenizer makes more than one of each byte.
_TIMES = 3


def is_believed(told: Usage, most: Usage) -> bool:
    """Whether that many tokens may have been used, where `most` were expected at the most."""
    return (
        told.prompt_tokens <= _TIMES * most.prompt_tokens + _ADDED
        and told.completion_tokens <= most.completion_tokens + _ADDED
    )
