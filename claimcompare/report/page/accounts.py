"""The articles, as read: their words with the claims that rest on them."""

from typing import Literal, NamedTuple

from claimcompare.articles import title_of
from claimcompare.report.fields import moment, web_address
from claimcompare.report.page.index import Index
from claimcompare.report.page.pieces import Evidence, Piece, paragraphs
from claimcompare.report.page.tongues import language_of
from claimcompare.report.page.wording import Words
from claimcompare.report.sides import Tone
from claimcompare.schema import Article, Claim, Comparison

# "mixed" are words on which claims of several sides rest, "open" those of claims without one.
Tint = Tone | Literal["mixed", "open"]


class Account(NamedTuple):
    """An article with its words in pieces; `claims` are those that rest on them, by number.

    `tones` are the sides of these claims. `title` may be the first line of its text. `copies` are
    the names of what the article repeats, with the share of its sentences that stand there.
    """

    article: Article
    number: int
    outlet: int
    name: str
    title: str | None
    published: str
    moment: str | None
    language: str | None
    address: str | None
    copies: tuple[tuple[str, float], ...]
    claims: dict[int, Claim]
    tones: dict[int, frozenset[Tone]]
    paragraphs: list[list[Piece]]

    def tint(self, piece: Piece) -> Tint:
        """What the words of a piece are coloured by: the sides of the claims that rest on it."""
        tones = {tone for one in piece.claims for tone in self.tones[one]} - {"abstained"}
        sides = tones - {"context"} or tones
        if len(sides) > 1:
            return "mixed"
        return next(iter(sides), "open")


def accounts(comparison: Comparison, index: Index, words: Words) -> list[Account]:
    """The articles in the order of the comparison."""
    claims: dict[str, list[Claim]] = {}
    for claim in comparison.claims:
        claims.setdefault(claim.article_id, []).append(claim)
    made = [_account(one, index, claims.get(one.id, []), words) for one in comparison.articles]
    return [one._replace(copies=_copies(one.article, comparison, index)) for one in made]


def _account(article: Article, index: Index, claims: list[Claim], words: Words) -> Account:
    when = moment(article.published)
    numbered = {index.claims[one.id]: one for one in claims if one.id in index.standing}
    evidence = (
        Evidence(number, span.start, span.end)
        for number, claim in numbered.items()
        for span in claim.evidence
    )
    return Account(
        article=article,
        number=index.articles[article.id],
        outlet=index.outlets[article.id],
        name=index.names[article.id],
        title=article.title or title_of(article.text),
        published=words.date(article.published),
        moment=when.isoformat() if when else None,
        language=language_of(article),
        address=web_address(article.url),
        copies=(),
        claims=numbered,
        tones={
            number: frozenset(place.tone for place in index.places.get(claim.id, ()))
            for number, claim in numbered.items()
        },
        paragraphs=paragraphs(article.text, evidence),
    )


def _copies(
    article: Article, comparison: Comparison, index: Index
) -> tuple[tuple[str, float], ...]:
    return tuple(
        (index.names.get(one.of, one.of), one.share)
        for one in comparison.copies
        if one.article_id == article.id
    )
