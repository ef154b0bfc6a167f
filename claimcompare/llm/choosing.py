"""Choose among options: measured where the endpoint measures, else voted."""

import asyncio
import logging
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm.answers import Unrecorded
from claimcompare.llm.choices import option_masses, shared_out, vote_shares
from claimcompare.llm.completion import Completion
from claimcompare.llm.dialect import Wanted
from claimcompare.llm.gateway import Gateway
from claimcompare.llm.recording import open_replay
from claimcompare.llm.values import ballot_for, wanted_value
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_log = logging.getLogger(__name__)
_VOTE_TEMPERATURE = 1.0


class Choice(NamedTuple):
    """A probability for each option, summing to 1, and what they cost.

    `label_mass` is how much of the first token's probability fell on the options; None of votes.
    """

    probabilities: dict[str, float]
    usage: Usage
    label_mass: float | None = None


class Chooser:
    """Asks for choices, and remembers whether the endpoint gives log-probabilities."""

    def __init__(self, model: str, gateway: Gateway) -> None:
        self._model = model
        self._gateway = gateway
        self._settings = gateway.settings
        self._logprobs = gateway.settings.logprobs
        self._logprobs_worked = False

    async def choose(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        """A probability for each option: from log-probabilities, else from repeated votes.

        Raises LLMError, LLMUnavailable, LLMOutputError, BudgetExceeded, RecordingError.
        """
        # A replay does not know what was learnt: what is recorded tells how it was asked for.
        replaying = open_replay() is not None
        if not (self._settings.logprobs if replaying else self._logprobs):
            return await self._vote(prompt, options)
        wanted = Wanted(prompt, 1, self._settings.temperature)
        try:
            answer = (await self._gateway.complete(wanted)).permitted(prompt)
        except LLMError as error:
            if type(error) is not LLMError or "logprob" not in str(error):
                raise
            return await self._without_logprobs(prompt, options, Usage(calls=1))
        except Unrecorded:
            return await self._vote(prompt, options)
        choice = _measured(prompt, answer, options)
        if choice is None:
            return await self._without_logprobs(prompt, options, answer.usage)
        self._logprobs_worked = self._logprobs_worked or not replaying
        return choice

    async def _without_logprobs(
        self, prompt: Prompt, options: Sequence[str], spent: Usage
    ) -> Choice:
        """Votes; for good, where the endpoint has never given log-probabilities."""
        is_learnt = open_replay() is None and not self._logprobs_worked
        if self._logprobs and is_learnt:
            _log.warning("%s gives no log-probabilities; asking for votes instead", self._model)
            self._logprobs = False
        try:
            choice = await self._vote(prompt, options)
        except LLMError as error:
            error.usage += spent
            raise
        return choice._replace(usage=spent + choice.usage)

    async def _vote(self, prompt: Prompt, options: Sequence[str]) -> Choice:
        ballot = wanted_value(prompt, ballot_for(tuple(options)), self._settings)
        # The seed keeps the votes apart where equal requests would get equal answers.
        wanted = [
            ballot._replace(temperature=_VOTE_TEMPERATURE, seed=seed)
            for seed in range(self._settings.votes)
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


def _measured(prompt: Prompt, answer: Completion, options: Sequence[str]) -> Choice | None:
    """What the first token's alternatives say, None where that is nothing of the options."""
    try:
        masses = option_masses(answer.logprobs, options)
    except ValueError as error:
        raise LLMOutputError(
            f"{prompt.name}: {error}", fault="invalid", output=answer.text, usage=answer.usage
        ) from error
    probabilities = shared_out(masses)
    if probabilities is None:
        return None
    return Choice(probabilities, answer.usage, min(1.0, sum(masses.values())))
