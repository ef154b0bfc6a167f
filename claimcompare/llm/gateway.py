"""The one way to a model: an answer that is known, else a request for it."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable
from functools import cache, partial
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from claimcompare.errors import BudgetExceeded, LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.answers import Answers, Nowhere, Replay, answer_key
from claimcompare.llm.budget import Budget
from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.completion import Completion
from claimcompare.llm.connections import Connections, Shared
from claimcompare.llm.dialect import Body, Dialect, Wanted
from claimcompare.llm.events import OnEvent, Watch, in_brief
from claimcompare.llm.flights import Flights
from claimcompare.llm.prices import Pricing, pricing
from claimcompare.llm.recording import open_recording, open_replay
from claimcompare.llm.rejections import is_about_request
from claimcompare.llm.requests import Request, forms_of
from claimcompare.llm.settings import LLMSettings, Prices
from claimcompare.llm.sizes import Size, known_small
from claimcompare.llm.sizing import ListedAt, Sizing
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

R = TypeVar("R")
IsValid = Callable[[Completion], bool]
LOCAL = "local"
_DEFAULT_URL = "https://api.openai.com/v1"
# A longer answer of the embedded model is a loop.
_MOST_OF_THE_EMBEDDED = 1_000


class _Place(NamedTuple):
    """Where an answer is looked for and kept, and under which key."""

    answers: Answers
    key: str


def _any(_: Completion) -> bool:
    """Nothing more is asked of an answer."""
    return True


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
        listed = ListedAt(model, address, self._recorded_key({"models": model}))
        self._sizing = Sizing(self._size, listed, partial(_parameters, self._connections))
        self._flights: Flights[Completion] = Flights()
        self._nowhere = Nowhere()
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
        return await self._sizing.is_small()

    async def complete(self, wanted: Wanted, is_valid: IsValid = _any) -> Completion:
        """An answer, asked for in another form where the server does not take the first."""
        if (replay := open_replay()) is not None:
            forms = forms_of(wanted.prompt, self._dialect.bodies(wanted))
            return self._replayed(replay, self.request(wanted), forms)
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

    async def send(self, request: Request, is_valid: IsValid = _any) -> Completion:
        """The answer to a request in that very form: what is known, else what is sent for.

        Whoever wants the same meanwhile gets the same: the same words come twice where an agency's
        text is printed by two outlets.
        """
        if (replay := open_replay()) is not None:
            return self._replayed(replay, request)
        # Where there is a budget and no price, this raises before a connection is opened.
        self._pricing(request.api.provider)
        place = await self._place(request)
        work = partial(self._found, place, request, is_valid)
        answer, of_another = await self._flights.share((id(place.answers), place.key), work)
        return self._told(answer, request.prompt) if of_another else answer

    async def keep(self, wanted: Wanted, answer: Completion) -> None:
        """Cache an answer that was had in another way, such as by asking again."""
        if open_replay() is None:
            request = self.request(wanted)
            place = await self._place(request)
            if not place.answers.keeps_all:
                place.answers.put(place.key, request, answer)

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
        with self._lock:
            cache, self._cache = self._cache, None
        self._connections.close()
        if cache is not None:
            cache.close()

    async def _place(self, request: Request) -> _Place:
        """Where the answer to a request is looked for and kept."""
        recording = open_recording()
        if recording is not None:
            return _Place(recording, self._recorded_key(request.body))
        endpoint = await self._connections.here()
        return _Place(self._open_cache(), answer_key(endpoint.name, request.body))

    async def _found(self, place: _Place, request: Request, is_valid: IsValid) -> Completion:
        """What is kept, else what is sent for, which is kept before anybody hears of it."""
        answers, key = place
        known = answers.get(key, request)
        # Also in a recording, what was refused is asked for again, as it is without one.
        if isinstance(known, Completion) and known.lasting:
            # Prices change: what it costs is in no recording.
            known = self._repriced(known, request) if answers.keeps_all else known
            return self._told(known, request.prompt)

        def keep(answer: Completion) -> None:
            if answers.keeps_all or is_valid(answer):
                answers.put(key, request, answer)

        endpoint = await self._connections.here()
        try:
            return await endpoint.send(request, keep)
        except LLMError as error:
            if answers.keeps_all and not isinstance(error, BudgetExceeded):
                answers.put(key, request, error)
            raise

    def _replayed(
        self, replay: Replay, asked: Request, forms: Iterable[Request] = ()
    ) -> Completion:
        """What was answered in whatever form it was asked for; learning that is not recorded.

        Raises RecordingError, and LLMError as recorded.
        """
        complaint: LLMError | None = None
        for request in chain((asked,), forms):
            known = replay.get(self._recorded_key(request.body), request)
            if isinstance(known, Completion):
                return self._told(self._repriced(known, request), request.prompt)
            complaint = complaint or known
        raise complaint or replay.unrecorded(asked)

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

    def _open_cache(self) -> Answers:
        """The response cache, if there is to be one."""
        if not self.settings.cache:
            return self._nowhere
        with self._lock:
            if self._cache is None:
                folder, most = self.settings.cache_folder, self.settings.cache_bytes
                self._cache = ResponseCache(folder, most)
            return self._cache


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
