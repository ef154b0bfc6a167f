"""What was found, left open and paid, in sentences that all forms share."""

from collections import Counter
from typing import NamedTuple

from claimcompare.report.sides import how_many
from claimcompare.report.sureness import percent
from claimcompare.schema import Comparison

NOTHING_FOUND = "No contradiction was found between these claims."


def opening(comparison: Comparison) -> str:
    """What was found, in one line."""
    articles = how_many(len(comparison.articles), "article")
    if comparison.copies:
        repeating = len(comparison.copies)
        articles += f" ({repeating} {'repeats another' if repeating == 1 else 'repeat others'})"
    if not comparison.claims:
        return f"No claims found in {articles}."
    return (
        f"{articles}, "
        f"{how_many(len(comparison.claims), 'claim')}, "
        f"{how_many(len(comparison.disputes), 'dispute')}."
    )


class Measured(NamedTuple):
    """What a model found of the disputes in our own gold: how many of them, and sides right."""

    disputes: int
    found: int
    named: int
    sides: float


# As `claimcompare eval compare --data seeds --replay tests/evaluation/baseline/recordings` measures
# it, and tests/evaluation/baseline holds it.
EMBEDDED = Measured(disputes=19, found=2, named=4, sides=0.39)


def measured(comparison: Comparison) -> Measured | None:
    """The measured error of the model that read, where that is the embedded one."""
    made = comparison.provenance
    return EMBEDDED if made.small and (made.model, made.endpoint) == ("local", "embedded") else None


def small_note(comparison: Comparison) -> str:
    """What to know where a small model read the articles; empty where none did."""
    if not comparison.provenance.small:
        return ""
    return (
        "A small model read this. The sides that it gives are often wrong, and it overlooks "
        f"disputes. {_left_open(comparison)} {_wrong(measured(comparison))}"
    )


def no_contradiction(claims: int) -> str:
    """What is known of claims that are in no dispute: that none was found, and no more."""
    return f"{how_many(claims, 'claim')} for which no contradiction was found."


def closing(comparison: Comparison) -> str:
    """What became of the rest, and what it cost, in one line."""
    outcomes = Counter(row.outcome for row in comparison.ledger)
    total, made = comparison.usage.total, comparison.provenance
    judge = f", judge {made.judge}" if made.judge else ""
    models = dict.fromkeys(one.model for one in made.earlier)
    earlier = f", before it {', '.join(models)}" if models else ""
    alone = " for the update" if made.earlier else ""
    return (
        f"Answers of the model: {outcomes['refused']} refused, {outcomes['doubted']} kept with "
        f"doubts, {outcomes['abstained']} abstained, {outcomes['failed']} failed; "
        "the ledger of the JSON form says why. "
        f"{how_many(total.calls, 'call')}{alone}, {total.prompt_tokens:,} prompt tokens "
        f"({total.cached_tokens:,} cached), {total.completion_tokens:,} completion tokens, "
        f"model {made.model}{judge}{earlier}."
    )


def left_open(comparison: Comparison) -> tuple[int, int]:
    """How many of the claims held against propositions got no side, and how many these are."""
    stances = [one.stance for dispute in comparison.disputes for one in dispute.assertions]
    return stances.count(None), len(stances)


def _wrong(told: Measured | None) -> str:
    """How often a small model was wrong, as the page says it, too."""
    if told is None:
        return "How often it was wrong where that was measured is in the README."
    return (
        f"Measured on four stories it found {told.found} of {told.disputes} disputes and named "
        f"{told.named - told.found} that are none; {percent(told.sides)} of the sides asked for "
        "in those it found were right."
    )


def _left_open(comparison: Comparison) -> str:
    """The disputes found, and how many of the claims held against them got no side."""
    found = how_many(len(comparison.disputes), "dispute") if comparison.disputes else "no dispute"
    unplaced, placed = left_open(comparison)
    if not placed:
        return f"It found {found} here."
    share = percent(unplaced / placed)
    return (
        f"It found {found} here, and left open where {unplaced} of {placed} claims in "
        f"dispute stand ({share})."
    )
