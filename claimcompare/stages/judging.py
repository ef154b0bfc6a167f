"""A claim held against a proposition, and what a model makes of it."""

from collections.abc import Mapping
from typing import NamedTuple

from claimcompare.schema import Claim, Stance
from claimcompare.stages.log import StageLog
from claimcompare.stages.polarity import Polar, positive
from claimcompare.stages.words import words

STANCES: tuple[Stance, ...] = ("support", "denial", "context")
OPPOSITE: Mapping[Stance, Stance] = {
    "support": "denial",
    "denial": "support",
    "context": "context",
}
Odds = Mapping[Stance, float]


class Question(NamedTuple):
    """A claim to hold against a sentence without negation."""

    proposition: str
    claim: Claim


class Judgement(NamedTuple):
    """How probable each stance is, or an error; and how the answers contradict each other."""

    odds: Odds | None
    log: StageLog = StageLog()
    inconsistent: str | None = None
    error: str | None = None

    def turned(self) -> "Judgement":
        """The same for the negated proposition: who denies the one supports the other."""
        if self.odds is None:
            return self
        return self._replace(odds={stance: self.odds[OPPOSITE[stance]] for stance in STANCES})


def obvious(proposition: Polar, claim: Claim) -> Judgement | None:
    """What needs no model: a claim in the proposition's own words, or in their negation."""
    said = positive(claim.text)
    if words(said.text) != words(proposition.text):
        return None
    stance: Stance = "denial" if said.negative else "support"
    return Judgement({one: float(one == stance) for one in STANCES})


def normalised(odds: Odds) -> dict[Stance, float]:
    """The same as probabilities, which sum to 1."""
    total = sum(odds.values())
    return {stance: odds[stance] / total for stance in STANCES}


def likeliest(odds: Odds) -> Stance:
    """The stance that is most probable; of two as probable, the one named first."""
    return max(STANCES, key=lambda stance: odds[stance])
