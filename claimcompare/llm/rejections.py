"""What an error of ours says where an endpoint rejected a request, and how to tell it from that."""

import re

from claimcompare.errors import LLMError, is_cut_off

_REJECTED = re.compile(r"the endpoint rejected the request \((\d+)\): ")

# Not authorised, not paid for, too many: such a request is as it should be.
_OF_REQUESTS = frozenset({None, 400, 404, 422, 501})


def rejection(status: int, reason: str) -> LLMError:
    """The error for a request that the endpoint rejected with an HTTP status."""
    return LLMError(f"the endpoint rejected the request ({status}): {reason}")


def rejected_as(error: LLMError) -> int | None:
    """The HTTP status of a rejection; read from its words, of which recordings keep no more."""
    found = _REJECTED.match(str(error)) if type(error) is LLMError else None
    return int(found[1]) if found else None


def is_about_request(error: LLMError) -> bool:
    """Whether the request, asked in another form, may be answered."""
    if is_cut_off(error):
        # Perhaps too long only with the room that its answer was to have.
        return True
    return type(error) is LLMError and rejected_as(error) in _OF_REQUESTS
