"""Who claims what in an article, and what of it could not be proved."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from claimcompare.schema.records import Record, Span, clipped

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
DoubtKind = Literal["passage", "number", "quotation", "words", "mention", "speaker", "review"]


class Doubt(Record):
    """What could not be proved of a claim, or what a reader marked in it."""

    kind: DoubtKind = Field(description="Which proof failed; 'review' where a reader says so.")
    says: str = Field(description="How, in words.")


class Claim(Record):
    """What one speaker asserts in one article; no speaker means the article's own voice."""

    id: str = Field(description="Unique in its comparison.")
    article_id: str = Field(description="The article that it is from.")
    speaker: str | None = Field(
        description="The name as it was read; null for the article's own voice."
    )
    speaker_id: str | None = Field(
        default=None, description="Who that is in the comparison's list of speakers."
    )
    mention: Span | None = Field(
        default=None,
        description="The stretch that names the speaker there, such as 'he' or 'the mayor'; null "
        "where the speaker follows from what stands before.",
    )
    via: tuple[str, ...] = Field(default=(), description="Who relays the claim, outermost first.")
    kind: ClaimKind = Field(default="assertion", description="What kind of statement it is.")
    text: str = Field(description="What is claimed, as a sentence that stands alone.")
    evidence: tuple[Span, ...] = Field(
        min_length=1, description="The passages that it rests on, in the order of the text."
    )
    doubts: tuple[Doubt, ...] = Field(
        default=(), description="What could not be proved; shown beside the claim."
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield from (("id", self.id), ("speaker", self.speaker), ("text", clipped(self.text)))


class Speaker(Record):
    """Somebody who commits to claims, known once for a whole comparison."""

    id: str = Field(description="Unique in its comparison.")
    name: str = Field(description="The fullest name in the articles.")
    names: tuple[str, ...] = Field(
        min_length=1, description="All names that they use, the fullest among them."
    )
