"""Where claims stand on a proposition."""

from typing import Literal, get_args

from pydantic import Field

from claimcompare.schema.records import Record

Stance = Literal["support", "denial", "context"]
OppositionKind = Literal["denied", "value", "withdrawn", "incompatible"]


class Withdrawal(Record):
    """The ids of a claim that its speaker took back, and of the claim that does so."""

    claim_id: str
    withdrawn_by: str


class Proposition(Record):
    """A neutral sentence that is either true or false, and the claims to hold against it.

    `supported_by` and `denied_by` are ids of claims as the pair stage placed them, `withdrawn`
    what was taken back; `nearest` are other claims that may bear on it.
    """

    text: str
    supported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    nearest: tuple[str, ...] = ()

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

    support: float = Field(ge=0, le=1)
    denial: float = Field(ge=0, le=1)
    context: float = Field(ge=0, le=1)

    def of(self, stance: Stance) -> float:
        """How probable that stance is."""
        return float(getattr(self, stance))


class Agreement(Record):
    """How many of some independent readings came to the stance that is given."""

    agreeing: int = Field(ge=0)
    readings: int = Field(ge=1)


class Assertion(Record):
    """A claim placed against a proposition; no stance means an abstention, `reason` says why.

    How sure: `probabilities` where they were measured, `agreement` where several readings were
    made, neither where nothing was. `withdrawn_by` is the id of the claim with which its speaker
    took it back.
    """

    claim_id: str
    stance: Stance | None
    probabilities: Probabilities | None = None
    agreement: Agreement | None = None
    reason: str | None = None
    withdrawn_by: str | None = None

    @property
    def confidence(self) -> float | None:
        """The probability of its stance, of the likeliest for an abstention; None if unmeasured."""
        if self.probabilities is None:
            return None
        if self.stance is None:
            return max(map(self.probabilities.of, get_args(Stance)))
        return self.probabilities.of(self.stance)


class OpposingPair(Record):
    """The ids of two claims, one supporting and one denying the same proposition.

    `kind` says how they oppose each other: one denies the other, gives another value, withdraws
    what the same speaker said, or says what cannot be true together with it.
    """

    support: str
    denial: str
    kind: OppositionKind
    same_speaker: bool = False


class Dispute(Record):
    """A proposition with claims on both sides, or with one that its speaker took back."""

    proposition: str
    assertions: tuple[Assertion, ...]
    pairs: tuple[OpposingPair, ...] = ()

    @property
    def supporting(self) -> tuple[Assertion, ...]:
        """The assertions that support the proposition."""
        return tuple(one for one in self.assertions if one.stance == "support")

    @property
    def denying(self) -> tuple[Assertion, ...]:
        """The assertions that deny the proposition."""
        return tuple(one for one in self.assertions if one.stance == "denial")
