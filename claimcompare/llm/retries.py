"""Which failures pass, how long to wait for that, and when to give up."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
import openai
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
    wait_random,
)

from claimcompare.llm.settings import LLMSettings

_TRANSIENT_STATUS = frozenset({408, 409, 429})
_SERVER_ERROR = 500
# What a server never will do, it does not do later either.
_NOT_IMPLEMENTED = 501
# What OpenAI's own client goes by.
_TOLD = "x-should-retry"
_FIRST_WAIT = 0.5
_SPREAD = 1.0


def retrying(
    settings: LLMSettings, before_sleep: Callable[[RetryCallState], None]
) -> AsyncRetrying:
    """The one retry policy of the library, for one call."""
    return AsyncRetrying(
        retry=retry_if_exception(is_transient),
        stop=stop_after_attempt(settings.attempts),
        wait=_wait(settings),
        before_sleep=before_sleep,
        reraise=True,
    )


def is_transient(error: BaseException) -> bool:
    """Whether the same request may be answered later."""
    if isinstance(error, openai.APIStatusError):
        if error.code == "insufficient_quota" or error.response.headers.get(_TOLD) == "false":
            return False
        status = error.status_code
        failed = status >= _SERVER_ERROR and status != _NOT_IMPLEMENTED
        return failed or status in _TRANSIENT_STATUS
    malformed = isinstance(error.__cause__, (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError))
    return isinstance(error, openai.APIConnectionError) and not malformed


def asked_wait(error: BaseException | None, settings: LLMSettings) -> float | None:
    """The seconds that an endpoint asks to wait, up to the cap; None where it does not ask.

    RFC 9110, section 10.2.3: a number of seconds, or a date; some endpoints send milliseconds.
    """
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    milliseconds = _number(headers.get("retry-after-ms"))
    seconds = _number(headers.get("retry-after"))
    if milliseconds is not None:
        seconds = milliseconds / 1_000
    elif seconds is None:
        seconds = _until(headers)
    return None if seconds is None else min(max(seconds, 0.0), settings.max_retry_after)


def _wait(settings: LLMSettings) -> Callable[[RetryCallState], float]:
    """What the endpoint asks for and a little more, so that not all come at once; else back-off."""
    backoff = wait_exponential_jitter(multiplier=_FIRST_WAIT, max=settings.max_wait)
    spread = wait_random(0, min(_SPREAD, settings.max_wait))

    def wait(state: RetryCallState) -> float:
        asked = asked_wait(state.outcome.exception() if state.outcome else None, settings)
        return backoff(state) if asked is None else asked + spread(state)

    return wait


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value and math.isfinite(float(value)) else None
    except ValueError:
        return None


def _until(headers: Mapping[str, str]) -> float | None:
    """From the server's own clock, where it tells it, to the date it names."""
    then = _date(headers.get("retry-after"))
    now = _date(headers.get("date")) or datetime.now(UTC)
    return (then - now).total_seconds() if then else None


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value) if value else None
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
