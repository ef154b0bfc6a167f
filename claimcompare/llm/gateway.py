"""The one way to a model: an answer that is known, else a request in the server's dialect."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary, finalize

from claimcompare.errors import BudgetExceeded, LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.answers import RecordedAnswers
from claimcompare.llm.budget import Budget
from claimcompare.llm.cache import ResponseCache, answer_key
from claimcompare.llm.completion import Completion
from claimcompare.llm.dialect import Body, Dialect, Wanted
from claimcompare.llm.events import OnEvent, Watch, in_brief
from claimcompare.llm.prices import Pricing, pricing
from claimcompare.llm.recording import is_open, open_answers, replaying
from claimcompare.llm.running import BackgroundLoop
from claimcompare.llm.settings import LLMSettings, Prices
from claimcompare.llm.sizes import known_small
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

if TYPE_CHECKING:
    from claimcompare.llm.endpoint import Endpoint
    from claimcompare.llm.local import LocalServer

    Endpoints = WeakKeyDictionary[asyncio.AbstractEventLoop, Endpoint]
    Send = Callable[[Endpoint], Coroutine[Any, Any, Completion]]

R = TypeVar("R")
Get = Callable[[], Completion | None]
LOCAL = "local"
_DEFAULT_URL = "https://api.openai.com/v1"


class Gateway:
    """What all calls of one model object share; nothing is started before the first."""

    def __init__(
        self, model: str, address: Address, settings: LLMSettings, on_event: OnEvent | None
    ) -> None:
        self.is_local = model == LOCAL and address.base_url is None
        self._model = model
        gguf = settings.gguf if self.is_local else None
        # The same name may stand for another file; its folder is nobody's business.
        self.identity = f"{model} ({gguf.name})" if gguf else model
        self._given = address
        self._small = known_small(self.identity, address, settings, embedded=self.is_local)
        self._settings = _of_the_embedded_model(settings) if self.is_local else settings
        self._dialect = Dialect(model, settings.body)
        self._budget = Budget(settings.max_cost, settings.max_tokens)
        self._watch = Watch(on_event)
        # A connection belongs to one event loop, and threads may have loops of their own.
        self._endpoints: Endpoints = WeakKeyDictionary()
        self._cache: ResponseCache | None = None
        self._server: LocalServer | None = None
        self._background: BackgroundLoop | None = None
        self._shut: finalize[[BackgroundLoop, Endpoints], Gateway] | None = None
        self._lock = Lock()

    @property
    def spent(self) -> Usage:
        """What has been paid for so far; answers from the response cache are not."""
        return self._budget.spent

    @cached_property
    def price(self) -> Pricing:
        """What a usage costs in USD, as far as the address is known before the first call."""
        url = self._given.base_url or os.environ.get("OPENAI_BASE_URL") or _DEFAULT_URL
        return pricing(self._model, url, self._settings)

    @property
    def seems_small(self) -> bool:
        """Whether the model is small, as far as that is known without asking its server."""
        return bool(self._small)

    async def is_small(self) -> bool:
        """Whether the model is small; where nothing else tells, its server is asked, once."""
        # What was learnt of an endpoint is in no recording.
        if self._small is None and not is_open():
            self._small = await (await self._endpoint()).is_small()
        return self.seems_small

    async def complete(self, wanted: Wanted) -> Completion:
        """An answer, asked for in another form where the server does not take the first."""
        recorded = open_answers()
        if recorded is not None and replaying():
            return self._replayed(recorded, wanted)
        while True:
            body = self._dialect.body(wanted)
            try:
                return await self._answer(wanted.prompt, body)
            except LLMError as error:
                if type(error) is LLMError:
                    self._dialect.learn(body, str(error))
                if self._dialect.body(wanted) == body:
                    reason = in_brief(error.__cause__ or error)
                    self._watch.tell("failed", wanted.prompt, reason=reason, usage=error.usage)
                    raise

    async def forget(self, wanted: Wanted) -> None:
        """Keep no answer that turned out to be of no use."""
        cache = self._open_cache()
        if cache is not None:
            endpoint = await self._endpoint()
            cache.drop(answer_key(endpoint.name, self._dialect.body(wanted)))

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work, for callers that are not async."""
        with self._lock:
            if self._background is None:
                self._background = BackgroundLoop()
                self._shut = finalize(self, _shut, self._background, self._endpoints)
            background = self._background
        return background.run(work)

    async def aclose(self) -> None:
        """Close the running event loop's connections; the next call opens new ones."""
        await _close_here(self._endpoints)

    def close(self) -> None:
        """Close what `run` and the response cache have open; the next call opens it anew."""
        with self._lock:
            shut, self._shut, self._background = self._shut, None, None
            cache, self._cache = self._cache, None
        if shut is not None:
            shut()
        if cache is not None:
            cache.close()

    async def _answer(self, prompt: Prompt, body: Body) -> Completion:
        recorded = open_answers()
        if recorded is not None:
            return await self._recorded(recorded, prompt, body)
        endpoint = await self._endpoint()
        cache = self._open_cache()
        if cache is None:
            return await endpoint.send(prompt, body, _keep_nothing)
        key = answer_key(endpoint.name, body)
        get, keep = partial(cache.get, key), partial(cache.put, key, prompt, body)
        return await self._once(key, prompt, get, lambda one: one.send(prompt, body, keep))

    async def _recorded(self, recorded: RecordedAnswers, prompt: Prompt, body: Body) -> Completion:
        key = self._recorded_key(body)

        def get() -> Completion | None:
            known = recorded.get(key, prompt)
            return known and self._repriced(known)

        async def send(endpoint: "Endpoint") -> Completion:
            try:
                return await endpoint.send(prompt, body, partial(recorded.put, key, prompt))
            except LLMError as error:
                if not isinstance(error, BudgetExceeded):
                    recorded.put_complaint(key, prompt, error)
                raise

        return await self._once(key, prompt, get, send)

    async def _once(self, key: str, prompt: Prompt, get: Get, send: "Send") -> Completion:
        """What is known, else what is sent for; who wants the same meanwhile waits for it."""
        known = get()
        if known is None:
            endpoint = await self._endpoint()
            # The same words come twice where an agency's text is printed by two outlets.
            async with endpoint.alone(key):
                known = get()
                if known is None:
                    return await send(endpoint)
        return self._told(known, prompt)

    def _replayed(self, recorded: RecordedAnswers, wanted: Wanted) -> Completion:
        """What was answered in whatever form it was asked for; learning that is not recorded."""
        keys = map(self._recorded_key, self._dialect.bodies(wanted))
        return self._told(self._repriced(recorded.find(keys, wanted.prompt)), wanted.prompt)

    def _recorded_key(self, body: Body) -> str:
        """Of the request alone, so that it is found again wherever the endpoint is then."""
        return answer_key("" if self.identity == self._model else self.identity, body)

    def _repriced(self, known: Completion) -> Completion:
        """The answer at today's prices."""
        usage = known.usage.model_copy(update={"cost": self.price(known.usage)})
        return known.model_copy(update={"usage": usage})

    def _told(self, known: Completion, prompt: Prompt) -> Completion:
        """The answer, once listeners know that it was not sent for."""
        self._watch.tell("cached", prompt, usage=known.usage)
        return known

    def _open_cache(self) -> ResponseCache | None:
        """The response cache; none while recording, where every request is to be seen."""
        if not self._settings.cache or is_open():
            return None
        with self._lock:
            if self._cache is None:
                folder, most = self._settings.cache_folder, self._settings.cache_bytes
                self._cache = ResponseCache(folder, most)
            return self._cache

    async def _endpoint(self) -> "Endpoint":
        """The endpoint of the running event loop, for the address that holds now."""
        from claimcompare.llm.endpoint import Endpoint, Shared

        loop, address = asyncio.get_running_loop(), self._address()
        endpoint = self._endpoints.get(loop)
        if endpoint is None or endpoint.address != address:
            shared = Shared(self._model, self.price, self._settings, self._budget, self._watch)
            self._endpoints[loop] = Endpoint(address, shared)
            if endpoint is not None:
                await endpoint.close()
        return self._endpoints[loop]

    def _address(self) -> Address:
        if replaying():
            return Address(self._given.base_url or "http://127.0.0.1/v1", "replayed")
        if not self.is_local:
            return self._given
        from claimcompare.llm.local import LocalServer

        with self._lock:
            if self._server is None:
                self._server = LocalServer(self._settings.gguf)
        return self._server.address


def _of_the_embedded_model(settings: LLMSettings) -> LLMSettings:
    """One call after another, since in another order its answers vary; and no charge."""
    return settings.model_copy(update={"concurrency": 1, "prices": Prices(prompt=0, completion=0)})


def _keep_nothing(_: Completion) -> None:
    """Without a response cache."""


async def _close_here(endpoints: "Endpoints") -> None:
    endpoint = endpoints.pop(asyncio.get_running_loop(), None)
    if endpoint is not None:
        await endpoint.close()


def _shut(background: BackgroundLoop, endpoints: "Endpoints") -> None:
    background.close(_close_here(endpoints))
