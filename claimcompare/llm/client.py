"""`LLM`: ask for a value, or choose among options."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine, Generator, Sequence
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ValidationError

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm.address import Address, without_secrets
from claimcompare.llm.choices import option_probabilities, vote_shares
from claimcompare.llm.completion import Completion, invalid_in_short
from claimcompare.llm.dialect import Wanted
from claimcompare.llm.events import OnEvent
from claimcompare.llm.gateway import Gateway
from claimcompare.llm.recording import is_open
from claimcompare.llm.settings import LLMSettings
from claimcompare.llm.values import asking_again, ballot_for, read_value, schema_of
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

T = TypeVar("T")
W = TypeVar("W", bound=BaseModel)
R = TypeVar("R")
_log = logging.getLogger(__name__)
_VOTE_TEMPERATURE = 1.0


class Answer(NamedTuple, Generic[T]):
    """A validated value, and what it cost."""

    value: T
    usage: Usage


class Choice(NamedTuple):
    """A probability for each option, summing to 1, and what they cost."""

    probabilities: dict[str, float]
    usage: Usage


class LLM:
    """A model behind an OpenAI-compatible endpoint, or the embedded one: `LLM("local")`.

    Without `base_url` and `api_key` the OpenAI SDK's environment variables hold.
    Nothing is started or contacted before the first call. `on_event` hears of every request, on
    the thread that makes it. Threads may share a model; so may event loops, each with its own
    connections and `concurrency`. Calls that are not async share one event loop.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        settings: LLMSettings | None = None,
        on_event: OnEvent | None = None,
    ) -> None:
        self.model = model
        self.base_url = base_url and without_secrets(base_url)
        self.settings = settings or LLMSettings()
        self._gateway = Gateway(model, Address(base_url, api_key), self.settings, on_event)
        self._logprobs = self.settings.logprobs
        self._logprobs_worked = False

    def __repr__(self) -> str:
        return f"LLM({self.model!r}, base_url={self.base_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_local(self) -> bool:
        """Whether this is the embedded model."""
        return self._gateway.is_local

    @property
    def seems_small(self) -> bool:
        """Whether tasks are cut small for it, as far as known without asking its server."""
        return self._gateway.seems_small

    async def ais_small(self) -> bool:
        """The same; the server is asked, once, where the name does not tell."""
        return await self._gateway.is_small()

    @property
    def identity(self) -> str:
        """The model's name, and where it is another embedded one, that of its file."""
        return self._gateway.identity

    @property
    def spent(self) -> Usage:
        """What all calls so far have used; answers from the response cache are not among them.

        An answer lost on its way counts with its prompt, by estimate.
        """
        return self._gateway.spent

    def cost(self, usage: Usage) -> float | None:
        """What that would cost in USD, None where no price is known; contacts nobody."""
        return self._gateway.price(usage)

    def ask(self, prompt: Prompt, wire: type[W]) -> Answer[W]:
        """Like `aask`, from code that is not async."""
        return self.run(self.aask(prompt, wire))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Like `achoose`, from code that is not async."""
        return self.run(self.achoose(prompt, options))

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work that uses this model, from code that is not async."""
        return self._gateway.run(work)

    def stream(self, work: AsyncGenerator[R]) -> Generator[R]:
        """The items of an async generator that uses this model, from code that is not async."""

        async def step() -> list[R]:
            async for item in work:
                return [item]
            return []

        try:
            while item := self.run(step()):
                yield item[0]
        finally:
            self.run(work.aclose())

    def close(self) -> None:
        """Close the connections of calls that were not async; a later call opens new ones."""
        self._gateway.close()

    async def aclose(self) -> None:
        """Close the running event loop's connections; a later call opens new ones."""
        await self._gateway.aclose()

    async def aask(self, prompt: Prompt, wire: type[W]) -> Answer[W]:
        """The answer as a `wire` value; an invalid one is asked again once, with the error.

        Raises LLMError, LLMUnavailable, LLMOutputError, BudgetExceeded, RecordingError.
        """
        first = await self._structured(prompt, wire)
        try:
            return Answer(read_value(first.text, wire), first.usage)
        except ValidationError as error:
            mended = asking_again(prompt, error)
        try:
            second = await self._structured(mended, wire)
        except LLMError as error:
            error.usage += first.usage
            raise
        usage = first.usage + second.usage
        try:
            return Answer(read_value(second.text, wire), usage)
        except ValidationError as error:
            await self._gateway.forget(self._wanted(mended, wire))
            raise LLMOutputError(
                f"{prompt.name}: twice no valid answer: {invalid_in_short(error)}",
                fault="invalid",
                output=second.text,
                usage=usage,
            ) from error

    async def achoose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """A probability for each option: from log-probabilities, else from repeated votes.

        The options must differ in their first letters. Raises as `aask` does.
        """
        # What was learnt of an endpoint is in no recording: there each call asks as the first.
        if not (self.settings.logprobs if is_open() else self._logprobs):
            return await self._vote(prompt, options)
        wanted = Wanted(prompt, 1, self.settings.temperature)
        try:
            answer = (await self._gateway.complete(wanted)).permitted(prompt)
        except LLMError as error:
            if type(error) is not LLMError or "logprob" not in str(error):
                raise
            return await self._without_logprobs(prompt, options, Usage(calls=1))
        try:
            probabilities = option_probabilities(answer.logprobs, options)
        except ValueError as error:
            raise LLMOutputError(
                f"{prompt.name}: {error}", fault="invalid", output=answer.text, usage=answer.usage
            ) from error
        if probabilities is None:
            return await self._without_logprobs(prompt, options, answer.usage)
        self._logprobs_worked = True
        return Choice(probabilities, answer.usage)

    async def _without_logprobs(
        self, prompt: Prompt, options: Sequence[str], spent: Usage
    ) -> Choice:
        """Votes; for good, where the endpoint has never given log-probabilities."""
        if self._logprobs and not self._logprobs_worked:
            _log.warning("%s gives no log-probabilities; asking for votes instead", self.model)
            self._logprobs = False
        try:
            choice = await self._vote(prompt, options)
        except LLMError as error:
            error.usage += spent
            raise
        return Choice(choice.probabilities, spent + choice.usage)

    async def _vote(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        ballot = ballot_for(tuple(options))
        # The seed keeps the votes apart where equal requests would get equal answers.
        wanted = [
            self._wanted(prompt, ballot)._replace(temperature=_VOTE_TEMPERATURE, seed=seed)
            for seed in range(self.settings.votes)
        ]
        calls = (self._gateway.complete(one) for one in wanted)
        results = await asyncio.gather(*calls, return_exceptions=True)
        votes = [one for one in results if isinstance(one, Completion)]
        usage = sum((vote.usage for vote in votes), Usage())
        for error in results:
            if isinstance(error, LLMError):
                error.usage += usage
            if isinstance(error, BaseException):
                raise error
        shares = vote_shares([vote.text for vote in votes], options)
        if shares is None:
            raise LLMOutputError(
                f"{prompt.name}: none of {len(votes)} votes names an option",
                fault="invalid",
                output=votes[0].text,
                usage=usage,
            )
        return Choice(shares, usage)

    async def _structured(self, prompt: Prompt, wire: type[BaseModel]) -> Completion:
        completion = await self._gateway.complete(self._wanted(prompt, wire))
        return completion.usable(prompt)

    def _wanted(self, prompt: Prompt, wire: type[BaseModel]) -> Wanted:
        most = self.settings.max_output_tokens or (1_000 if self.is_local else 4_000)
        return Wanted(prompt, most, self.settings.temperature, schema_of(wire))
