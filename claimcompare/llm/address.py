"""Where an endpoint is."""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from claimcompare.errors import LLMError

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport


class Address(NamedTuple):
    """Where an endpoint is; None leaves it to the SDK's environment variables.

    `name` is what an endpoint is called whose URL differs from run to run; `transport` stands in
    the place of a network.
    """

    base_url: str | None
    api_key: str | None
    name: str | None = None
    transport: "AsyncBaseTransport | None" = None


def without_secrets(url: str) -> str:
    """A URL without user, password and query; raises LLMError where it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # Which is read only when it is asked for.
    except ValueError as error:
        raise LLMError(f"the base URL cannot be read: {error}") from error
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
