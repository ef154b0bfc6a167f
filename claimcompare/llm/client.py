"""`LLM`: ask for a value, or choose among options."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm.choices import option_probabilities, vote_shares
from claimcompare.llm.recording import replaying
from claimcompare.llm.running import run_to_end
from claimcompare.llm.settings import LLMSettings
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

if TYPE_CHECKING:
    from claimcompare.llm.endpoint import Address, Completion, Endpoint
    from claimcompare.llm.local import LocalServer

T = TypeVar("T")
W = TypeVar("W", bound=BaseModel)
R = TypeVar("R")
_log = logging.getLogger(__name__)
_LOCAL = "local"
_TOP_LOGPROBS = 20
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
    Nothing is started or contacted before the first call.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        settings: LLMSettings | None = None,
    ) -> None:
        self.model = model
        self.base_url = base_url
        self.settings = settings or LLMSettings()
        self._api_key = api_key
        self._logprobs = self.settings.logprobs
        # A connection belongs to one event loop, and threads have loops of their own.
        self._open: WeakKeyDictionary[asyncio.AbstractEventLoop, Endpoint] = WeakKeyDictionary()
        self._server: LocalServer | None = None

    def __repr__(self) -> str:
        return f"LLM({self.model!r}, base_url={self.base_url!r})"

    @property
    def is_local(self) -> bool:
        """Whether this is the embedded model."""
        return self.model == _LOCAL and self.base_url is None

    def ask(self, prompt: Prompt, wire: type[W]) -> Answer[W]:
        """Like `aask`, from code that is not async."""
        return self.run(self.aask(prompt, wire))

    def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """Like `achoose`, from code that is not async."""
        return self.run(self.achoose(prompt, options))

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        """The result of async work that uses this model, from code that is not async."""
        return run_to_end(work, self.aclose)

    async def aask(self, prompt: Prompt, wire: type[W]) -> Answer[W]:
        """The answer as a `wire` value; an invalid one is asked again once, with the error.

        Raises LLMError, LLMUnavailable, LLMOutputError, RecordingError.
        """
        first = await self._structured(prompt, wire)
        try:
            return Answer(wire.model_validate_json(first.text), first.usage)
        except ValidationError as error:
            mended = prompt.model_copy(update={"user": _asking_again(prompt, error)})
        try:
            second = await self._structured(mended, wire)
        except LLMOutputError as error:
            error.usage += first.usage
            raise
        usage = first.usage + second.usage
        try:
            return Answer(wire.model_validate_json(second.text), usage)
        except ValidationError as error:
            raise LLMOutputError(
                f"{prompt.name}: twice no valid answer: {_in_short(error)}",
                fault="invalid",
                output=second.text,
                usage=usage,
            ) from error

    async def achoose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """A probability for each option: from log-probabilities, else from repeated votes.

        The options must differ in their first letters. Raises as `aask` does.
        """
        if not self._logprobs:
            return await self._vote(prompt, options)
        try:
            answer = await self._complete(
                prompt, max_tokens=1, logprobs=True, top_logprobs=_TOP_LOGPROBS
            )
        except LLMError as error:
            if "logprob" not in str(error):
                raise
            return await self._without_logprobs(prompt, options, Usage(calls=1))
        probabilities = option_probabilities(answer.logprobs, options)
        if probabilities is None:
            return await self._without_logprobs(prompt, options, answer.usage)
        return Choice(probabilities, answer.usage)

    async def aclose(self) -> None:
        """Close the running event loop's connections; the next call opens new ones."""
        endpoint = self._open.pop(asyncio.get_running_loop(), None)
        if endpoint is not None:
            await endpoint.close()

    async def _without_logprobs(
        self, prompt: Prompt, options: Sequence[str], spent: Usage
    ) -> Choice:
        if self._logprobs:
            _log.warning("%s gives no log-probabilities; asking for votes instead", self.model)
        self._logprobs = False
        try:
            choice = await self._vote(prompt, options)
        except LLMOutputError as error:
            error.usage += spent
            raise
        return Choice(choice.probabilities, spent + choice.usage)

    async def _vote(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        answers: Any = Literal[tuple(options)]
        ballot = create_model("Ballot", __config__=ConfigDict(extra="forbid"), answer=answers)
        # The seed keeps the votes apart where equal requests would get equal answers.
        votes = await asyncio.gather(
            *(self._ballot(prompt, ballot, seed) for seed in range(self.settings.votes))
        )
        usage = sum((vote.usage for vote in votes), Usage())
        shares = vote_shares([vote.value for vote in votes], options)
        if shares is None:
            raise LLMOutputError(
                f"{prompt.name}: none of {len(votes)} votes names an option",
                fault="invalid",
                output=votes[0].value,
                usage=usage,
            )
        return Choice(shares, usage)

    async def _ballot(self, prompt: Prompt, wire: type[BaseModel], seed: int) -> "Answer[str]":
        """One vote as JSON; a refused or empty one is a vote for nothing."""
        try:
            vote = await self._structured(prompt, wire, temperature=_VOTE_TEMPERATURE, seed=seed)
        except LLMOutputError as error:
            return Answer(error.output, error.usage)
        return Answer(vote.text, vote.usage)

    async def _structured(self, prompt: Prompt, wire: type[BaseModel], **more: Any) -> "Completion":
        completion = await self._complete(
            prompt,
            max_tokens=self.settings.max_output_tokens or (1_000 if self.is_local else 4_000),
            response_format={
                "type": "json_schema",
                "json_schema": {
                    "name": wire.__name__,
                    "strict": True,
                    "schema": wire.model_json_schema(),
                },
            },
            **more,
        )
        return completion.usable(prompt)

    async def _complete(self, prompt: Prompt, **parameters: Any) -> "Completion":
        endpoint = await self._endpoint()
        return await endpoint.complete(prompt, model=self.model, **parameters)

    async def _endpoint(self) -> "Endpoint":
        """The endpoint of the running event loop, for the address that holds now."""
        from claimcompare.llm.endpoint import Endpoint

        loop, address = asyncio.get_running_loop(), self._address()
        endpoint = self._open.get(loop)
        if endpoint is None or endpoint.address != address:
            self._open[loop] = Endpoint(address, self._effective_settings())
            if endpoint is not None:
                await endpoint.close()
        return self._open[loop]

    def _effective_settings(self) -> LLMSettings:
        """One call after another to the embedded model: in another order its answers vary."""
        return (
            self.settings.model_copy(update={"concurrency": 1}) if self.is_local else self.settings
        )

    def _address(self) -> "Address":
        from claimcompare.llm.endpoint import Address

        if replaying():
            return Address(self.base_url or "http://127.0.0.1/v1", "replayed")
        if not self.is_local:
            return Address(self.base_url, self._api_key)
        from claimcompare.llm.local import LocalServer

        if self._server is None:
            self._server = LocalServer(self.settings.gguf)
        return Address(self._server.base_url, self._server.api_key)


def _asking_again(prompt: Prompt, error: ValidationError) -> str:
    return (
        f"{prompt.user}\n\nYour last answer was not valid: {_in_short(error)}. "
        "Answer again, with valid JSON only."
    )


def _in_short(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"
