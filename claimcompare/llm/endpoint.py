"""One request to an OpenAI-compatible endpoint; the border where foreign errors become ours."""

import asyncio
import logging
from typing import Any, NamedTuple, NoReturn

import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai.types.chat.chat_completion import Choice
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, OutputFault
from claimcompare.llm.recording import unrecorded_named
from claimcompare.llm.settings import LLMSettings
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_log = logging.getLogger(__name__)
_TRANSIENT_STATUS = frozenset({408, 409, 429})
_SERVER_ERROR = 500
_MAX_REASON = 500


class Address(NamedTuple):
    """Where an endpoint is; None leaves it to the SDK's environment variables."""

    base_url: str | None
    api_key: str | None


class Completion(NamedTuple):
    """What an endpoint answered; `logprobs` are those of the first token's alternatives."""

    text: str
    truncated: bool
    logprobs: dict[str, float]
    usage: Usage

    def usable(self, prompt: Prompt) -> "Completion":
        """This completion, if its text is whole; raises LLMOutputError."""
        if self.truncated:
            fault: OutputFault = "truncated"
            what = "the answer was cut off at the token limit"
        elif not self.text.strip():
            fault, what = "empty", "empty answer"
        else:
            return self
        raise LLMOutputError(
            f"{prompt.name}: {what}", fault=fault, output=self.text, usage=self.usage
        )


class Endpoint:
    """A client for one address, with the one retry policy of the library."""

    def __init__(self, address: Address, settings: LLMSettings) -> None:
        self.address = address
        self._settings = settings
        self._in_flight = asyncio.Semaphore(settings.concurrency)
        try:
            self._client = AsyncOpenAI(
                base_url=address.base_url,
                api_key=address.api_key,
                max_retries=0,
                timeout=settings.timeout,
            )
        except openai.OpenAIError as error:
            raise LLMError(
                "no API key: set OPENAI_API_KEY (and OPENAI_BASE_URL for another endpoint), "
                "or use the model 'local'"
            ) from error

    async def complete(self, prompt: Prompt, **parameters: Any) -> Completion:
        """One answer; raises LLMError, LLMUnavailable, LLMOutputError, RecordingError."""
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ]
        request = {"temperature": self._settings.temperature, **parameters}
        try:
            async for attempt in self._retrying():
                with attempt, unrecorded_named(prompt):
                    async with self._in_flight:
                        answer = await self._client.chat.completions.create(
                            messages=messages, **request
                        )
        except openai.OpenAIError as error:
            self._raise_ours(error)
        except ValueError as error:
            raise LLMError(
                f"the request or its answer cannot be read ({type(error).__name__})"
            ) from None
        return _completion(_checked(answer), prompt)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _retrying(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            stop=stop_after_attempt(self._settings.attempts),
            wait=wait_exponential_jitter(multiplier=0.5, max=self._settings.max_wait),
            before_sleep=_log_wait,
            reraise=True,
        )

    def _raise_ours(self, error: openai.OpenAIError) -> NoReturn:
        """Raise our error; a foreign one that quotes the key is left out."""
        key = self._client.api_key
        reason = _reason(error).replace(key, "***")
        cause = None if key in f"{error} {getattr(error, 'body', '')}" else error
        if _is_transient(error):
            attempts = self._settings.attempts
            raise LLMUnavailable(
                f"no answer after {attempts} attempts: {reason}", attempts=attempts
            ) from cause
        raise LLMError(f"the endpoint rejected the request: {reason}") from cause


def _is_transient(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        return error.status_code in _TRANSIENT_STATUS or error.status_code >= _SERVER_ERROR
    return isinstance(error, openai.APIConnectionError)


def _log_wait(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    wait = state.next_action.sleep if state.next_action else 0.0
    _log.warning(
        "attempt %d failed (%s), next in %.1f s", state.attempt_number, type(error).__name__, wait
    )


def _reason(error: openai.OpenAIError) -> str:
    """The server's own words on one line, in whatever form it gives them."""
    body = error.body if isinstance(error, openai.APIStatusError) else None
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail") or body.get("error")
    return " ".join(str(body or error).split())[:_MAX_REASON]


def _checked(answer: object) -> ChatCompletion:
    """A completion: the SDK passes on whatever came with a 200."""
    if not isinstance(answer, ChatCompletion):
        raise LLMError("the endpoint's answer is no chat completion; is the base URL right?")
    failure = (answer.model_extra or {}).get("error")
    if failure:
        raise LLMError(f"the endpoint answered with an error: {failure}")
    return answer


def _completion(answer: ChatCompletion, prompt: Prompt) -> Completion:
    usage = _usage(answer)
    if not answer.choices:
        raise LLMOutputError(f"{prompt.name}: empty answer", fault="empty", output="", usage=usage)
    choice = answer.choices[0]
    text = choice.message.content or ""
    if choice.message.refusal:
        raise LLMOutputError(
            f"{prompt.name}: the model refused: {choice.message.refusal}",
            fault="refused",
            output=choice.message.refusal,
            usage=usage,
        )
    if choice.finish_reason == "content_filter":
        raise LLMOutputError(
            f"{prompt.name}: the endpoint filtered the answer",
            fault="filtered",
            output=text,
            usage=usage,
        )
    return Completion(text, choice.finish_reason == "length", _first_token(choice), usage)


def _first_token(choice: Choice) -> dict[str, float]:
    """Log-probabilities of what the first token could have been, as far as the server tells."""
    if choice.logprobs is None or not choice.logprobs.content:
        return {}
    alternatives = choice.logprobs.content[0].top_logprobs or []
    return {top.token: top.logprob for top in alternatives if top.logprob is not None}


def _usage(answer: ChatCompletion) -> Usage:
    used = answer.usage
    if used is None:
        return Usage(calls=1)
    details = used.prompt_tokens_details
    return Usage(
        calls=1,
        prompt_tokens=used.prompt_tokens or 0,
        cached_tokens=(details.cached_tokens or 0) if details else 0,
        completion_tokens=used.completion_tokens or 0,
    )
