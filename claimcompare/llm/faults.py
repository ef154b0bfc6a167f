"""Foreign errors as ours."""

import httpx2
import openai

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, OutputFault
from claimcompare.llm.completion import MAX_WORDS, in_words
from claimcompare.llm.rejections import rejection
from claimcompare.llm.retries import is_transient
from claimcompare.llm.secrets import Secrets
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_TOO_LONG = ("context_length", "context length", "context size", "context window")


def as_ours(
    error: openai.OpenAIError, prompt: Prompt, attempts: int, secrets: Secrets
) -> tuple[LLMError, openai.OpenAIError | None]:
    """The error to raise, and its cause unless that quotes a secret."""
    told = error.body if isinstance(error, openai.APIStatusError) else str(error.__cause__ or "")
    reason = secrets.hidden(in_words(told or error))[:MAX_WORDS]
    quotes_secret = secrets.are_in(f"{error} {told}")
    return _kind(error, reason, prompt, attempts), None if quotes_secret else error


def may_be_charged(error: BaseException) -> bool:
    """Whether the endpoint may have worked on an answer that was lost on its way."""
    return isinstance(error, openai.APIConnectionError) and not isinstance(
        error.__cause__, _NEVER_SENT
    )


def _kind(error: openai.OpenAIError, reason: str, prompt: Prompt, attempts: int) -> LLMError:
    if is_transient(error):
        return LLMUnavailable(f"no answer after {attempts} attempts: {reason}", attempts=attempts)
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
