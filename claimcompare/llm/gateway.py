"""The one way to a model: an answer that is known, else a request for it."""

import asyncio
import os
from collections.abc import Coroutine
from functools import cache, partial
from typing import Any, TypeVar

from claimcompare.errors import BudgetExceeded, LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.budget import Budget
from claimcompare.llm.completion import Completion
from claimcompare.llm.connections import Connections, Shared
from claimcompare.llm.dialect import Body, Dialect, Wanted
from claimcompare.llm.events import OnEvent, Watch, in_brief
from claimcompare.llm.prices import Pricing, pricing
from claimcompare.llm.recording import open_replay
from claimcompare.llm.rejections import is_about_request
from claimcompare.llm.requests import Request, forms_of
from claimcompare.llm.settings import LLMSettings, Prices
from claimcompare.llm.sizes import Size, known_small
from claimcompare.llm.sizing import ListedAt, Sizing
from claimcompare.llm.store import IsValid, Means, Store, any_answer
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

R = TypeVar("R")
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
        named = known_small(self.identity, address, settings, embedded=self.is_local)
        self._size = Size(model, named=named)
        self.settings = _of_the_embedded_model(settings) if self.is_local else settings
        self._dialect = Dialect(model, _fields(settings))
        self._budget = Budget(settings.max_cost, settings.max_tokens)
        self._watch = Watch(on_event)
        self._pricing = cache(partial(_pricing, model, address, self.settings))
        shared = Shared(model, self._pricing, self.settings, self._budget, self._watch)
        self._connections = Connections(address, shared, embedded=self.is_local)
        means = Means(self.settings, self._pricing, self._watch, self._connections)
        self._store = Store(model, self.identity, means)
        listed = ListedAt(model, address, self._store.recorded_key({"models": model}))
        self._sizing = Sizing(self._size, listed, partial(_parameters, self._connections))

    @property
    def spent(self) -> Usage:
        """What has been paid for so far; answers from the response cache are not."""
        return self._budget.spent

    @property
    def refusal(self) -> BudgetExceeded | None:
        """The error of the last call that the budget had no room for."""
        return self._budget.refusal

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
        return await self._sizing.is_small()

    async def complete(self, wanted: Wanted, is_valid: IsValid = any_answer) -> Completion:
        """An answer, asked for in another form where the server does not take the first."""
        if (replay := open_replay()) is not None:
            forms = forms_of(wanted.prompt, self._dialect.bodies(wanted))
            return self._store.replayed(replay, self.request(wanted), forms)
        while True:
            request = self.request(wanted)
            try:
                return await self.send(request, is_valid)
            except LLMError as error:
                if is_about_request(error):
                    self._dialect.learn(request.body, str(error))
                if self.request(wanted) == request:
                    self.failed(wanted.prompt, error)
                    raise

    async def send(self, request: Request, is_valid: IsValid = any_answer) -> Completion:
        """The answer to a request in that very form."""
        return await self._store.answer(request, is_valid)

    async def keep(self, wanted: Wanted, answer: Completion) -> None:
        """Cache an answer that was had in another way, such as by asking again."""
        await self._store.keep(self.request(wanted), answer)

    def request(self, wanted: Wanted) -> Request:
        """The form in which an answer would be asked for now."""
        body = self._dialect.body(wanted)
        return Request(wanted.prompt, body, left_out=self._dialect.left_out)

    def failed(self, prompt: Prompt, error: LLMError) -> None:
        """Tell whoever watches that no answer will come."""
        reason = in_brief(error.__cause__ or error)
        self._watch.tell("failed", prompt, reason=reason, usage=error.usage)

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
        self._connections.close()
        self._store.close()


async def _parameters(connections: Connections) -> float | None:
    """How large the model's server says that it is; raises LLMError."""
    return await (await connections.here()).parameters()


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
