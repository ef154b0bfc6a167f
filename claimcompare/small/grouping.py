"""Contradictions about one matter become one proposition."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.schema import Claim, Proposition, Withdrawal
from claimcompare.small.objections import rejects
from claimcompare.small.polarity import positive
from claimcompare.small.words import negated, stems
from claimcompare.stages.join import turned, united
from claimcompare.stages.quantities import unproved_numbers

_NEAR_EQUAL = 0.6
_OWN_WORDS = 0.5
_DEBRIS = re.compile(r"[\]}\s]*}[\s,{}\[\]\"\u201d\\\uff0c]*$")


class Contradiction(NamedTuple):
    """A claim, and one that cannot be true together with it, or that takes it back."""

    asserting: Claim
    contradicting: Claim
    withdrawn: bool = False


Group = Sequence[Contradiction]


def groups(found: Sequence[Contradiction]) -> list[list[Contradiction]]:
    """Contradictions about one matter together, the largest group first."""
    made: list[list[Contradiction]] = []
    for one in found:
        about = [group for group in made if any(_same(one, other) for other in group)]
        # What belongs to two groups joins them.
        joined = [other for group in about for other in group]
        made = [group for group in made if group not in about]
        made.append([*joined, one])
    return sorted(made, key=len, reverse=True)


def _same(one: Contradiction, other: Contradiction) -> bool:
    """Whether two contradictions turn on one claim, or on claims in much the same words."""
    if one.asserting.id in (other.asserting.id, other.contradicting.id):
        return True
    if other.asserting.id == one.contradicting.id:
        return True
    here, there = stems(one.asserting.text), stems(other.asserting.text)
    return len(here & there) >= _NEAR_EQUAL * len(here | there)


def asserted(group: Group) -> Claim:
    """The claim that most of a group contradicts."""
    counts = Counter(one.asserting.id for one in group)
    most = counts.most_common(1)[0][0]
    return next(one.asserting for one in group if one.asserting.id == most)


def faithful(worded: str, claim: Claim) -> str:
    """The model's wording where it says what the claim says, else the claim's own sentence."""
    text = _tidy(worded)
    found = stems(text)
    source = " ".join([claim.text, *(span.text for span in claim.evidence)])
    is_faithful = (
        found
        and len(found & stems(source)) >= _OWN_WORDS * len(found)
        and not unproved_numbers(text, source)
        and negated(text) <= negated(claim.text)
        and rejects(text) <= rejects(claim.text)
    )
    return text if is_faithful else claim.text


def _tidy(worded: str) -> str:
    """A wording in one line, without what a small model's JSON leaves behind it."""
    text = _DEBRIS.sub("", " ".join(worded.split()))
    is_unopened = text.count("\u201d") > text.count("\u201c") or text.count('"') % 2
    return text.rstrip('"\u201d') if is_unopened else text


def proposition(group: Group, worded: str) -> Proposition:
    """What most of a group contradicts, with those who do; the others of the group are near it.

    It has no negation: whoever denies that the quay is not dry asserts that it is.
    """
    claim = asserted(group)
    own = [one for one in group if one.asserting.id == claim.id]
    against = tuple(dict.fromkeys(one.contradicting.id for one in own if not one.withdrawn))
    taken = tuple(
        Withdrawal(claim_id=claim.id, withdrawn_by=one.contradicting.id)
        for one in own
        if one.withdrawn
    )
    bare = positive(faithful(worded, claim))
    sides = (against, (claim.id,)) if bare.negative else ((claim.id,), against)
    placed = {claim.id, *against, *(one.withdrawn_by for one in taken)}
    members = (each.id for one in group for each in (one.asserting, one.contradicting))
    return Proposition(
        text=bare.text,
        supported_by=sides[0],
        denied_by=sides[1],
        withdrawn=taken,
        nearest=tuple(one for one in dict.fromkeys(members) if one not in placed),
    )


def with_known(
    found: Sequence[Proposition], about: Sequence[str], known: Sequence[Proposition]
) -> list[Proposition]:
    """The known propositions and those found, each of these about the claim of that id.

    What is about a claim that takes a side on a known one belongs to that one.
    """
    made = list(known)
    for one, claim_id in zip(found, about, strict=True):
        at = next((at for at, it in enumerate(known) if it.read_as(claim_id) != "context"), None)
        if at is None:
            made.append(one)
        else:
            alike = made[at].read_as(claim_id) == one.read_as(claim_id)
            made[at] = united(made[at], one if alike else turned(one))
    return made
