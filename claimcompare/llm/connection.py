"""A client for an endpoint, and what about it is secret."""

import os
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
from openai import AsyncAzureOpenAI, AsyncOpenAI

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.secrets import Secrets
from claimcompare.llm.settings import LLMSettings
from claimcompare.llm.wire import EndpointClient

# What the SDK tells of itself; all else in its headers may be a key.
_COMMON_HEADERS = frozenset({"accept", "content-type", "user-agent"})
_OF_THE_SDK = "x-stainless-"


def connect(address: Address, settings: LLMSettings) -> AsyncOpenAI:
    """A client that never retries by itself; raises LLMError."""
    # Elsewhere nobody is to get the headers or an article: whoever moved is to be named anew.
    http_client = EndpointClient(follow_redirects=False, transport=address.transport)
    common: dict[str, Any] = {
        "api_key": address.api_key,
        "max_retries": 0,
        "timeout": settings.timeout,
        "default_headers": dict(settings.headers),
        "http_client": http_client,
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
            f"no API key: set {names[0]}, to any word where the server asks for none "
            f"({names[1]} is for another endpoint), "
            "or use the model 'local'"
        ) from error
    for value in (client.api_key, *settings.headers.values()):
        if not value.isprintable():
            # The value itself would be quoted by the HTTP library, in a form that is not found.
            raise LLMError("the API key or a header holds a line end or another control character")
    http_client.secrets.add(_secret_values(client, settings))
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
    return Secrets(_secret_values(client, settings))


def _secret_values(client: AsyncOpenAI, settings: LLMSettings) -> Iterator[str]:
    url = client.base_url
    yield from (client.api_key, *settings.headers.values(), url.password)
    # As they are sent together, in Base64.
    yield f"{url.username}:{url.password}"
    yield from url.params.values()
    if settings.api_version is not None:
        yield os.environ.get("AZURE_OPENAI_AD_TOKEN", "")
    for name, value in client.default_headers.items():
        plain = name.lower() in _COMMON_HEADERS or name.lower().startswith(_OF_THE_SDK)
        if isinstance(value, str) and not plain:
            yield value
