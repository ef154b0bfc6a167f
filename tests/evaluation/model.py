"""A model that answers every prompt as it is told."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimcompare.schema import Stance
from tests.llm.server import Reply, Seen, fails, says

SIDES: tuple[Stance, ...] = ("support", "denial", "context")
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_SAID_BY = re.compile(r"^\[(\d+)\] [^:]*: (.*)$", re.MULTILINE)
_PROPOSITION = re.compile(r"^Proposition (\d+), claims ([\d, ]+): ", re.MULTILINE)
Answer = dict[str, Any]


@dataclass(frozen=True)
class Model:
    """Claims by the sentence they are read in, stances by claim, and what it has no answer to.

    `objections` are the texts of a claim and of the one that it denies. A `small` one gives
    probabilities of stances.
    """

    claims: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    objections: Sequence[tuple[str, str]] = ()
    stances: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    down: Sequence[str] = ()
    small: bool = False

    def __call__(self, seen: Seen) -> Reply:
        """The answer to any of the prompts."""
        for words in self.down:
            if words in seen.user:
                return fails(400, f"out of order at {words}")
        if seen.user.endswith("Contradicts:"):
            return says("x", logprobs={self._contradicted(seen.user): -0.1})
        if "logprobs" in seen.body:
            shares = zip(SIDES, self._likely(seen.user), strict=True)
            return says("x", logprobs={side: math.log(share) for side, share in shares})
        return says(json.dumps(self._value(asked_for(seen), seen.user)))

    def _value(self, wire: str, user: str) -> Answer:
        match wire:
            case "WireClaims":
                return {"claims": list(self._claims(user))}
            case "WireDisputes":
                return {"disputes": list(self._disputes(user))}
            case "WireClaim":
                return {"claim": ""}
            case "WireStances":
                return {"judged": list(self._judged(user))}
        # No two names are one speaker's, and no two propositions are one.
        return {"same": []}

    def _claims(self, user: str) -> Iterator[Answer]:
        for number, sentence in _NUMBERED.findall(user):
            if sentence in self.claims:
                speaker, text = self.claims[sentence]
                yield {
                    "passages": [int(number)],
                    "speaker": speaker,
                    "mention": speaker,
                    "via": [],
                    "kind": "assertion",
                    "text": text,
                }

    def _disputes(self, user: str) -> Iterator[Answer]:
        numbers = {text: int(number) for number, text in _SAID_BY.findall(user)}
        for objection, to in self.objections:
            if objection in numbers and to in numbers:
                sides = {"support": [numbers[to]], "deny": [numbers[objection]]}
                yield {"proposition": to, "form": "plain", **sides, "withdrawn": []}

    def _contradicted(self, user: str) -> str:
        """The number of the claim that a statement denies, 0 of none."""
        numbers = {text: number for number, text in _SAID_BY.findall(user)}
        statement = user.rpartition("Statement:\n")[2]
        denied = (to for denial, to in self.objections if f": {denial}" in statement)
        return next((numbers[to] for to in denied if to in numbers), "0")

    def _judged(self, user: str) -> Iterator[Answer]:
        said = dict(_SAID_BY.findall(user))
        for proposition, numbers in _PROPOSITION.findall(user):
            stances = {number: self._stance(said[number]) for number in numbers.split(", ")}
            answer: Answer = {"proposition": int(proposition)}
            for side in SIDES:
                answer[side] = [int(at) for at in stances if stances[at] == side]
            yield answer

    def _stance(self, text: str) -> Stance:
        shares = self._likely(f": {text}")
        return SIDES[shares.index(max(shares))]

    def _likely(self, told: str) -> tuple[float, float, float]:
        return next(one for claim, one in self.stances.items() if f": {claim}" in told)


def asked_for(seen: Seen) -> str:
    """The name of the schema that an answer is to follow."""
    return str(seen.body["response_format"]["json_schema"]["name"])


def likely(best: Stance, most: float = 0.9) -> tuple[float, float, float]:
    """Probabilities of the three stances, the others being as probable as each other."""
    support, denial, context = (most if one == best else (1 - most) / 2 for one in SIDES)
    return support, denial, context


def claim_of(item_id: str) -> str:
    """The words of the claim of that id."""
    return f"Somebody of {item_id} speaks of bridges."


def steady(*ids: str, small: bool = False) -> Model:
    """Of one mind about the rows that `stance_row` makes, a stance each in turn."""
    turns = {claim_of(one): likely(SIDES[at % 3]) for at, one in enumerate(ids)}
    return Model(stances=turns, small=small)
