"""Requests to an OpenAI-compatible endpoint, within its limits and ours."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from time import monotonic
from weakref import WeakValueDictionary

import httpx2
import openai
from tenacity import RetryCallState

from claimcompare.errors import LLMError, LLMUnavailable
from claimcompare.llm.address import Address, without_secrets
from claimcompare.llm.asked import asking
from claimcompare.llm.believed import is_believed
from claimcompare.llm.budget import Reservation
from claimcompare.llm.completion import Completion
from claimcompare.llm.connection import connect, secrets_of
from claimcompare.llm.connections import Shared
from claimcompare.llm.events import in_brief
from claimcompare.llm.faults import as_ours, failure_in, may_be_charged
from claimcompare.llm.pace import PaceKey, shared_pace
from claimcompare.llm.requests import Request
from claimcompare.llm.retries import asked_wait, retrying
from claimcompare.llm.served import parameters_there
from claimcompare.llm.slots import Slots
from claimcompare.llm.tokens import estimated_tokens, most_tokens
from claimcompare.llm.tracing import tracer_for
from claimcompare.usage import Usage

_TOO_MANY_REQUESTS = 429
_BILL = "bill"
_log = logging.getLogger(__name__)

Keep = Callable[[Completion], None]


class Endpoint:
    """A client for one address in one event loop."""

    def __init__(self, address: Address, shared: Shared) -> None:
        settings = shared.settings
        self.address = address
        self._settings = settings
        self._model = shared.model
        self._budget = shared.budget
        self._watch = shared.watch
        self._client = connect(address, settings)
        self._secrets = secrets_of(self._client, settings)
        url = without_secrets(str(self._client.base_url))
        self.name = address.name or url
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # Kinds of failure that were told of: a warning each, then no more than information.
        self._told: set[str] = set()
        self._slots = Slots(settings.concurrency)
        limits = (settings.requests_per_minute, settings.tokens_per_minute)
        self._pace = shared_pace(PaceKey(self.name, shared.model, *limits))
        self._pricing = shared.pricing
        self._trace = tracer_for(url, settings)

    async def send(self, request: Request, keep: Keep) -> Completion:
        """One answer, kept before anybody hears of it; raises LLMError, RecordingError."""
        with self._trace(request) as answered:
            most = self._with_cost(request, most_tokens(request.body))
            answer = await self._attempts(_Call(request, most, keep, self._settings.deadline))
            answered(answer)
            return answer

    async def parameters(self) -> float | None:
        """How large the server says that the model is; raises LLMError."""
        return await parameters_there(self._client, self._model)

    def alone(self, key: str) -> asyncio.Lock:
        """What lets one call with that key pass at a time."""
        return self._locks.setdefault(key, asyncio.Lock())

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _attempts(self, call: "_Call") -> Completion:
        try:
            async with asyncio.timeout(None) as call.timer:
                attempts = retrying(self._settings, partial(self._before_wait, call))
                return await attempts(self._attempt, call)
        except TimeoutError:
            ours, cause = self._too_late(call)
        except openai.OpenAIError as error:
            ours, cause = as_ours(error, call.prompt, call.attempt, self._secrets)
        # Not in the blocks above, whose error would go along and may quote a secret.
        raise ours from cause

    def _too_late(self, call: "_Call") -> tuple[LLMError, BaseException | None]:
        cause = None
        if call.failure is not None:
            _, cause = as_ours(call.failure, call.prompt, call.attempt, self._secrets)
        within = f"{self._settings.deadline:g} s, in {call.attempt} attempts"
        return LLMUnavailable(f"no answer within {within}", attempts=call.attempt), cause

    async def _attempt(self, call: "_Call") -> Completion:
        again = call.stop()
        async with self._slots.one(again=again) as given:
            started, answer = await self._sent(call, given, again=again)
            took = monotonic() - started
            # Before another is sent: whoever kills the process loses no more than is in flight.
            call.keep(answer)
        call.stop()
        # Whoever waits would wait on while the caller reads this answer.
        await self._slots.pass_on()
        self._watch.tell(
            "answered", call.prompt, attempt=call.attempt, seconds=took, usage=answer.usage
        )
        return answer

    async def _sent(self, call: "_Call", given: int, *, again: bool) -> tuple[float, Completion]:
        """When a request was sent, by the monotonic clock, and its answer."""
        async with self._budget.reserved(call.most) as reservation:
            sent = await self._pace.turn(call.most.tokens, again=again)
            call.begin()
            self._watch.tell("sent", call.prompt, attempt=call.attempt)
            started = monotonic()
            # An answer that is lost on the way may be charged for: its prompt at least.
            lost = Usage(prompt_tokens=call.most.prompt_tokens)
            reservation.used = self._with_cost(call.request, lost)
            try:
                answer = await self._post(call)
            except openai.OpenAIError as error:
                call.failure = error
                self._heed(error, given, reservation)
                raise
            reservation.used = self._charged(call, answer)
            self._pace.used(sent, reservation.used.tokens)
            self._slots.answered()
            return started, answer

    async def _post(self, call: "_Call") -> Completion:
        body, api = call.request.sent, call.request.api
        try:
            with asking(call.prompt):
                response = await self._client.post(api.path, cast_to=httpx2.Response, body=body)
        except UnicodeError as error:
            kind = type(error).__name__
            raise LLMError(f"the request or the key cannot be encoded ({kind})") from None
        if (failure := failure_in(response)) is not None:
            raise failure
        answer = api.read(response.content, self._secrets.hidden)
        told = answer.usage if is_believed(answer.usage, call.most) else self._unbelieved(answer)
        usage = self._with_cost(call.request, told)
        return answer.model_copy(update={"usage": usage})

    def _heed(self, error: openai.OpenAIError, given: int, reservation: Reservation) -> None:
        """What a failure says about the endpoint, and about the bill."""
        asked = asked_wait(error, self._settings)
        if asked is not None:
            self._pace.hold(asked)
        if isinstance(error, openai.APIStatusError) and error.status_code == _TOO_MANY_REQUESTS:
            self._slots.too_many(given)
        if not may_be_charged(error):
            reservation.used = Usage()

    def _before_wait(self, call: "_Call", state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        wait = state.next_action.sleep if state.next_action else 0.0
        reason = in_brief(error)
        level = logging.INFO if reason in self._told else logging.WARNING
        self._told.add(reason)
        told = (self.name, call.attempt, reason, wait)
        _log.log(level, "%s: attempt %d failed (%s), next in %.1f s", *told)
        self._watch.tell("waiting", call.prompt, attempt=call.attempt, seconds=wait, reason=reason)

    def _unbelieved(self, answer: Completion) -> Usage:
        """One call, of which what was used is to be estimated; said once."""
        if _BILL not in self._told:
            self._told.add(_BILL)
            _log.warning(
                "%s tells of %d tokens for one request; counting an estimate instead",
                self.name,
                answer.usage.tokens,
            )
        return Usage(calls=1)

    def _with_cost(self, request: Request, usage: Usage) -> Usage:
        cost = self._pricing(request.api.provider)(usage)
        return usage.model_copy(update={"cost": cost})

    def _charged(self, call: "_Call", answer: Completion) -> Usage:
        """What the endpoint says that it used; where it says nothing, an estimate."""
        if answer.usage.tokens:
            return answer.usage
        written = estimated_tokens(answer.text) if call.request.api.writes else 0
        used = Usage(calls=1, prompt_tokens=call.most.prompt_tokens, completion_tokens=written)
        return self._with_cost(call.request, used)


class _Call:
    """One call on its way: what is sent, how often it was, and the time it has."""

    def __init__(self, request: Request, most: Usage, keep: Keep, deadline: float) -> None:
        self.request = request
        self.prompt = request.prompt
        self.most = most
        self.keep = keep
        self.attempt = 0
        self.failure: openai.OpenAIError | None = None
        self.timer = asyncio.timeout(None)
        self._left = deadline

    def stop(self) -> bool:
        """Stop the time, which is for nothing but the endpoint; whether it ran before."""
        ends = self.timer.when()
        if ends is None:
            return False
        self._left = ends - asyncio.get_running_loop().time()
        self.timer.reschedule(None)
        return True

    def begin(self) -> None:
        """Count an attempt, and let the time run on."""
        self.attempt += 1
        self.timer.reschedule(asyncio.get_running_loop().time() + self._left)
