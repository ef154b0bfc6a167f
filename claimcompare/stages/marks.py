"""Which claims and stances of a comparison the marks of a review are about."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from claimcompare.schema import Claim, Comparison
from claimcompare.schema.review import Mark, Review, Seen, clipped

# Of 182 pairs of claims that one speaker made in the same words of an article, none is so alike;
# of 475 claims that two runs found in the same words, 340 are (seeds and BASIL, several models).
_ALIKE = 0.9


class Stray(NamedTuple):
    """A mark that is about nothing in a comparison, and why."""

    mark: Mark
    reason: str


class Matched(NamedTuple):
    """Marks by the ids of claims, those of stances by proposition and claim; what fits nothing."""

    claims: dict[str, Mark]
    stances: dict[tuple[str, str], Mark]
    strays: tuple[Stray, ...]

    def stance(self, proposition: str, claim_id: str) -> Mark | None:
        """The mark of where a claim stands on a proposition."""
        return self.stances.get((plain(proposition), claim_id))


class _Found(NamedTuple):
    """A claim that a mark may be about, and how alike the two are."""

    claim: Claim
    likeness: float


def matched(review: Review, comparison: Comparison) -> Matched:
    """What each mark is about, by the article's hash, the passage, the speaker and the words.

    A claim may be worded a little otherwise, with the same figures; a proposition may not, as one
    word can turn it round. Where two marks are about one thing, the one in its very words counts,
    else the later.
    """
    finder = _Finder(review, comparison)
    found = [(mark, finder.claim(mark.of)) for mark in review.marks]
    # What comes later replaces what came before.
    found.sort(key=lambda one: one[1].likeness if isinstance(one[1], _Found) else 0)
    made = Matched({}, {}, ())
    strays: list[Stray] = []
    for mark, one in found:
        if isinstance(one, str):
            strays.append(Stray(mark, one))
        elif mark.proposition is None:
            made.claims[one.claim.id] = mark
        elif finder.is_placed(mark.proposition, one.claim):
            made.stances[plain(mark.proposition), one.claim.id] = mark
        else:
            strays.append(Stray(mark, f"the claim is in no dispute here on “{mark.proposition}”"))
    return made._replace(strays=tuple(strays))


def plain(text: str) -> str:
    """The text as a mark holds it, whatever its case and white space."""
    return " ".join(clipped(text).casefold().split())


def likeness(one: str, other: str) -> float:
    """The share of pairs of letters that two texts have in common; 0 if their figures differ.

    As Dice (1945) counts what two sets share, so that it serves any script.
    """
    one, other = plain(one), plain(other)
    if one == other:
        return 1
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0
    pairs, others = _pairs(one), _pairs(other)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


class _Finder:
    """Finds the claims that marks are about."""

    def __init__(self, review: Review, comparison: Comparison) -> None:
        self._comparison = comparison
        self._corrected = {
            one.of: one.right_speaker.name for one in review.marks if one.right_speaker
        }
        self._placed = {
            (plain(dispute.proposition), one.claim_id)
            for dispute in comparison.disputes
            for one in dispute.assertions
        }
        hashes = {one.id: one.sha256 for one in comparison.articles}
        self._claims: dict[str, list[Claim]] = {sha256: [] for sha256 in hashes.values()}
        for claim in comparison.claims:
            self._claims[hashes[claim.article_id]].append(claim)

    def is_placed(self, proposition: str, claim: Claim) -> bool:
        """Whether the claim is in a dispute on that."""
        return (plain(proposition), claim.id) in self._placed

    def claim(self, of: Seen) -> _Found | str:
        """The claim, or why there is none."""
        if of.article not in self._claims:
            return "no article here has the text that was reviewed: it is another, or has changed"
        near = [
            _Found(one, likeness(of.claim, one.text))
            for one in self._claims[of.article]
            if _share_words(of, one) and self._is_voice(of, one)
        ]
        best = max(near, key=lambda one: one.likeness, default=None)
        if best is None or best.likeness < _ALIKE:
            return "no claim here has these words, speaker and passage"
        return best

    def _is_voice(self, of: Seen, claim: Claim) -> bool:
        """Whether a claim is that speaker's, or was given to whoever is the right one."""
        right = (self._corrected[of],) if of in self._corrected else ()
        return is_by(claim, (of.speaker, *of.names, *right), self._comparison)


def is_by(claim: Claim, names: Iterable[str | None], comparison: Comparison) -> bool:
    """Whether a claim's speaker is known by one of the names; None is an article's own voice."""
    if claim.speaker is None:
        return None in names
    speaker = comparison.speaker(claim)
    known = {plain(one) for one in (claim.speaker, *(speaker.names if speaker else ()))}
    return any(name is not None and plain(name) in known for name in names)


def _share_words(of: Seen, claim: Claim) -> bool:
    return any(
        max(one.start, other.start) < min(one.end, other.end)
        for one in of.evidence
        for other in claim.evidence
    )
