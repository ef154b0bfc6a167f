"""A client for an endpoint, and what about it is secret."""

from typing import Any

import httpx2
import openai
from openai import AsyncAzureOpenAI, AsyncOpenAI

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.secrets import Secrets
from claimcompare.llm.settings import LLMSettings


def connect(address: Address, settings: LLMSettings) -> AsyncOpenAI:
    """A client that never retries by itself; raises LLMError."""
    common: dict[str, Any] = {
        "api_key": address.api_key,
        "max_retries": 0,
        "timeout": settings.timeout,
        "default_headers": dict(settings.headers),
        # Elsewhere nobody is to get the headers or an article: whoever moved is to be named anew.
        "http_client": openai.DefaultAsyncHttpxClient(follow_redirects=False),
    }
    try:
        client = _client(address, settings.api_version, common)
    except httpx2.InvalidURL as error:
        raise LLMError(f"the base URL cannot be read: {error}") from error
    except ValueError as error:
        # What the SDK says of an address of Azure that is not given.
        raise LLMError(
            "no address of Azure OpenAI: set AZURE_OPENAI_ENDPOINT, or give a base URL"
        ) from error
    except openai.OpenAIError as error:
        names = ("OPENAI_API_KEY", "OPENAI_BASE_URL")
        if settings.api_version is not None:
            names = ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT")
        raise LLMError(
            f"no API key: set {names[0]} (and {names[1]} for another endpoint), "
            "or use the model 'local'"
        ) from error
    for value in (client.api_key, *settings.headers.values()):
        if not value.isprintable():
            # The value itself would be quoted by the HTTP library, in a form that is not found.
            raise LLMError("the API key or a header holds a line end or another control character")
    return client


def _client(address: Address, api_version: str | None, common: dict[str, Any]) -> AsyncOpenAI:
    if api_version is None:
        return AsyncOpenAI(base_url=address.base_url, **common)
    if address.base_url is not None:
        common["azure_endpoint"] = address.base_url
    client: AsyncOpenAI = AsyncAzureOpenAI(api_version=api_version, **common)
    return client


def secrets_of(client: AsyncOpenAI, settings: LLMSettings) -> Secrets:
    """The key, the headers and the password of an endpoint."""
    return Secrets((client.api_key, *settings.headers.values(), client.base_url.password or ""))
