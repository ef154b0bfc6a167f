"""A comparison in reading order, shared by the forms that people read."""

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from claimcompare.report.fields import moment, seconds
from claimcompare.report.sureness import surest_first
from claimcompare.report.voices import voice
from claimcompare.schema import Assertion, Claim, Comparison, Dispute

Tone = Literal["support", "denial", "withdrawn", "context", "abstained"]
HEADINGS: dict[Tone, str] = {
    "support": "Support",
    "denial": "Denial",
    "withdrawn": "Taken back",
    "context": "Context",
    "abstained": "Abstained",
}


class Placed(NamedTuple):
    """A claim with its assertion."""

    assertion: Assertion
    claim: Claim


def tones(dispute: Dispute) -> dict[str, Tone]:
    """Where each claim of a dispute is shown, by its id: on its side, or among what was taken back.

    A claim with which somebody takes another back is no abstention, though it takes no side.
    """
    taking = {one.withdrawn_by for one in dispute.assertions if one.withdrawn_by}
    return {one.claim_id: _tone(one, takes=one.claim_id in taking) for one in dispute.assertions}


def sides(dispute: Dispute, comparison: Comparison) -> Iterator[tuple[Tone, list[Placed]]]:
    """The sides of a dispute that have claims, in reading order."""
    placed, where = in_reading_order(dispute, comparison), tones(dispute)
    for tone in HEADINGS:
        found = [one for one in placed if where[one.claim.id] == tone]
        if found:
            yield tone, found


def in_reading_order(dispute: Dispute, comparison: Comparison) -> list[Placed]:
    """The surest claims first, each with what else its speaker said, in order of time.

    Within one article that is the order of its text.
    """
    placed = [Placed(one, comparison.claim(one.claim_id)) for one in dispute.assertions]
    placed.sort(key=lambda one: surest_first(one.assertion))
    times = _times(comparison)
    order: dict[str, int] = {}
    for one in placed:
        order.setdefault(voice(one.claim), len(order))
    placed.sort(key=lambda one: (order[voice(one.claim)], times[one.claim.id]))
    return placed


def few(placed: list[Placed], most: int) -> tuple[list[Placed], list[Placed]]:
    """So many claims, of as many speakers as that can be, and the others; both in their order."""
    first = {voice(one.claim): one for one in reversed(placed)}
    rest = [one for one in placed if first[voice(one.claim)] is not one]
    in_turn = [one for one in placed if first[voice(one.claim)] is one]
    kept = {one.claim.id for one in (*in_turn, *rest)[:most]}
    return (
        [one for one in placed if one.claim.id in kept],
        [one for one in placed if one.claim.id not in kept],
    )


def doubts_in_words(claim: Claim) -> str:
    """What readers doubt of a claim, and what could not be proved; empty if nothing is in doubt."""
    marked = [doubt.says for doubt in claim.doubts if doubt.kind == "review"]
    unproved = "; ".join(doubt.says for doubt in claim.doubts if doubt.kind != "review")
    return "; ".join([*marked, f"not proved: {unproved}"] if unproved else marked)


def other_claims(comparison: Comparison) -> list[Claim]:
    """Claims that are in no dispute."""
    placed = {one.claim_id for dispute in comparison.disputes for one in dispute.assertions}
    return [claim for claim in comparison.claims if claim.id not in placed]


def how_many(number: int, noun: str) -> str:
    """The number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: list[str]) -> str:
    """Some names as one reads them out: "A, B and C"."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def _tone(assertion: Assertion, *, takes: bool) -> Tone:
    is_sided = assertion.stance in ("support", "denial")
    if assertion.withdrawn_by or (takes and not is_sided):
        return "withdrawn"
    return assertion.stance or "abstained"


def _times(comparison: Comparison) -> dict[str, tuple[float, int]]:
    """When each claim was published, and its place among all; what has no date comes last."""
    moments = {one.id: moment(one.published) for one in comparison.articles}
    dates = {name: seconds(when) if when else math.inf for name, when in moments.items()}
    return {
        claim.id: (dates.get(claim.article_id, math.inf), place)
        for place, claim in enumerate(comparison.claims)
    }
