"""Oppositions about one matter become one proposition."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.schema import Claim, Proposition
from claimcompare.stages.candidates import Nearness, evidence_text
from claimcompare.stages.counts import same_count
from claimcompare.stages.polarity import positive
from claimcompare.stages.words import negated, numbers, rejecting, stems

_NEAR_EQUAL = 0.6
_OWN_WORDS = 0.5
_DEBRIS = re.compile(r"[\]}\s]*}[\s,{}\[\]\"\u201d\\\uff0c]*$")


class Opposition(NamedTuple):
    """Two claims that cannot both be true, and what the first of them asserts."""

    asserting: Claim
    contradicting: Claim
    proposition: str

    @property
    def pair(self) -> frozenset[str]:
        """The ids of the two, whichever asserts."""
        return frozenset({self.asserting.id, self.contradicting.id})


def opposition(statement: Claim, against: Claim, worded: str) -> Opposition:
    """What a statement contradicts, as a sentence without negation.

    Whoever denies that the quay is not dry asserts that it is.
    """
    bare, negative = positive(faithful(worded, against))
    sides = (statement, against) if negative else (against, statement)
    return Opposition(*sides, proposition=bare)


def faithful(worded: str, against: Claim) -> str:
    """The model's wording where it says what the claim says, else the claim's own."""
    text = _tidy(worded)
    found = stems(text)
    source = f"{against.text} {evidence_text(against)}"
    is_faithful = (
        found
        and len(found & stems(source)) >= _OWN_WORDS * len(found)
        and numbers(text) <= numbers(source)
        and (negated(text) or rejecting(text)) == (negated(against.text) or rejecting(against.text))
        and rejecting(text) <= rejecting(against.text)
    )
    return text if is_faithful else against.text


def _tidy(worded: str) -> str:
    """A wording in one line, without what a small model's JSON leaves behind it."""
    text = _DEBRIS.sub("", " ".join(worded.split()))
    is_unopened = text.count("\u201d") > text.count("\u201c") or text.count('"') % 2
    return text.rstrip('"\u201d') if is_unopened else text


def groups(oppositions: Sequence[Opposition]) -> list[list[Opposition]]:
    """Oppositions about one matter together, the largest group first."""
    found: list[list[Opposition]] = []
    for one in oppositions:
        about = [group for group in found if any(_same(one, other) for other in group)]
        # What belongs to two groups joins them.
        joined = [other for group in about for other in group]
        found = [group for group in found if group not in about]
        found.append([*joined, one])
    return sorted(found, key=len, reverse=True)


def _same(one: Opposition, other: Opposition) -> bool:
    """Whether two oppositions share the claim they turn on, a count, or much of the wording."""
    if one.asserting.id in other.pair or other.asserting.id in one.pair:
        return True
    if same_count(one.proposition, other.proposition) is not None:
        return True
    here, there = stems(one.proposition), stems(other.proposition)
    return len(here & there) >= _NEAR_EQUAL * len(here | there)


def proposition(
    group: Sequence[Opposition], claims: Sequence[Claim], nearness: Nearness, limit: int
) -> Proposition:
    """What most of the group contradicts; the group's claims first, then others about it."""
    counts = Counter(one.asserting.id for one in group)
    asserted = counts.most_common(1)[0][0]
    text = next(one.proposition for one in group if one.asserting.id == asserted)
    contradicting = [one.contradicting.id for one in group if one.asserting.id == asserted]
    members = [claim.id for one in group for claim in (one.asserting, one.contradicting)]
    members = list(dict.fromkeys([asserted, *contradicting, *members]))
    near = [claim.id for claim in nearness.nearest(text, claims, len(claims))]
    placed = list(dict.fromkeys([*members, *near]))[: max(limit, len(members))]
    return Proposition(
        text=text,
        asserted_by=(asserted,),
        contradicted_by=tuple(dict.fromkeys(contradicting)),
        claim_ids=tuple(placed),
    )
