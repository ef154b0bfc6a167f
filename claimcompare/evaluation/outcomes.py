"""What a model made of an item, beside what is right."""

from abc import ABC, abstractmethod
from typing import Literal, Self

from pydantic import Field, model_validator

from claimcompare.schema import Probabilities, Record, Stance

Status = Literal["answered", "abstained", "failed"]
_OPPOSED = {True: "opposed", False: "not opposed"}
_FAILED: dict[Status, str] = {"answered": "", "abstained": "", "failed": "failed; "}


class Outcome(Record, ABC):
    """One item's; an item that failed counts as an error."""

    id: str
    document: str
    status: Status
    reason: str | None = None

    @property
    def wanted(self) -> str:
        """What is right, in words, where that can be said in a few."""
        return ""

    @property
    @abstractmethod
    def in_words(self) -> str:
        """What the model made of the item."""

    @property
    @abstractmethod
    def rightness(self) -> float:
        """From 0, all wrong, to 1, all right; if the item failed, of what was found without it."""


class StanceOutcome(Outcome):
    """Without a stance where the model abstained or failed.

    Without probabilities where none were measured, as where it failed.
    """

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

    @property
    def wanted(self) -> str:
        """The gold stance."""
        return self.gold

    @property
    def in_words(self) -> str:
        """The stance, or that there is none."""
        return self.stance or self.status

    @property
    def rightness(self) -> float:
        """1 for the gold stance."""
        return float(self.stance == self.gold)


class PairOutcome(Outcome):
    """Whether two statements oppose each other; `candidate` says whether the model was asked."""

    gold: bool
    opposed: bool
    candidate: bool

    @property
    def wanted(self) -> str:
        """Whether they do."""
        return _OPPOSED[self.gold]

    @property
    def in_words(self) -> str:
        """Whether they are found to."""
        return "failed" if self.status == "failed" else _OPPOSED[self.opposed]

    @property
    def rightness(self) -> float:
        """1 for what gold says."""
        return float(self.status != "failed" and self.opposed == self.gold)


class Counts(Record):
    """Right ones, wrong ones and missed ones."""

    right: int = Field(default=0, ge=0)
    wrong: int = Field(default=0, ge=0)
    missed: int = Field(default=0, ge=0)

    @classmethod
    def of(cls, *, gold: int, found: int, right: int) -> Self:
        """Of so many in gold and so many found, those in both being right."""
        return cls(right=right, wrong=found - right, missed=gold - right)

    def __str__(self) -> str:
        return f"{self.right} right, {self.wrong} wrong, {self.missed} missed"

    def f1(self, *, of_nothing: float) -> float:
        """The harmonic mean of precision and recall; `of_nothing` where there is nothing at all."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else of_nothing


class AttributionOutcome(Outcome):
    """Of one article: sentences, (sentence, speaker) pairs, and speakers in sentences found.

    `failed` of its calls failed: what these would have found is missed.
    """

    sentences: Counts
    pairs: Counts
    speakers_right: int = Field(ge=0)
    speakers_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)

    @property
    def in_words(self) -> str:
        """Counts of (sentence, speaker) pairs."""
        return f"{_FAILED[self.status]}{self.pairs}"

    @property
    def rightness(self) -> float:
        """F1 of (sentence, speaker) pairs."""
        return self.pairs.f1(of_nothing=self.status != "failed")


class ComparisonOutcome(Outcome):
    """Of one event: claims, disputes, and stances of the matched claims in matched disputes."""

    claims: Counts
    disputes: Counts
    stances_right: int = Field(ge=0)
    stances_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)

    @property
    def in_words(self) -> str:
        """Counts of disputes, claims and stances."""
        stances = f"{self.stances_right} of {self.stances_asked} right"
        failed = _FAILED[self.status]
        return f"{failed}disputes {self.disputes}; claims {self.claims}; stances {stances}"

    @property
    def rightness(self) -> float:
        """The mean of the F1 of disputes, that of claims, and the share of right stances."""
        answered = self.status != "failed"
        asked = self.stances_asked
        stances = self.stances_right / asked if asked else float(answered)
        found = [one.f1(of_nothing=answered) for one in (self.disputes, self.claims)]
        return (sum(found) + stances) / 3
