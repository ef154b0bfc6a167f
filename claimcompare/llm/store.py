"""The one way to an answer: what a store holds, else what the endpoint is asked for."""

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from itertools import chain
from threading import Lock
from typing import NamedTuple

from claimcompare.errors import BudgetExceeded, LLMError
from claimcompare.llm.answers import Answers, Nowhere, Replay, answer_key
from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.completion import Completion
from claimcompare.llm.connections import Connections
from claimcompare.llm.dialect import Body
from claimcompare.llm.events import Watch
from claimcompare.llm.flights import Flights
from claimcompare.llm.mapping import MappingAnswers, answers_in
from claimcompare.llm.prices import Pricing
from claimcompare.llm.recording import open_recording, open_replay
from claimcompare.llm.requests import Request
from claimcompare.llm.settings import LLMSettings
from claimcompare.schema import Prompt

IsValid = Callable[[Completion], bool]


class Means(NamedTuple):
    """What answers are got by."""

    settings: LLMSettings
    pricing: Callable[[str | None], Pricing]
    watch: Watch
    connections: Connections


class _Place(NamedTuple):
    """Where an answer is looked for and kept, and under which key."""

    answers: Answers
    key: str


def any_answer(_: Completion) -> bool:
    """Nothing more is asked of an answer."""
    return True


class Store:
    """Answers of one model: in the recording around the caller, else in the cache or its like."""

    def __init__(self, model: str, identity: str, means: Means) -> None:
        self._model = model
        self._identity = identity
        self._means = means
        self._nowhere = Nowhere()
        # By process: what a fork leaves in its child may be locked by a thread that is not there.
        self._opened: dict[int, _Opened] = {}

    async def answer(self, request: Request, is_valid: IsValid) -> Completion:
        """What is known, else what is sent for.

        Whoever wants the same meanwhile gets the same: the same words come twice where an agency's
        text is printed by two outlets.
        """
        if (replay := open_replay()) is not None:
            return self.replayed(replay, request)
        # Where there is a budget and no price, this raises before a connection is opened.
        self._means.pricing(request.api.provider)
        place = await self._place(request)
        work = partial(self._found, place, request, is_valid)
        answer, of_another = await self._here().flights.share((id(place.answers), place.key), work)
        return self._told(answer, request.prompt) if of_another else answer

    async def keep(self, request: Request, answer: Completion) -> None:
        """Cache an answer that was had in another way; recordings have it as it came."""
        if open_replay() is None:
            place = await self._place(request)
            if not place.answers.keeps_all:
                place.answers.put(place.key, request, answer)

    def replayed(self, replay: Replay, asked: Request, forms: Iterable[Request] = ()) -> Completion:
        """What was answered in whatever form it was asked for; learning that is not recorded.

        Raises RecordingError, and LLMError as recorded.
        """
        complaint: LLMError | None = None
        tried: list[Request] = []
        for request in chain((asked,), forms):
            tried.append(request)
            known = replay.get(self.recorded_key(request.body), request)
            if isinstance(known, Completion):
                return self._told(self._repriced(known, request), request.prompt)
            complaint = complaint or known
        raise complaint or replay.unrecorded(tried)

    def recorded_key(self, body: Body) -> str:
        """Of the request alone, so that it is found again wherever the endpoint is then."""
        return answer_key("" if self._identity == self._model else self._identity, body)

    def close(self) -> None:
        """Close the response cache; the next call opens it anew."""
        here = self._here()
        with here.lock:
            cache, here.cache = here.cache, None
        if cache is not None:
            cache.close()

    async def _place(self, request: Request) -> _Place:
        """Where the answer to a request is looked for and kept."""
        recording = open_recording()
        if recording is not None:
            return _Place(recording, self.recorded_key(request.body))
        # First, since the embedded model takes a while to start, and a store may not be there.
        answers = self._open_cache()
        endpoint = await self._means.connections.here()
        return _Place(answers, answer_key(endpoint.name, request.body))

    async def _found(self, place: _Place, request: Request, is_valid: IsValid) -> Completion:
        """What is kept, else what is sent for; other processes may be about to keep it."""
        known = self._kept(place, request)
        if known is None:
            async with self._turn(place):
                known = self._kept(place, request)
                if known is None:
                    return await self._sent(place, request, is_valid)
        return self._told(known, request.prompt)

    def _turn(self, place: _Place) -> AbstractAsyncContextManager[None]:
        if isinstance(place.answers, ResponseCache):
            return place.answers.turn(place.key)
        return nullcontext()

    def _kept(self, place: _Place, request: Request) -> Completion | None:
        """What is known; also in a recording, what was refused is asked for again."""
        known = place.answers.get(place.key, request)
        if not isinstance(known, Completion) or not known.lasting:
            return None
        # Prices change: what it costs is in no recording.
        return self._repriced(known, request) if place.answers.keeps_all else known

    async def _sent(self, place: _Place, request: Request, is_valid: IsValid) -> Completion:
        """What is sent for, which is kept before anybody hears of it."""
        answers, key = place

        def keep(answer: Completion) -> None:
            if answers.keeps_all or is_valid(answer):
                answers.put(key, request, answer)

        endpoint = await self._means.connections.here()
        try:
            return await endpoint.send(request, keep)
        except LLMError as error:
            if answers.keeps_all and not isinstance(error, BudgetExceeded):
                answers.put(key, request, error)
            raise

    def _repriced(self, known: Completion, request: Request) -> Completion:
        """The answer at today's prices."""
        cost = self._means.pricing(request.api.provider)(known.usage)
        return known.model_copy(update={"usage": known.usage.model_copy(update={"cost": cost})})

    def _told(self, known: Completion, prompt: Prompt) -> Completion:
        """The answer, once listeners know that it was not sent for."""
        self._means.watch.tell("cached", prompt, usage=known.usage)
        return known

    def _open_cache(self) -> Answers:
        """What keeps answers, if anything is to; raises PluginError."""
        settings = self._means.settings
        if not settings.cache:
            return self._nowhere
        here = self._here()
        with here.lock:
            if here.cache is None and settings.store is not None:
                here.cache = answers_in(settings.store, settings)
            elif here.cache is None:
                here.cache = ResponseCache(settings.cache_folder, settings.cache_bytes)
            return here.cache

    def _here(self) -> "_Opened":
        return self._opened.setdefault(os.getpid(), _Opened())


class _Opened:
    """What a process has open: its response cache, and work that several callers wait for."""

    def __init__(self) -> None:
        self.flights: Flights[Completion] = Flights()
        self.cache: ResponseCache | MappingAnswers | None = None
        self.lock = Lock()
