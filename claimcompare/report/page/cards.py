"""Claims as they stand on the page: in a dispute on their side, by speaker, or in none."""

from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.report.opposition import Opposition, oppositions
from claimcompare.report.page.index import Index, Place
from claimcompare.report.page.names import speaker_names, where_and_when
from claimcompare.report.page.near import is_repeated, likeness, most_direct
from claimcompare.report.page.told import Taken, how_sure, silent, taken_back
from claimcompare.report.page.wording import Words
from claimcompare.report.sides import HEADINGS, Placed, Tone, other_claims, sides
from claimcompare.report.silence import silences
from claimcompare.report.sureness import surest_first
from claimcompare.report.withdrawals import withdrawals
from claimcompare.schema import Claim, Comparison, Dispute, Stance


class Opposed(NamedTuple):
    """The claims that one opposes in one way: number and address of each."""

    does: str
    claims: tuple[tuple[int, str], ...]


class Card(NamedTuple):
    """A claim in its place, with the numbers and addresses of what it belongs to.

    `quote` is its most direct passage, `rest` are the others. `printed` names the articles that
    hold its words, where there are several articles; `cite` is who said it, where and when.
    `sure` is how sure its side is, `why` the reason why it has none.
    """

    claim: Claim
    name: str
    number: int
    anchor: str
    dispute: int | None
    speaker: int
    outlets: tuple[int, ...]
    printed: tuple[str, ...]
    cite: str
    quote: str
    rest: tuple[str, ...]
    is_repeated: bool
    stands: bool
    is_new: bool = False
    tone: Tone | None = None
    stance: Stance | None = None
    sure: str = ""
    why: str = ""
    taken: Taken | None = None
    opposed: tuple[Opposed, ...] = ()
    elsewhere: tuple[tuple[Place, str], ...] = ()


class Voice(NamedTuple):
    """What one speaker says on one side, the most direct first."""

    name: str
    cards: list[Card]

    @property
    def more(self) -> int:
        """How many passages there are besides the first."""
        return sum(1 + len(one.rest) for one in self.cards) - 1

    @property
    def is_linked(self) -> bool:
        """Whether it is told which claims these oppose, or where else they stand."""
        return any(one.opposed or one.elsewhere for one in self.cards)


class DisputeView(NamedTuple):
    """A dispute: its sides in order, in what ways they oppose each other, and who is silent.

    `alike` is how sure a side is where that is the same of all its claims.
    """

    number: int
    proposition: str
    sides: dict[Tone, list[Voice]]
    alike: dict[Tone, str]
    kinds: tuple[str, ...]
    silences: list[str]

    def count(self, tone: Tone) -> int:
        """The claims of a side."""
        return sum(len(one.cards) for one in self.sides[tone])


def dispute_views(comparison: Comparison, index: Index, words: Words) -> list[DisputeView]:
    """The disputes, the speakers of each side in reading order."""
    views = _Views(comparison, index, words)
    told = zip(comparison.disputes, silences(comparison), strict=True)
    return [
        views.dispute(number, dispute)._replace(silences=silent(found, words))
        for number, (dispute, found) in enumerate(told, start=1)
    ]


def other_voices(comparison: Comparison, index: Index, words: Words) -> list[Voice]:
    """The claims that are in no dispute, by speaker."""
    views = _Views(comparison, index, words)
    return list(_by_voice(views.card(claim) for claim in other_claims(comparison)))


class _Views:
    """Makes cards of claims."""

    def __init__(self, comparison: Comparison, index: Index, words: Words) -> None:
        self._comparison = comparison
        self._index = index
        self._words = words
        self._names = speaker_names(comparison, index, words)
        self._new = frozenset(comparison.changes.claims if comparison.changes else ())
        articles = comparison.articles
        self._cited = {one.id: where_and_when(one, index, words) for one in articles}

    def dispute(self, number: int, dispute: Dispute) -> DisputeView:
        """A dispute with a card for each of its claims."""
        opposed: dict[str, list[Opposition]] = {}
        for one in oppositions(dispute):
            opposed.setdefault(one.claim, []).append(one)
        taken = {
            one.claim.id: taken_back(one, number, self._comparison, self._index, self._words)
            for one in withdrawals(dispute, self._comparison)
        }
        placed: dict[Tone, list[Voice]] = {tone: [] for tone in HEADINGS}
        for tone, found in sides(dispute, self._comparison):
            cards = [
                self.placed(one, number, dispute.proposition)._replace(
                    tone=tone,
                    taken=taken.get(one.claim.id),
                    opposed=tuple(self._opposed(number, opposed.get(one.claim.id, []))),
                )
                for one in _direct_first(found, dispute.proposition)
            ]
            placed[tone] = list(_by_voice(cards))
        kinds = dict.fromkeys(pair.kind for pair in dispute.pairs)
        return DisputeView(
            number=number,
            proposition=dispute.proposition,
            sides=placed,
            alike={tone: _alike(voices) for tone, voices in placed.items()},
            kinds=tuple(self._words(f"kind_{one}") for one in kinds),
            silences=[],
        )

    def placed(self, one: Placed, dispute: int, proposition: str) -> Card:
        """A claim on its side."""
        is_sided = one.assertion.stance is not None
        return self.card(one.claim, dispute, proposition)._replace(
            stance=one.assertion.stance,
            sure=how_sure(one.assertion, self._words),
            why="" if is_sided else one.assertion.reason or "",
        )

    def card(self, claim: Claim, dispute: int | None = None, proposition: str = "") -> Card:
        """A claim in one of its disputes, or in none."""
        index = self._index
        others = [one for one in index.places.get(claim.id, ()) if one.dispute != dispute]
        printed = (claim.article_id, *index.also[claim.id]) if len(index.articles) > 1 else ()
        speaker = index.speakers[index.voices[claim.id]]
        quote = most_direct(claim)
        return Card(
            claim=claim,
            name=self._names[speaker],
            number=index.claims[claim.id],
            anchor=index.anchor(claim.id, dispute),
            dispute=dispute,
            speaker=speaker,
            outlets=index.printed_by(claim.id, claim.article_id),
            printed=tuple(index.names[one] for one in printed),
            cite=str(self._words("comma")).join(
                (self._names[speaker], self._cited[claim.article_id])
            ),
            quote=quote.text,
            rest=tuple(span.text for span in claim.evidence if span is not quote),
            is_repeated=is_repeated(claim, quote.text, proposition),
            stands=claim.id in index.standing,
            is_new=claim.id in self._new,
            elsewhere=tuple((one, index.anchor(claim.id, one.dispute)) for one in others),
        )

    def _opposed(self, dispute: int, found: list[Opposition]) -> Iterator[Opposed]:
        """What a claim opposes, by the way in which it does."""
        ways: dict[str, list[str]] = {}
        for one in found:
            ways.setdefault(f"does_{one.kind}{'_own' if one.own else ''}", []).append(one.against)
        for key, against in ways.items():
            each = ((self._index.claims[one], self._index.anchor(one, dispute)) for one in against)
            yield Opposed(self._words(key), tuple(each))


def _direct_first(found: list[Placed], proposition: str) -> list[Placed]:
    """The surest claims first; of those as sure, whose words are nearest to the proposition."""

    def nearness(claim: Claim) -> float:
        return sum(likeness(one, proposition) for one in (claim.text, most_direct(claim).text))

    return sorted(found, key=lambda one: (surest_first(one.assertion), -nearness(one.claim)))


def _by_voice(cards: Iterator[Card] | list[Card]) -> Iterator[Voice]:
    voices: dict[int, list[Card]] = {}
    for one in cards:
        voices.setdefault(one.speaker, []).append(one)
    return (Voice(each[0].name, each) for each in voices.values())


def _alike(voices: list[Voice]) -> str:
    """What is known of each claim of a side, where that is the same."""
    told = [card.sure for one in voices for card in one.cards]
    return told[0] if len(set(told)) == 1 else ""
