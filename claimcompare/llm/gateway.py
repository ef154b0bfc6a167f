"""The one way to a model: an answer that is known, else a request for it."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from claimcompare.errors import BudgetExceeded, LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.answers import RecordedAnswers
from claimcompare.llm.budget import Budget
from claimcompare.llm.cache import ResponseCache, answer_key
from claimcompare.llm.completion import Completion
from claimcompare.llm.connections import Connections, Shared
from claimcompare.llm.dialect import Body, Dialect, Wanted
from claimcompare.llm.events import OnEvent, Watch, in_brief
from claimcompare.llm.prices import Pricing, pricing
from claimcompare.llm.recording import is_open, open_answers, replaying
from claimcompare.llm.rejections import is_about_request
from claimcompare.llm.requests import Request
from claimcompare.llm.settings import LLMSettings, Prices
from claimcompare.llm.sizes import Size, known_small
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

if TYPE_CHECKING:
    from claimcompare.llm.endpoint import Endpoint

    Send = Callable[[Endpoint], Coroutine[Any, Any, Completion]]

R = TypeVar("R")
Get = Callable[[], Completion | None]
LOCAL = "local"
_DEFAULT_URL = "https://api.openai.com/v1"
# A longer answer of the embedded model is a loop.
_MOST_OF_THE_EMBEDDED = 1_000


class Gateway:
    """What all calls of one model object share; nothing is started before the first."""

    def __init__(
        self, model: str, address: Address, settings: LLMSettings, on_event: OnEvent | None
    ) -> None:
        self.is_local = model == LOCAL and address.base_url is None
        gguf = settings.gguf if self.is_local else None
        # The same name may stand for another file; its folder is nobody's business.
        self.identity = f"{model} ({gguf.name})" if gguf else model
        self._model = model
        self._size = Size(
            model, named=known_small(self.identity, address, settings, embedded=self.is_local)
        )
        self.settings = _of_the_embedded_model(settings) if self.is_local else settings
        self._dialect = Dialect(model, _fields(settings))
        self._budget = Budget(settings.max_cost, settings.max_tokens)
        self._watch = Watch(on_event)
        self._pricing = cache(partial(_pricing, model, address, self.settings))
        shared = Shared(model, self._pricing, self.settings, self._budget, self._watch)
        self._connections = Connections(address, shared, embedded=self.is_local)
        self._cache: ResponseCache | None = None
        self._lock = Lock()

    @property
    def spent(self) -> Usage:
        """What has been paid for so far; answers from the response cache are not."""
        return self._budget.spent

    @property
    def price(self) -> Pricing:
        """What a usage costs in USD, as far as the address is known before the first call."""
        return self._pricing(None)

    @property
    def seems_small(self) -> bool:
        """Whether the model is small, as far as that is known without asking its server."""
        return self._size.is_small

    async def is_small(self) -> bool:
        """Whether the model is small; where nothing else tells, its server is asked, once."""
        # What was learnt of an endpoint is in no recording.
        if is_open():
            return self._size.named_small
        if not self._size.is_settled:
            endpoint = await self._connections.here()
            async with endpoint.alone("size"):
                if not self._size.is_settled:
                    await self._size.settle(endpoint.is_small)
        return self._size.is_small

    async def complete(self, wanted: Wanted) -> Completion:
        """An answer, asked for in another form where the server does not take the first."""
        recorded = open_answers()
        if recorded is not None and replaying():
            return self._replayed(recorded, self.request(wanted), self._dialect.bodies(wanted))
        while True:
            request = self.request(wanted)
            try:
                return await self._answer(request)
            except LLMError as error:
                if is_about_request(error):
                    self._dialect.learn(request.body, str(error))
                if self.request(wanted) == request:
                    self.failed(wanted.prompt, error)
                    raise

    async def send(self, request: Request) -> Completion:
        """The answer to a request in that very form."""
        recorded = open_answers()
        if recorded is not None and replaying():
            return self._replayed(recorded, request, (request.body,))
        return await self._answer(request)

    def request(self, wanted: Wanted) -> Request:
        """The form in which an answer would be asked for now."""
        body = self._dialect.body(wanted)
        return Request(wanted.prompt, body, left_out=self._dialect.left_out)

    def failed(self, prompt: Prompt, error: LLMError) -> None:
        """Tell whoever watches that no answer will come."""
        reason = in_brief(error.__cause__ or error)
        self._watch.tell("failed", prompt, reason=reason, usage=error.usage)

    async def forget(self, request: Request) -> None:
        """Keep no answer that turned out to be of no use."""
        cache = self._open_cache()
        if cache is not None:
            cache.drop(answer_key((await self._connections.here()).name, request.body))

    async def alone(self, key: str) -> asyncio.Lock:
        """What lets one call of this event loop with that key pass at a time."""
        return (await self._connections.here()).alone(key)

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work, for callers that are not async."""
        return self._connections.run(work)

    async def aclose(self) -> None:
        """Close the running event loop's connections; the next call opens new ones."""
        await self._connections.aclose()

    def close(self) -> None:
        """Close what `run` and the response cache have open; the next call opens it anew."""
        with self._lock:
            cache, self._cache = self._cache, None
        self._connections.close()
        if cache is not None:
            cache.close()

    async def _answer(self, request: Request) -> Completion:
        # Where there is a budget and no price, this raises before a connection is opened.
        self._pricing(request.api.provider)
        recorded = open_answers()
        if recorded is not None:
            return await self._recorded(recorded, request)
        endpoint = await self._connections.here()
        cache = self._open_cache()
        if cache is None:
            return await endpoint.send(request, _keep_nothing)
        key = answer_key(endpoint.name, request.body)
        keep = partial(cache.put, key, request.prompt, request.body)
        get = partial(cache.get, key)
        return await self._once(key, request, get, lambda one: one.send(request, keep))

    async def _recorded(self, recorded: RecordedAnswers, request: Request) -> Completion:
        key, prompt = self._recorded_key(request.body), request.prompt

        def get() -> Completion | None:
            known = recorded.get(key, prompt)
            return known and self._repriced(known, request)

        async def send(endpoint: "Endpoint") -> Completion:
            try:
                return await endpoint.send(request, partial(recorded.put, key, prompt))
            except LLMError as error:
                if not isinstance(error, BudgetExceeded):
                    recorded.put_complaint(key, prompt, error)
                raise

        return await self._once(key, request, get, send)

    async def _once(self, key: str, request: Request, get: Get, send: "Send") -> Completion:
        """What is known, else what is sent for; who wants the same meanwhile waits for it."""
        known = get()
        if known is None:
            endpoint = await self._connections.here()
            # The same words come twice where an agency's text is printed by two outlets.
            async with endpoint.alone(key):
                known = get()
                if known is None:
                    return await send(endpoint)
        return self._told(known, request.prompt)

    def _replayed(
        self, recorded: RecordedAnswers, request: Request, bodies: Iterable[Body]
    ) -> Completion:
        """What was answered in whatever form it was asked for; learning that is not recorded."""
        known = recorded.find(map(self._recorded_key, bodies), request.prompt)
        return self._told(self._repriced(known, request), request.prompt)

    def _recorded_key(self, body: Body) -> str:
        """Of the request alone, so that it is found again wherever the endpoint is then."""
        return answer_key("" if self.identity == self._model else self.identity, body)

    def _repriced(self, known: Completion, request: Request) -> Completion:
        """The answer at today's prices."""
        cost = self._pricing(request.api.provider)(known.usage)
        return known.model_copy(update={"usage": known.usage.model_copy(update={"cost": cost})})

    def _told(self, known: Completion, prompt: Prompt) -> Completion:
        """The answer, once listeners know that it was not sent for."""
        self._watch.tell("cached", prompt, usage=known.usage)
        return known

    def _open_cache(self) -> ResponseCache | None:
        """The response cache; none while recording, where every request is to be seen."""
        if not self.settings.cache or is_open():
            return None
        with self._lock:
            if self._cache is None:
                folder, most = self.settings.cache_folder, self.settings.cache_bytes
                self._cache = ResponseCache(folder, most)
            return self._cache


def _pricing(model: str, address: Address, settings: LLMSettings, provider: str | None) -> Pricing:
    url = address.base_url or os.environ.get("OPENAI_BASE_URL") or _DEFAULT_URL
    return pricing(model, url, settings, provider)


def _of_the_embedded_model(settings: LLMSettings) -> LLMSettings:
    """One call after another, since in another order its answers vary; short ones; no charge."""
    most = settings.max_output_tokens or _MOST_OF_THE_EMBEDDED
    free = Prices(prompt=0, completion=0)
    return settings.model_copy(update={"concurrency": 1, "max_output_tokens": most, "prices": free})


def _fields(settings: LLMSettings) -> Body:
    """What is sent in chat beside what a call wants."""
    effort = settings.reasoning_effort
    return {**({} if effort is None else {"reasoning_effort": effort}), **settings.body}


def _keep_nothing(_: Completion) -> None:
    """Without a response cache."""
