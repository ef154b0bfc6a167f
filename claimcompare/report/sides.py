"""A comparison in reading order, shared by the forms that people read."""

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.report.fields import moment, seconds
from claimcompare.report.speakers import Voice, voices
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
    """The sides of a dispute that have claims, in reading order."""
    placed = in_reading_order(dispute, comparison)
    for stance, heading in HEADINGS.items():
        found = [one for one in placed if one.assertion.stance == stance]
        if found:
            yield heading, found


def in_reading_order(dispute: Dispute, comparison: Comparison) -> list[Placed]:
    """The surest claims first, each with what else its speaker said, in order of time.

    Within one article that is the order of its text.
    """
    placed = [Placed(one, comparison.claim(one.claim_id)) for one in dispute.assertions]
    placed.sort(key=lambda one: -one.assertion.confidence)
    spoken_by, times = voices(comparison), _times(comparison)
    order: dict[Voice, int] = {}
    for one in placed:
        order.setdefault(spoken_by[one.claim.id], len(order))
    placed.sort(key=lambda one: (order[spoken_by[one.claim.id]], times[one.claim.id]))
    return placed


def _times(comparison: Comparison) -> dict[str, tuple[float, int]]:
    """When each claim was published, and its place among all; what has no date comes last."""
    moments = {one.id: moment(one.published) for one in comparison.articles}
    dates = {name: seconds(when) if when else math.inf for name, when in moments.items()}
    return {
        claim.id: (dates.get(claim.article_id, math.inf), place)
        for place, claim in enumerate(comparison.claims)
    }


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
