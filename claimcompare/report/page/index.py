"""Numbers for all that a page shows: no text of an article is ever an address in it."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple, TypeVar

from claimcompare.report.outlets import article_names, printed_also
from claimcompare.report.sides import Tone, tones
from claimcompare.report.voices import voice
from claimcompare.schema import Article, Comparison

T = TypeVar("T", bound=Hashable)


class Place(NamedTuple):
    """Where a claim stands: in which dispute, counted from 1, and on which side."""

    dispute: int
    tone: Tone


class Index(NamedTuple):
    """The numbers, from 1, and what stands beside an article, a claim or a speaker everywhere.

    An outlet is a publisher, or an article of which none is known. Claims, articles and outlets
    are found by the ids of claims and articles, speakers by the keys of voices. `standing` are
    the claims whose evidence is what the article says there.
    """

    claims: dict[str, int]
    articles: dict[str, int]
    names: dict[str, str]
    outlets: dict[str, int]
    speakers: dict[str, int]
    voices: dict[str, str]
    also: dict[str, tuple[str, ...]]
    places: dict[str, tuple[Place, ...]]
    standing: frozenset[str]

    def home(self, claim_id: str) -> Place | None:
        """Where a claim is shown first: on a side of a dispute, else among what surrounds one."""
        places = self.places.get(claim_id, ())
        sided = [one for one in places if one.tone in {"support", "denial", "withdrawn"}]
        return next(iter([*sided, *places]), None)

    def anchor(self, claim_id: str, dispute: int | None = None) -> str:
        """The address of a claim on the page, in a dispute or where it is shown first."""
        home = self.home(claim_id)
        number = f"c{self.claims[claim_id]}"
        away = dispute is not None and home is not None and home.dispute != dispute
        return f"{number}-{dispute}" if away else number

    def tone(self, claim_id: str) -> Tone | None:
        """The side of a claim, if it is on the same in all its disputes."""
        tones = {one.tone for one in self.places.get(claim_id, ())}
        return tones.pop() if len(tones) == 1 else None

    def printed_by(self, claim_id: str, article_id: str) -> tuple[int, ...]:
        """The outlets that printed a claim's words, its own first."""
        return tuple(self.outlets[one] for one in (article_id, *self.also[claim_id]))


def index(comparison: Comparison) -> Index:
    """Number everything, in the order of the comparison."""
    said_by = {claim.id: voice(claim) for claim in comparison.claims}
    return Index(
        claims=_numbered(one.id for one in comparison.claims),
        articles=_numbered(one.id for one in comparison.articles),
        names=article_names(comparison),
        outlets=_outlets(comparison.articles),
        speakers=_numbered(said_by[one.id] for one in comparison.claims),
        voices=said_by,
        also=printed_also(comparison),
        places=_places(comparison),
        standing=_standing(comparison),
    )


def _numbered(items: Iterable[T]) -> dict[T, int]:
    return {item: number for number, item in enumerate(dict.fromkeys(items), start=1)}


def _outlets(articles: Iterable[Article]) -> dict[str, int]:
    keys = {one.id: (one.publisher, "") if one.publisher else ("", one.id) for one in articles}
    numbers = _numbered(keys.values())
    return {article_id: numbers[key] for article_id, key in keys.items()}


def _places(comparison: Comparison) -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    for number, dispute in enumerate(comparison.disputes, start=1):
        for claim_id, tone in tones(dispute).items():
            places.setdefault(claim_id, []).append(Place(number, tone))
    return {claim_id: tuple(found) for claim_id, found in places.items()}


def _standing(comparison: Comparison) -> frozenset[str]:
    texts = {one.id: one.text for one in comparison.articles}
    return frozenset(
        claim.id
        for claim in comparison.claims
        if all(
            texts[claim.article_id][span.start : span.end] == span.text and span.text.strip()
            for span in claim.evidence
        )
    )
