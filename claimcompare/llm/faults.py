"""Foreign errors as ours."""

import json
import re

import httpx2
import openai

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, OutputFault
from claimcompare.llm.address import without_secrets
from claimcompare.llm.completion import MAX_WORDS, in_words
from claimcompare.llm.failures import complaint_in, status_of
from claimcompare.llm.rejections import rejection
from claimcompare.llm.retries import is_transient
from claimcompare.llm.secrets import Secrets
from claimcompare.llm.wire import BrokenOff
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_STATUS = openai.APIStatusError
_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_FIELD = re.compile(r"[a-z_]{1,40}")
_TOO_LONG = ("context_length", "context length", "context size", "context window")


def as_ours(
    error: openai.OpenAIError, prompt: Prompt, attempts: int, secrets: Secrets
) -> tuple[LLMError, openai.OpenAIError | None]:
    """The error to raise, and its cause unless that quotes a secret."""
    told = error.body if isinstance(error, openai.APIStatusError) else str(error.__cause__ or "")
    beside = _named(error) + _moved(error) + _unreached(error)
    reason = secrets.hidden(in_words(told or error))[:MAX_WORDS] + secrets.hidden(beside)
    quotes_secret = secrets.are_in(f"{error} {told}")
    return _kind(error, reason, prompt, attempts), None if quotes_secret else error


def _named(error: openai.OpenAIError) -> str:
    """The field that is complained about, where it is not in the words."""
    field: object = error.param if isinstance(error, openai.APIError) else None
    is_field = isinstance(field, str) and _FIELD.fullmatch(field)
    return f" (parameter: '{field}')" if is_field and str(field) not in str(error) else ""


def _unreached(error: openai.OpenAIError) -> str:
    """Where no connection could be made: often the URL is wrong, or nothing is started there."""
    unreached = isinstance(error.__cause__, httpx2.ConnectError)
    if not isinstance(error, openai.APIConnectionError) or not unreached:
        return ""
    return f" ({without_secrets(str(error.request.url))}; is it started, and the URL right?)"


def may_be_charged(error: BaseException) -> bool:
    """Whether the endpoint may have worked on an answer that was lost on its way."""
    return isinstance(error, openai.APIConnectionError) and not isinstance(
        error.__cause__, _NEVER_SENT
    )


def _kind(error: openai.OpenAIError, reason: str, prompt: Prompt, attempts: int) -> LLMError:
    if is_transient(error):
        return LLMUnavailable(f"no answer after {attempts} attempts: {reason}", attempts=attempts)
    if isinstance(error.__cause__, BrokenOff):
        return LLMError(reason)
    if not isinstance(error, openai.APIStatusError):
        return LLMError(f"the request cannot be sent: {reason}")
    fault: OutputFault | None = None
    if error.code == "content_filter":
        fault = "filtered"
    elif any(sign in f"{error.code} {reason}".casefold() for sign in _TOO_LONG):
        fault = "truncated"
    if fault is None:
        return rejection(error.status_code, reason)
    return LLMOutputError(
        f"{prompt.name}: {fault} by the endpoint: {reason}", fault=fault, output="", usage=Usage()
    )


def _moved(error: openai.OpenAIError) -> str:
    """Where an endpoint redirects to: that is not followed, since it would get headers and text."""
    place = error.response.headers.get("location") if isinstance(error, _STATUS) else None
    return f"; to ask at {in_words(place)[:MAX_WORDS]}, give that as the base URL" if place else ""


def failure_in(response: httpx2.Response) -> openai.APIStatusError | None:
    """The error in a response, or in its choice, as if it had come with the status it tells."""
    complaint = complaint_in(response.content)
    status = status_of(complaint)
    if status is None:
        return None
    # With the headers, which may say how long to wait.
    told = httpx2.Response(status, headers=response.headers, request=response.request)
    return openai.APIStatusError(in_words(complaint), response=told, body=complaint)


def failure_as_kept(status: int, body: bytes) -> openai.APIStatusError:
    """The error that the SDK makes of a response, which was kept without its headers."""
    response = httpx2.Response(
        status, content=body, request=httpx2.Request("POST", "http://endpoint")
    )
    words = response.text.strip()
    try:
        told = json.loads(words)
    except ValueError:
        return openai.APIStatusError(
            words or f"Error code: {status}", response=response, body=words
        )
    if response.is_success and (failure := failure_in(response)) is not None:
        return failure
    inner = told.get("error", told) if isinstance(told, dict) else told
    words = f"Error code: {status} - {told}"
    return openai.APIStatusError(words, response=response, body=inner)
