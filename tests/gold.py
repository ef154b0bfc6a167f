"""How a comparison stands to the gold comparison of an event in seeds/."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from claimcompare import Claim, Comparison, Dispute
from claimcompare.stages.quantities.finding import numbers

SEEDS = Path(__file__).parents[1] / "seeds"
EVENTS = ("001_reservoir", "002_stand-collapse", "003_dry-dock")


class Sides(NamedTuple):
    """Claims that a dispute places on the side that gold gives them, and on the other."""

    right: list[str]
    wrong: list[str]

    @property
    def holds(self) -> bool:
        """Whether both sides are there and most claims are on theirs."""
        kinds = {line.split(":")[0] for line in self.right}
        return kinds == {"support", "denial"} and len(self.right) > 2 * len(self.wrong)


def articles_of(event: str) -> list[Path]:
    """The event's articles, in the order they are compared in."""
    return sorted(SEEDS.glob(f"{event}_*.txt"))


def best_match(gold: dict[str, Any], dispute: dict[str, Any], comparison: Comparison) -> Sides:
    """The sides of the comparison's dispute that agrees best with a gold dispute."""
    found = [
        _sides(gold["claims"], _stances(dispute, one), one, comparison)
        for one in comparison.disputes
    ]
    return max(found, key=lambda sides: len(sides.right) - len(sides.wrong), default=Sides([], []))


def _stances(gold: dict[str, Any], found: Dispute) -> dict[str, str]:
    """Gold stances; where the dispute is worded with the other number, the sides change places."""
    stances = {one["claim_id"]: one["stance"] for one in gold["assertions"]}
    ours, theirs = (_values(text) for text in (found.proposition, gold["proposition"]))
    if not (ours and theirs and not ours & theirs):
        return stances
    other = {"support": "denial", "denial": "support", "context": "context"}
    return {claim_id: other[stance] for claim_id, stance in stances.items()}


def _values(text: str) -> set[object]:
    return {value for number in numbers(text, language="en") for value in number.readings}


def _sides(
    claims: list[dict[str, Any]], stances: dict[str, str], found: Dispute, comparison: Comparison
) -> Sides:
    """What was taken back, and what takes it back, stand on the side that gold gives them."""
    sides = Sides([], [])
    taken = {one.claim_id: one.withdrawn_by for one in found.assertions if one.withdrawn_by}
    placed = {one.claim_id: one.stance for one in found.assertions}
    for claim_id in dict.fromkeys([*placed, *taken.values()]):
        claim = comparison.claim(claim_id)
        same = (stances.get(one["id"], "context") for one in _same(claim, claims))
        golden = {one for one in same if one != "context"}
        if claim_id in (*taken, *taken.values()):
            sides.right.extend(f"{one}: {claim.speaker}: {claim.text}" for one in sorted(golden))
        elif placed[claim_id] in ("support", "denial") and golden:
            side = sides.right if placed[claim_id] in golden else sides.wrong
            side.append(f"{placed[claim_id]}: {claim.speaker}: {claim.text}")
    return sides


def _same(claim: Claim, claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Gold claims of the same article whose evidence overlaps."""
    for one in claims:
        if one["article_id"] == claim.article_id and any(
            max(span.start, gold["start"]) < min(span.end, gold["end"])
            for span in claim.evidence
            for gold in one["evidence"]
        ):
            yield one
