"""From a first token's log-probabilities, or from votes, to a probability for each option."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from claimcompare.llm.values import ballot_for, read_value


def option_masses(logprobs: Mapping[str, float], options: Sequence[str]) -> dict[str, float]:
    """How much of the first token's probability fell on each option.

    Raises ValueError where a token of an option has no probability: what is left of the others
    would look like certainty.
    """
    masses = dict.fromkeys(options, 0.0)
    for token, logprob in logprobs.items():
        named = [option for option in options if _begins(option, token)]
        if len(named) != 1:
            continue
        if math.isnan(logprob) or logprob == math.inf:
            raise ValueError(f"the log-probability of {token!r} is {logprob}")
        masses[named[0]] += math.exp(min(logprob, 0.0))
    return masses


def option_probabilities(
    logprobs: Mapping[str, float], options: Sequence[str]
) -> dict[str, float] | None:
    """Probabilities summing to 1; None where the tokens say nothing about the options.

    Raises ValueError as `option_masses` does.
    """
    return shared_out(option_masses(logprobs, options))


def shared_out(masses: Mapping[str, float]) -> dict[str, float] | None:
    """Each option's share of what fell on all of them, None where that is nothing."""
    total = sum(masses.values())
    return {option: mass / total for option, mass in masses.items()} if total > 0 else None


def vote_shares(votes: Sequence[str], options: Sequence[str]) -> dict[str, float] | None:
    """The share of each option among JSON ballots; None where no ballot can be read."""
    counts = Counter(_read_ballot(vote, tuple(options)) for vote in votes)
    valid = sum(counts[option] for option in options)
    return {option: counts[option] / valid for option in options} if valid else None


def _begins(option: str, token: str) -> bool:
    word = token.strip().strip('"').casefold()
    return bool(word) and option.casefold().startswith(word)


def _read_ballot(vote: str, options: tuple[str, ...]) -> str | None:
    try:
        ballot = read_value(vote, ballot_for(options))
    except ValidationError:
        return None
    return str(ballot.model_dump()["answer"])
