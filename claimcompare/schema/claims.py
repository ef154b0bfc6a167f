"""Who claims what in an article, and what of it could not be proved."""

from typing import Literal

from pydantic import Field

from claimcompare.schema.records import Record, Span

ClaimKind = Literal[
    "assertion",
    "denial",
    "accusation",
    "figure",
    "prediction",
    "opinion",
    "apology",
    "demand",
]
DoubtKind = Literal["passage", "number", "quotation", "words", "mention", "speaker"]


class Doubt(Record):
    """What could not be proved of a claim: `kind` says which proof failed, `says` how."""

    kind: DoubtKind
    says: str


class Claim(Record):
    """What one speaker asserts in one article; no speaker means the article's own voice.

    `speaker` is the name as it was read, `speaker_id` that of the comparison's list of speakers.
    `mention` is the stretch of the article that names the speaker there, such as "he" or "the
    mayor"; there is none where the speaker follows from what stands before. `via` is who relays
    the claim, outermost first. `doubts` are shown beside the claim.
    """

    id: str
    article_id: str
    speaker: str | None
    speaker_id: str | None = None
    mention: Span | None = None
    via: tuple[str, ...] = ()
    kind: ClaimKind = "assertion"
    text: str
    evidence: tuple[Span, ...] = Field(min_length=1)
    doubts: tuple[Doubt, ...] = ()


class Speaker(Record):
    """Somebody who commits to claims, known once for a whole comparison.

    `name` is the fullest in the articles, `names` are all that they use, `name` among them.
    """

    id: str
    name: str
    names: tuple[str, ...] = Field(min_length=1)
