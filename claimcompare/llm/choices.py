"""From a first token's log-probabilities, or from votes, to a probability for each option."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence


def option_probabilities(
    logprobs: Mapping[str, float], options: Sequence[str]
) -> dict[str, float] | None:
    """Probabilities summing to 1; None where the tokens say nothing about the options."""
    masses = dict.fromkeys(options, 0.0)
    for token, logprob in logprobs.items():
        named = [option for option in options if _begins(option, token)]
        if len(named) == 1 and math.isfinite(logprob):
            masses[named[0]] += math.exp(min(logprob, 0.0))
    total = sum(masses.values())
    return {option: mass / total for option, mass in masses.items()} if total > 0 else None


def vote_shares(votes: Sequence[str], options: Sequence[str]) -> dict[str, float] | None:
    """The share of each option among JSON ballots; None where no ballot can be read."""
    counts = Counter(_read_ballot(vote) for vote in votes)
    valid = sum(counts[option] for option in options)
    return {option: counts[option] / valid for option in options} if valid else None


def _begins(option: str, token: str) -> bool:
    word = token.strip().strip('"').casefold()
    return bool(word) and option.casefold().startswith(word)


def _read_ballot(vote: str) -> str | None:
    try:
        ballot = json.loads(vote)
    except ValueError:
        return None
    answer = ballot.get("answer") if isinstance(ballot, dict) else None
    return answer if isinstance(answer, str) else None
