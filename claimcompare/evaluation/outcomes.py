"""What a model made of an item, beside what is right."""

from typing import Literal, Self

from pydantic import Field, model_validator

from claimcompare.evaluation.gold import GoldAttribution
from claimcompare.schema import Article, Probabilities, Record, Stance

Status = Literal["answered", "abstained", "failed"]


class Outcome(Record):
    """One item's; an item that failed counts as an error."""

    id: str
    document: str
    status: Status
    reason: str | None = None


class StanceOutcome(Outcome):
    """Without a stance where the model abstained or failed, without probabilities if it failed."""

    gold: Stance
    stance: Stance | None
    probabilities: Probabilities | None

    @model_validator(mode="after")
    def _is_of_its_status(self) -> Self:
        if (self.stance is None) == (self.status == "answered"):
            raise ValueError("an answer has a stance, an abstention or a failure has none")
        if self.status == "failed" and self.probabilities is not None:
            raise ValueError("a failure has no probabilities")
        return self


class PairOutcome(Outcome):
    """Whether two statements oppose each other; `candidate` says whether the model was asked."""

    gold: bool
    opposed: bool
    candidate: bool


class Counts(Record):
    """Right ones, wrong ones and missed ones."""

    right: int = Field(default=0, ge=0)
    wrong: int = Field(default=0, ge=0)
    missed: int = Field(default=0, ge=0)

    @classmethod
    def of(cls, *, gold: int, found: int, right: int) -> Self:
        """Of so many in gold and so many found, those in both being right."""
        return cls(right=right, wrong=found - right, missed=gold - right)


class AttributionOutcome(Outcome):
    """Of one article: sentences, (sentence, speaker) pairs, and speakers in sentences found.

    `failed` of its calls failed: what these would have found is missed.
    """

    sentences: Counts
    pairs: Counts
    speakers_right: int = Field(ge=0)
    speakers_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)


class ComparisonOutcome(Outcome):
    """Of one event: claims, disputes, and stances of the matched claims in matched disputes."""

    claims: Counts
    disputes: Counts
    stances_right: int = Field(ge=0)
    stances_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)


class Predicted(Record):
    """An article with what a model attributed to whom in it."""

    article: Article
    attributions: tuple[GoldAttribution, ...]
