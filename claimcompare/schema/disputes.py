"""Who claims what, and how that stands to a proposition."""

from typing import Literal

from pydantic import Field

from claimcompare.schema.records import Record, Span

Stance = Literal["support", "denial", "context"]
OppositionKind = Literal["denied", "value", "withdrawn", "incompatible"]


class Claim(Record):
    """What one speaker asserts in one article; no speaker means the article's own voice.

    `mention` is the stretch of the evidence that names the speaker, such as "he" or "the mayor";
    there is none where the speaker follows from the sentences before.
    """

    id: str
    article_id: str
    speaker: str | None
    mention: Span | None = None
    via: tuple[str, ...] = ()
    cue: str | None
    text: str
    evidence: tuple[Span, ...] = Field(min_length=1)


class Proposition(Record):
    """A neutral sentence that is either true or false, and the claims to hold against it.

    `asserted_by` and `contradicted_by` are the claims whose opposition it was found in.
    """

    text: str
    asserted_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    claim_ids: tuple[str, ...]


class Probabilities(Record):
    """How probable each stance is; they sum to 1 within rounding."""

    support: float = Field(ge=0, le=1)
    denial: float = Field(ge=0, le=1)
    context: float = Field(ge=0, le=1)


class Assertion(Record):
    """A claim placed against a proposition; no stance means that the model abstained.

    `reason` says why it did.
    """

    claim_id: str
    stance: Stance | None
    confidence: float = Field(ge=0, le=1)
    probabilities: Probabilities
    reason: str | None = None


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
    """A proposition that at least one claim supports and at least one denies."""

    proposition: str
    assertions: tuple[Assertion, ...]
    pairs: tuple[OpposingPair, ...] = Field(min_length=1)
