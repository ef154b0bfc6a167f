"""Claims as they stand on the page: in a dispute on their side, or in none."""

from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.report.opposition import DOES, OWN_CLAIM, Opposition, oppositions
from claimcompare.report.page.index import Index, Place
from claimcompare.report.sides import HEADINGS, Tone, doubts_in_words, other_claims, sides
from claimcompare.report.silence import Silence, silences
from claimcompare.report.sureness import how_sure
from claimcompare.report.voices import full_name
from claimcompare.report.withdrawals import withdrawals
from claimcompare.schema import Claim, Comparison, Dispute

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
    """The claims that one opposes in one way: number and address of each."""

    does: str
    claims: tuple[tuple[int, str], ...]
    same_speaker: bool


class Taken(NamedTuple):
    """That a claim was taken back, where and when, and the claim that does so with its address."""

    words: str
    by: Claim
    number: int
    anchor: str


class Card(NamedTuple):
    """A claim in its place, with the numbers and addresses of what it belongs to.

    `printed` names the articles that hold its words, where there are several articles; `sure` is
    how sure its side is, or why it has none.
    """

    claim: Claim
    name: str
    number: int
    anchor: str
    speaker: int
    outlets: tuple[int, ...]
    printed: tuple[str, ...]
    quotes: tuple[Quote, ...]
    stands: bool
    doubts: str
    tone: Tone | None = None
    sure: str = ""
    taken: Taken | None = None
    opposed: tuple[Opposed, ...] = ()
    elsewhere: tuple[tuple[Place, str], ...] = ()

    @property
    def is_quoted_whole(self) -> bool:
        """Whether the claim is already in its evidence, word for word."""
        return any(one.said for one in self.quotes)


class DisputeView(NamedTuple):
    """A dispute: its sides in order, in what ways they oppose each other, and who is silent."""

    number: int
    proposition: str
    sides: dict[Tone, list[Card]]
    kinds: tuple[str, ...]
    silences: tuple[Silence, ...] = ()


def dispute_views(comparison: Comparison, index: Index) -> list[DisputeView]:
    """The disputes, the claims of each side in reading order."""
    views = _Views(comparison, index)
    return [
        views.dispute(number, dispute)._replace(silences=silent)
        for number, (dispute, silent) in enumerate(
            zip(comparison.disputes, silences(comparison), strict=True), start=1
        )
    ]


def other_cards(comparison: Comparison, index: Index) -> list[Card]:
    """The claims that are in no dispute."""
    views = _Views(comparison, index)
    return [views.card(claim) for claim in other_claims(comparison)]


class _Views:
    """Makes cards of claims."""

    def __init__(self, comparison: Comparison, index: Index) -> None:
        self._comparison = comparison
        self._index = index

    def dispute(self, number: int, dispute: Dispute) -> DisputeView:
        """A dispute with a card for each of its claims."""
        placed: dict[Tone, list[Card]] = {tone: [] for tone in HEADINGS}
        taken = self._taken(number, dispute)
        opposed: dict[str, list[Opposition]] = {}
        for one in oppositions(dispute):
            opposed.setdefault(one.claim, []).append(one)
        for tone, found in sides(dispute, self._comparison):
            placed[tone] = [
                self.card(claim, number)._replace(
                    tone=tone,
                    sure=how_sure(assertion),
                    taken=taken.get(claim.id),
                    opposed=tuple(self._opposed(number, opposed.get(claim.id, []))),
                )
                for assertion, claim in found
            ]
        kinds = dict.fromkeys(KINDS[pair.kind] for pair in dispute.pairs)
        return DisputeView(number, dispute.proposition, placed, tuple(kinds))

    def card(self, claim: Claim, dispute: int | None = None) -> Card:
        """A claim in one of its disputes, or in none."""
        index = self._index
        others = [one for one in index.places.get(claim.id, ()) if one.dispute != dispute]
        several = len(index.articles) > 1
        printed = (claim.article_id, *index.also[claim.id]) if several else ()
        return Card(
            claim=claim,
            name=full_name(claim, self._comparison),
            number=index.claims[claim.id],
            anchor=index.anchor(claim.id, dispute),
            speaker=index.speakers[index.voices[claim.id]],
            outlets=index.printed_by(claim.id, claim.article_id),
            printed=tuple(index.names[one] for one in printed),
            quotes=_quotes(claim),
            stands=claim.id in index.standing,
            doubts=doubts_in_words(claim),
            elsewhere=tuple((one, index.anchor(claim.id, one.dispute)) for one in others),
        )

    def _taken(self, number: int, dispute: Dispute) -> dict[str, Taken]:
        """What was taken back, by the ids of the claims."""
        here = {one.claim_id for one in dispute.assertions}
        index = self._index
        return {
            one.claim.id: Taken(
                one.words,
                one.by,
                index.claims[one.by.id],
                index.anchor(one.by.id, number if one.by.id in here else None),
            )
            for one in withdrawals(dispute, self._comparison)
        }

    def _opposed(self, dispute: int, found: list[Opposition]) -> Iterator[Opposed]:
        """What a claim opposes, by the way in which it does."""
        ways: dict[tuple[str, bool], list[str]] = {}
        for one in found:
            ways.setdefault((DOES[one.kind], one.own), []).append(one.against)
        for (does, own), against in ways.items():
            each = ((self._index.claims[one], self._index.anchor(one, dispute)) for one in against)
            yield Opposed(f"{does} {OWN_CLAIM}" if own else does, tuple(each), own)


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
