"""Claims as they stand on the page: in a dispute on their side, or in none."""

from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.report.opposition import DOES, OWN_CLAIM
from claimcompare.report.page.index import Index, Place, Tone, tone_of
from claimcompare.report.sides import in_reading_order, other_claims
from claimcompare.schema import Assertion, Claim, Comparison, Dispute, OpposingPair

SIDES: tuple[Tone, ...] = ("support", "denial", "context", "abstained")
KINDS = {
    "denied": "denied",
    "value": "another value",
    "withdrawn": "withdrawn",
    "incompatible": "cannot both be true",
}


class Quote(NamedTuple):
    """Evidence; `said` is the stretch of it that is the claim to the letter, if there is one."""

    before: str
    said: str = ""
    after: str = ""


class Opposed(NamedTuple):
    """The claims that a denial opposes in one way: number and address of each."""

    does: str
    claims: tuple[tuple[int, str], ...]
    same_speaker: bool


class Card(NamedTuple):
    """A claim in its place, with the numbers and addresses of what it belongs to.

    `printed` names the articles that hold its words, where there are several articles.
    """

    claim: Claim
    number: int
    anchor: str
    speaker: int
    outlets: tuple[int, ...]
    printed: tuple[str, ...]
    quotes: tuple[Quote, ...]
    stands: bool
    assertion: Assertion | None = None
    opposed: tuple[Opposed, ...] = ()
    elsewhere: tuple[tuple[Place, str], ...] = ()

    @property
    def tone(self) -> Tone | None:
        """Its side, if it stands in a dispute."""
        return tone_of(self.assertion) if self.assertion else None

    @property
    def is_quoted_whole(self) -> bool:
        """Whether the claim is already in its evidence, word for word."""
        return any(one.said for one in self.quotes)


class DisputeView(NamedTuple):
    """A dispute: its sides in order, and in what ways they oppose each other."""

    number: int
    proposition: str
    sides: dict[Tone, list[Card]]
    kinds: tuple[str, ...]


def dispute_views(comparison: Comparison, index: Index) -> list[DisputeView]:
    """The disputes, the claims of each side in reading order."""
    return [
        _dispute(number, dispute, comparison, index)
        for number, dispute in enumerate(comparison.disputes, start=1)
    ]


def other_cards(comparison: Comparison, index: Index) -> list[Card]:
    """The claims that are in no dispute."""
    return [_card(claim, index) for claim in other_claims(comparison)]


def _dispute(number: int, dispute: Dispute, comparison: Comparison, index: Index) -> DisputeView:
    sides: dict[Tone, list[Card]] = {tone: [] for tone in SIDES}
    for one in in_reading_order(dispute, comparison):
        card = _card(one.claim, index, number)
        placed = card._replace(
            assertion=one.assertion,
            opposed=tuple(_opposed(one.claim.id, number, dispute, index)),
        )
        sides[tone_of(one.assertion)].append(placed)
    kinds = dict.fromkeys(KINDS[pair.kind] for pair in dispute.pairs)
    return DisputeView(number, dispute.proposition, sides, tuple(kinds))


def _card(claim: Claim, index: Index, dispute: int | None = None) -> Card:
    others = [one for one in index.places.get(claim.id, ()) if one.dispute != dispute]
    several = len(index.articles) > 1
    printed = (claim.article_id, *index.also[claim.id]) if several else ()
    return Card(
        claim=claim,
        number=index.claims[claim.id],
        anchor=index.anchor(claim.id, dispute),
        speaker=index.speakers[index.voices[claim.id]],
        outlets=index.printed_by(claim.id, claim.article_id),
        printed=tuple(index.names[one] for one in printed),
        quotes=_quotes(claim),
        stands=claim.id in index.standing,
        elsewhere=tuple((one, index.anchor(claim.id, one.dispute)) for one in others),
    )


def _opposed(claim_id: str, dispute: int, within: Dispute, index: Index) -> Iterator[Opposed]:
    """What a denying claim opposes, by the way in which it does."""
    ways: dict[tuple[str, bool], list[OpposingPair]] = {}
    for pair in within.pairs:
        if pair.denial == claim_id:
            ways.setdefault((DOES[pair.kind], pair.same_speaker), []).append(pair)
    for (does, own), pairs in ways.items():
        found = ((index.claims[one.support], index.anchor(one.support, dispute)) for one in pairs)
        yield Opposed(f"{does} {OWN_CLAIM}" if own else does, tuple(found), own)


def _quotes(claim: Claim) -> tuple[Quote, ...]:
    if len(claim.evidence) > 1:
        return tuple(Quote(span.text) for span in claim.evidence)
    text = claim.evidence[0].text
    for said in (claim.text, claim.text.rstrip(" .")):
        for words in (said, said[:1].lower() + said[1:]):
            before, found, after = text.partition(words) if words else (text, "", "")
            if found:
                return (Quote(before, found, after),)
    return (Quote(text),)
