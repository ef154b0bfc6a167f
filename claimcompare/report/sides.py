"""A comparison in reading order, shared by the forms that people read."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.schema import Assertion, Claim, Comparison, Dispute, Stance

HEADINGS: dict[Stance | None, str] = {
    "support": "Support",
    "denial": "Denial",
    "context": "Context",
    None: "Abstained",
}


class Placed(NamedTuple):
    """A claim with its assertion."""

    assertion: Assertion
    claim: Claim


def sides(dispute: Dispute, comparison: Comparison) -> Iterator[tuple[str, list[Placed]]]:
    """The sides of a dispute that have claims, the surest claim of each first."""
    placed = [Placed(one, comparison.claim(one.claim_id)) for one in dispute.assertions]
    placed.sort(key=lambda one: -one.assertion.confidence)
    for stance, heading in HEADINGS.items():
        found = [one for one in placed if one.assertion.stance == stance]
        if found:
            yield heading, found


def who(claim: Claim) -> str:
    """The speaker, and who relays the claim."""
    speaker = claim.speaker or "The article itself"
    return f"{speaker}, relayed by {', '.join(claim.via)}" if claim.via else speaker


def how_sure(assertion: Assertion, denies: str = "") -> str:
    """How probable the stance is, and whom it opposes or why there is none."""
    more = denies or assertion.reason
    return f"{assertion.confidence:.0%}, {more}" if more else f"{assertion.confidence:.0%}"


def other_claims(comparison: Comparison) -> list[Claim]:
    """Claims that are in no dispute."""
    placed = {one.claim_id for dispute in comparison.disputes for one in dispute.assertions}
    return [claim for claim in comparison.claims if claim.id not in placed]


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


def closing(comparison: Comparison) -> str:
    """What became of the rest, and what it cost, in one line."""
    outcomes = Counter(row.outcome for row in comparison.ledger)
    total = comparison.usage.total
    return (
        f"Answers of the model: {outcomes['rejected']} rejected by checks, "
        f"{outcomes['abstained']} abstained, {outcomes['failed']} failed; "
        "the ledger of the JSON form says why. "
        f"{how_many(total.calls, 'call')}, {total.prompt_tokens:,} prompt tokens "
        f"({total.cached_tokens:,} cached), {total.completion_tokens:,} completion tokens, "
        f"model {comparison.provenance.model}."
    )


def how_many(number: int, noun: str) -> str:
    """The number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
