"""What a model made of an item, beside what is right."""

from abc import ABC, abstractmethod
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from claimcompare.schema import Probabilities, Record, Stance

Status = Literal["answered", "abstained", "failed"]
_OPPOSED = {True: "opposed", False: "not opposed"}
_FAILED: dict[Status, str] = {"answered": "", "abstained": "", "failed": "failed; "}
_LONGEST = 400
_NOTHING = "nothing"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# Words of an item, which say what it was and need not be all of a long article.
Words = Annotated[str, AfterValidator(_clipped)]
# What is told of an item: the name of a part, and its words.
Told = tuple[str, str]


class Part(Record):
    """A part of an item in which gold and model may differ; None where one of them has nothing.

    `text` is the sentence or the claim that it is about, empty where the two say that themselves.
    """

    kind: Literal["sentence", "dispute", "claim", "stance"]
    text: Words = ""
    gold: Words | None
    found: Words | None

    @property
    def told(self) -> Told:
        """What it is, in words."""
        differing = f"gold: {self.gold or _NOTHING}; found: {self.found or _NOTHING}"
        return self.kind, f"{self.text} ({differing})" if self.text else differing


class Outcome(Record, ABC):
    """One item's, with the words of the item; an item that failed counts as an error.

    Of each text the first 400 characters are kept, so that a result is small, but holds words of
    the data set. Earlier versions kept none: there they are empty.
    """

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
    def about(self) -> tuple[Told, ...]:
        """What the item was, in the words of its task; empty where they were not kept."""

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
    proposition: Words = ""
    speaker: Words | None = None
    claim: Words = ""

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
    def about(self) -> tuple[Told, ...]:
        """The proposition, and the claim that is held against it."""
        said = f"{self.speaker}: {self.claim}" if self.speaker else self.claim
        return _kept(("proposition", self.proposition), ("claim", said))

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
    one: Words = ""
    other: Words = ""

    @property
    def wanted(self) -> str:
        """Whether they do."""
        return _OPPOSED[self.gold]

    @property
    def about(self) -> tuple[Told, ...]:
        """The two statements."""
        return _kept(("one", self.one), ("other", self.other))

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

    `failed` of its calls failed: what these would have found is missed. `parts` are the sentences
    in which the speakers are not those of gold.
    """

    sentences: Counts
    pairs: Counts
    speakers_right: int = Field(ge=0)
    speakers_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)
    parts: tuple[Part, ...] = ()

    @property
    def about(self) -> tuple[Told, ...]:
        """The sentences with other speakers than in gold."""
        return tuple(one.told for one in self.parts)

    @property
    def in_words(self) -> str:
        """Counts of (sentence, speaker) pairs."""
        return f"{_FAILED[self.status]}{self.pairs}"

    @property
    def rightness(self) -> float:
        """F1 of (sentence, speaker) pairs."""
        return self.pairs.f1(of_nothing=self.status != "failed")


class ComparisonOutcome(Outcome):
    """Of one event: claims, disputes, and stances of the matched claims in matched disputes.

    `parts` are all disputes, the claims that only gold or only the model has, and wrong stances.
    """

    claims: Counts
    disputes: Counts
    stances_right: int = Field(ge=0)
    stances_asked: int = Field(ge=0)
    failed: int = Field(default=0, ge=0)
    parts: tuple[Part, ...] = ()

    @property
    def about(self) -> tuple[Told, ...]:
        """The disputes, and what is wrong in the claims and stances."""
        return tuple(one.told for one in self.parts)

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


def _kept(*told: Told) -> tuple[Told, ...]:
    return tuple((name, words) for name, words in told if words)
