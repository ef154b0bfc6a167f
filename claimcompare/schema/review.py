"""What readers found right or wrong in a comparison: kept by words and places, not by ids."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from claimcompare.schema.claims import Claim
from claimcompare.schema.comparison import Comparison
from claimcompare.schema.disputes import Stance
from claimcompare.schema.records import Record

About = Literal["claim", "stance"]
Verdict = Literal["right", "wrong", "check"]
MOST_NOTE = 2_000
_MOST_NAME = 1_000
_MOST_TEXT = 10_000
_MOST_PLACES = 100
Name = Annotated[str, Field(max_length=_MOST_NAME)]
Text = Annotated[str, Field(max_length=_MOST_TEXT)]


class Place(Record):
    """A stretch of an article, in code points."""

    start: int = Field(ge=0, description="Where it begins.")
    end: int = Field(ge=0, description="Where it ends, exclusive.")


class Seen(Record):
    """A claim as it stood before whoever marked it."""

    article: str = Field(pattern="^[0-9a-f]{64}$", description="The SHA-256 of the article's text.")
    evidence: tuple[Place, ...] = Field(
        min_length=1, max_length=_MOST_PLACES, description="The passages that it rests on."
    )
    claim: Text = Field(description="What is claimed.")
    speaker: Name | None = Field(description="Who claims it; null for the article's own voice.")
    names: tuple[Name, ...] = Field(
        default=(), max_length=_MOST_PLACES, description="All names that the speaker is known by."
    )


class RightSpeaker(Record):
    """Who makes a claim that was given to somebody else."""

    name: Annotated[str, Field(min_length=1, max_length=_MOST_NAME)] | None = Field(
        description="The name; null for the article's own voice."
    )


class Mark(Record):
    """That a claim, or where it stands on a proposition, is right, wrong or to be checked."""

    about: About = Field(description="The claim with its speaker, or its stance.")
    verdict: Verdict = Field(description="What was found.")
    note: str = Field(default="", max_length=MOST_NOTE, description="Why, in words.")
    at: AwareDatetime | None = Field(default=None, description="When.")
    of: Seen = Field(description="The claim.")
    proposition: Text | None = Field(default=None, description="What the stance is on.")
    stance: Stance | None = Field(
        default=None, description="The stance that was shown; null for an abstention."
    )
    right_speaker: RightSpeaker | None = Field(
        default=None, description="Who makes a claim that is not the speaker's, where known."
    )
    right_stance: Stance | None = Field(
        default=None, description="Where a claim stands instead, where known."
    )

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        is_stance = self.about == "stance"
        if is_stance != (self.proposition is not None):
            raise ValueError("a mark about a stance has a proposition, one about a claim has none")
        if (self.right_speaker and is_stance) or (
            not is_stance and (self.stance or self.right_stance)
        ):
            raise ValueError(f"a mark about a {self.about} corrects another thing")
        if self.verdict != "wrong" and (self.right_speaker or self.right_stance):
            raise ValueError("only what is wrong has a correction")
        return self

    @property
    def key(self) -> tuple[About, Seen, str | None]:
        """What it is about; a review has one mark for each."""
        return self.about, self.of, self.proposition

    @property
    def certain_stance(self) -> Stance | None:
        """Where the claim stands, as far as this says it."""
        return {"right": self.stance, "wrong": self.right_stance, "check": None}[self.verdict]

    @property
    def says(self) -> str:
        """The verdict in words, with the note."""
        words = "to be checked" if self.verdict == "check" else f"marked {self.verdict} in review"
        return f"{words}: {self.note}" if self.note.strip() else words


class Review(Record):
    """The marks that readers made in a comparison, to be respected by those that follow."""

    version: Literal[1] = Field(default=1, description="Of this form.")
    by: Name | None = Field(default=None, description="Who made them.")
    marks: tuple[Mark, ...] = Field(
        default=(), max_length=100_000, description="The last of several about one thing counts."
    )

    def with_marks(self, marks: Iterable[Mark], *, without: Mark | None = None) -> "Review":
        """The review with more marks, which replace those about the same things."""
        kept = {one.key: one for one in self.marks if without is None or one.key != without.key}
        kept |= {one.key: one for one in marks}
        return self.model_copy(update={"marks": tuple(kept.values())})


def seen(claim: Claim, comparison: Comparison) -> Seen:
    """How a claim stands before a reader; what is longer than any claim is cut off."""
    (article,) = (one for one in comparison.articles if one.id == claim.article_id)
    return seen_in(article.sha256, claim, comparison)


def seen_in(sha256: str, claim: Claim, comparison: Comparison) -> Seen:
    """Like `seen`, for an article whose hash is known."""
    speaker = comparison.speaker(claim)
    name = speaker.name if speaker else claim.speaker
    return Seen(
        article=sha256,
        evidence=tuple(
            Place(start=one.start, end=one.end) for one in claim.evidence[:_MOST_PLACES]
        ),
        claim=clipped(claim.text),
        speaker=None if name is None else name[:_MOST_NAME],
        names=tuple(one[:_MOST_NAME] for one in speaker.names[:_MOST_PLACES]) if speaker else (),
    )


def clipped(text: str) -> str:
    """The text, as much of it as a mark holds."""
    return text[:_MOST_TEXT]
