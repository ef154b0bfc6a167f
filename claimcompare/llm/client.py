"""`LLM`: ask for a value, choose among options, or have closed questions decided."""

from collections.abc import AsyncGenerator, Coroutine, Generator, Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ValidationError

from claimcompare.errors import BudgetExceeded, LLMError, LLMOutputError
from claimcompare.llm.address import Address, without_secrets
from claimcompare.llm.choosing import Choice, Chooser
from claimcompare.llm.completion import Completion, invalid_in_short
from claimcompare.llm.deciding import Decider
from claimcompare.llm.decisions import Decisions, Question
from claimcompare.llm.dialect import Wanted
from claimcompare.llm.events import OnEvent
from claimcompare.llm.gateway import Gateway
from claimcompare.llm.running import Ended
from claimcompare.llm.settings import LLMSettings
from claimcompare.llm.values import asking_again, is_worth_keeping, read_value, wanted_value
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

T = TypeVar("T")
W = TypeVar("W", bound=BaseModel)
R = TypeVar("R")


class Answer(NamedTuple, Generic[T]):
    """A validated value, and what it cost."""

    value: T
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
        self._gateway = Gateway(model, self._address(base_url, api_key), self.settings, on_event)
        self._chooser = Chooser(model, self._gateway)
        self._decider = Decider(model, self._gateway, self._chooser)

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

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

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

    @property
    def refusal(self) -> BudgetExceeded | None:
        """The error of the last call that was not made for want of budget, None without any."""
        return self._gateway.refusal

    def cost(self, usage: Usage) -> float | None:
        """What that would cost in USD, None where no price is known; contacts nobody."""
        return self._gateway.price(usage)

    def ask(self, prompt: Prompt, wire: type[W]) -> Answer[W]:
        """Like `aask`, from code that is not async."""
        return self.run(self.aask(prompt, wire))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Like `achoose`, from code that is not async."""
        return self.run(self.achoose(prompt, options))

    def decide(self, state: Prompt, questions: Sequence[Question]) -> Decisions:
        """Like `adecide`, from code that is not async."""
        return self.run(self.adecide(state, questions))

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
            # At the end of the process nothing of it is under way any more.
            with suppress(Ended):
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
            value = read_value(second.text, wire)
        except ValidationError as error:
            raise LLMOutputError(
                f"{prompt.name}: twice no valid answer: {invalid_in_short(error)}",
                fault="invalid",
                output=second.text,
                usage=usage,
            ) from error
        # So that the same again needs neither request.
        both = second.model_copy(update={"usage": usage})
        await self._gateway.keep(self._wanted(prompt, wire), both)
        return Answer(value, usage)

    async def achoose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """A probability for each option: from log-probabilities, else from repeated votes.

        The options must differ in their first letters. Raises as `aask` does.
        """
        return await self._chooser.choose(prompt, options)

    async def adecide(self, state: Prompt, questions: Sequence[Question]) -> Decisions:
        """For each closed question about a state, a probability for each of its options.

        By the first way that the endpoint has: OpenAI's `/decisions`, System One's `/systemone`,
        or a choice in chat for each question. What one question has no answer for is its own
        error; names must differ, else ValueError. Raises as `aask` does.
        """
        return await self._decider.decide(state, questions)

    async def adecide_at_endpoint(
        self, state: Prompt, questions: Sequence[Question]
    ) -> Decisions | None:
        """Like `adecide`, but never in chat; None where the endpoint decides no questions."""
        return await self._decider.at_endpoint(state, questions)

    def _address(self, base_url: str | None, api_key: str | None) -> Address:
        """Where requests go."""
        return Address(base_url, api_key)

    async def _structured(self, prompt: Prompt, wire: type[BaseModel]) -> Completion:
        is_valid = partial(is_worth_keeping, wire=wire)
        completion = await self._gateway.complete(self._wanted(prompt, wire), is_valid)
        return completion.usable(prompt)

    def _wanted(self, prompt: Prompt, wire: type[BaseModel]) -> Wanted:
        return wanted_value(prompt, wire, self._gateway.settings)
