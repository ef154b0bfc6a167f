"""Where claims stand on a proposition."""

from collections.abc import Iterator
from typing import Any, Literal, get_args

from pydantic import Field

from claimcompare.schema.records import Record, Words, clipped

Stance = Literal["support", "denial", "context"]
OppositionKind = Literal["denied", "value", "withdrawn", "incompatible"]


class Withdrawal(Record):
    """A claim that its speaker took back, and the claim that does so."""

    claim_id: str = Field(description="The claim that was taken back.")
    withdrawn_by: str = Field(description="The claim that does so.")


class Proposition(Record):
    """A neutral sentence that is either true or false, and the claims to hold against it."""

    text: str = Field(description="The sentence.")
    supported_by: tuple[str, ...] = Field(
        default=(), description="Ids of claims that the pair stage placed with it."
    )
    denied_by: tuple[str, ...] = Field(
        default=(), description="Ids of claims that the pair stage placed against it."
    )
    withdrawn: tuple[Withdrawal, ...] = Field(default=(), description="What was taken back.")
    nearest: tuple[str, ...] = Field(
        default=(), description="Ids of other claims that may bear on it."
    )

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """All claims to hold against it, each once."""
        taken = (one for each in self.withdrawn for one in (each.claim_id, each.withdrawn_by))
        ids = (*self.supported_by, *self.denied_by, *taken, *self.nearest)
        return tuple(dict.fromkeys(ids))

    def read_as(self, claim_id: str) -> Stance:
        """Where the pair stage placed a claim; context if it did not."""
        if claim_id in self.supported_by:
            return "support"
        return "denial" if claim_id in self.denied_by else "context"


class Probabilities(Record):
    """How probable each stance is; they sum to 1 within rounding."""

    support: float = Field(ge=0, le=1, description="That it supports the proposition.")
    denial: float = Field(ge=0, le=1, description="That it denies it.")
    context: float = Field(ge=0, le=1, description="That it takes no side.")

    def of(self, stance: Stance) -> float:
        """How probable that stance is."""
        return float(getattr(self, stance))


class Agreement(Record):
    """How many of some independent readings came to the stance that is given."""

    agreeing: int = Field(ge=0, description="Readings that came to it.")
    readings: int = Field(ge=1, description="Readings in all.")


class Assertion(Record):
    """A claim placed against a proposition: its stance, how sure that is, or why it is open."""

    claim_id: str = Field(description="The claim.")
    stance: Stance | None = Field(
        description="Where it stands; null is an abstention, and the reason says why."
    )
    probabilities: Probabilities | None = Field(
        default=None, description="How sure that is, where it was measured."
    )
    agreement: Agreement | None = Field(
        default=None, description="How sure that is, where several readings were made."
    )
    reason: str | None = Field(
        default=None,
        description="Why the stance was left open, or that a reader gave it and no model.",
    )
    withdrawn_by: str | None = Field(
        default=None, description="The claim with which its speaker took it back."
    )

    @property
    def confidence(self) -> float | None:
        """The probability of its stance, of the likeliest for an abstention; None if unmeasured."""
        if self.probabilities is None:
            return None
        if self.stance is None:
            return max(map(self.probabilities.of, get_args(Stance)))
        return self.probabilities.of(self.stance)


class OpposingPair(Record):
    """Two claims, one supporting and one denying the same proposition."""

    support: str = Field(description="The claim that supports it.")
    denial: str = Field(description="The claim that denies it.")
    kind: OppositionKind = Field(
        description="One denies the other, gives another value, withdraws what the same speaker "
        "said, or says what cannot be true together with it."
    )
    same_speaker: bool = Field(default=False, description="Whether both are one speaker's.")


class Dispute(Record):
    """A proposition with claims on both sides, or with one that its speaker took back."""

    proposition: str = Field(description="A neutral sentence that is either true or false.")
    assertions: tuple[Assertion, ...] = Field(
        description="Where claims stand on it, in the order of the articles."
    )
    pairs: tuple[OpposingPair, ...] = Field(
        default=(), description="Which claims oppose each other, and how."
    )

    @property
    def supporting(self) -> tuple[Assertion, ...]:
        """The assertions that support the proposition."""
        return tuple(one for one in self.assertions if one.stance == "support")

    @property
    def denying(self) -> tuple[Assertion, ...]:
        """The assertions that deny the proposition."""
        return tuple(one for one in self.assertions if one.stance == "denial")

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, clipped(self.proposition)
        yield None, Words(f"{len(self.supporting)} supporting")
        yield None, Words(f"{len(self.denying)} denying")
