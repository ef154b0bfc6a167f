"""Figures as they are kept: values with their intervals, and what they rest on."""

from pydantic import Field

from claimcompare.schema import Record


class Sampling(Record):
    """How often chance is asked, and from which seed."""

    resamples: int = Field(default=2_000, ge=1)
    permutations: int = Field(default=10_000, ge=1)
    seed: int = Field(default=0, ge=0)


class Figure(Record):
    """A value and its 95% interval; None where it is not defined, or only one document is there.

    `reason` says why a value is not defined.
    """

    value: float | None
    low: float | None
    high: float | None
    reason: str | None = None


class Difference(Figure):
    """One run's figure less the other's, and how probable one as large is if they are alike."""

    p: float | None


class Figures(Record):
    """A run's figures by name, and what they rest on; `failed` and `abstained` count items."""

    headline: str
    figures: dict[str, Figure]
    items: int
    documents: int
    failed: int
    abstained: int
    resamples: int
    seed: int


class Differences(Record):
    """How two runs over the same items differ, by name of the figure."""

    headline: str
    differences: dict[str, Difference]
    items: int
    documents: int
    resamples: int
    permutations: int
    seed: int
