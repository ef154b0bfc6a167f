"""What was found, left open and paid, in sentences that all forms share."""

from collections import Counter

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


def small_note(comparison: Comparison) -> str:
    """What to know where a small model read the articles; empty where none did."""
    if not comparison.provenance.small:
        return ""
    return (
        "A small model read this. The sides that it gives are often wrong, and it overlooks "
        f"disputes. {_left_open(comparison)} How often it was wrong where that was measured "
        "is in the README."
    )


def no_contradiction(claims: int) -> str:
    """What is known of claims that are in no dispute: that none was found, and no more."""
    return f"{how_many(claims, 'claim')} for which no contradiction was found."


def closing(comparison: Comparison) -> str:
    """What became of the rest, and what it cost, in one line."""
    outcomes = Counter(row.outcome for row in comparison.ledger)
    total, made = comparison.usage.total, comparison.provenance
    judge = f", judge {made.judge}" if made.judge else ""
    return (
        f"Answers of the model: {outcomes['refused']} refused, {outcomes['doubted']} kept with "
        f"doubts, {outcomes['abstained']} abstained, {outcomes['failed']} failed; "
        "the ledger of the JSON form says why. "
        f"{how_many(total.calls, 'call')}, {total.prompt_tokens:,} prompt tokens "
        f"({total.cached_tokens:,} cached), {total.completion_tokens:,} completion tokens, "
        f"model {made.model}{judge}."
    )


def _left_open(comparison: Comparison) -> str:
    """The disputes found, and how many of the claims held against them got no side."""
    found = how_many(len(comparison.disputes), "dispute") if comparison.disputes else "no dispute"
    stances = [one.stance for dispute in comparison.disputes for one in dispute.assertions]
    if not stances:
        return f"It found {found} here."
    unplaced = stances.count(None)
    share = percent(unplaced / len(stances))
    return (
        f"It found {found} here, and left open where {unplaced} of {len(stances)} claims in "
        f"dispute stand ({share})."
    )
