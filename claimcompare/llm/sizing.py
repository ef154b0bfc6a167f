"""Whether a model is small, asked of its server once, and known to recordings."""

import os
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import ValidationError

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.completion import Completion
from claimcompare.llm.flights import Flights
from claimcompare.llm.recording import open_recording, open_replay
from claimcompare.llm.requests import Api, Request
from claimcompare.llm.sizes import Size, is_small, list_with, parameters_in
from claimcompare.schema import Prompt

# A list of models is asked for without a prompt; recordings go by the name of one.
_NO_PROMPT = Prompt(name="models", version="1", system="", user="", sha256="0" * 64)


class ListedAt(NamedTuple):
    """A model, where it is listed, and the key under which recordings keep its size."""

    model: str
    address: Address
    key: str

    def request(self) -> Request:
        """What asks for the list, as recordings keep it."""
        url = self.address.base_url or os.environ.get("OPENAI_BASE_URL") or ""
        path = f"{urlsplit(url).path.rstrip('/')}/models"
        return Request(_NO_PROMPT, {}, Api(path, "models", partial(_read, self.model)))


class Sizing:
    """What is known of a model's size, and asks for it.

    In a recording it is what was told there, and unknown is not small.
    """

    def __init__(
        self, size: Size, listed: ListedAt, ask: Callable[[], Awaitable[float | None]]
    ) -> None:
        self._size = size
        self._listed = listed
        self._ask = ask
        self._flights: Flights[None] = Flights()

    async def is_small(self) -> bool:
        """Whether the model is small; where nothing else tells, its server is asked."""
        if self._size.is_named:
            return self._size.is_small
        request, recording = self._listed.request(), open_recording()
        kept = open_replay() or recording
        known = kept.get(self._listed.key, request) if kept else None
        if isinstance(known, Completion):
            return is_small(parameters_in(known.text.encode(), self._listed.model))
        if open_replay() is not None:
            return False
        await self._flights.share("size", self._settle)
        if recording is not None and self._size.parameters is not None:
            told = list_with(self._listed.model, self._size.parameters)
            recording.put(self._listed.key, request, Completion(text=told))
        return self._size.is_small

    async def _settle(self) -> None:
        if not self._size.is_settled:
            await self._size.settle(self._ask)


def _read(model: str, listed: bytes, _: object) -> Completion:
    """The part of a list that tells the size of a model; raises LLMError where none does."""
    try:
        size = parameters_in(listed, model, by_name=True)
    except ValidationError:
        size = None
    if size is None:
        raise LLMError(f"the size of {model} is not in this list of models")
    return Completion(text=list_with(model, size))
