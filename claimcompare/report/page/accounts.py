"""The articles, as read: their words with the claims that rest on them, and when they appeared."""

from collections import Counter
from typing import NamedTuple

from claimcompare.report.fields import in_words, language_tag, moment, seconds, web_address
from claimcompare.report.page.index import Index
from claimcompare.report.page.words import Evidence, Piece, paragraphs
from claimcompare.report.sides import HEADINGS, Tone
from claimcompare.schema import Article, Claim, Comparison


class Account(NamedTuple):
    """An article with its words in pieces; `claims` are those that rest on them, by number.

    `copies` are the names of what it repeats, with the share of its sentences that stand there.
    """

    article: Article
    number: int
    outlet: int
    name: str
    published: str
    moment: str | None
    language: str | None
    address: str | None
    copies: tuple[tuple[str, float], ...]
    claims: dict[int, Claim]
    paragraphs: list[list[Piece]]


class Sided(NamedTuple):
    """How many claims of an article are on which side of a dispute."""

    dispute: int
    tones: tuple[tuple[Tone, int], ...]


class Day(NamedTuple):
    """The articles of a day, each with where it stands in the disputes."""

    date: str
    name: str
    accounts: tuple[tuple[Account, tuple[Sided, ...]], ...]


def accounts(comparison: Comparison, index: Index) -> list[Account]:
    """The articles in the order of the comparison."""
    claims: dict[str, list[Claim]] = {}
    for claim in comparison.claims:
        claims.setdefault(claim.article_id, []).append(claim)
    made = [_account(one, index, claims.get(one.id, [])) for one in comparison.articles]
    return [one._replace(copies=_copies(one.article, comparison, index)) for one in made]


def timeline(found: list[Account], index: Index) -> list[Day]:
    """The days on which articles appeared, where these are known."""
    dated = [(when, one) for one in found if (when := moment(one.article.published))]
    dated.sort(key=lambda one: seconds(one[0]))
    days: dict[str, list[Account]] = {}
    for when, one in dated:
        days.setdefault(when.date().isoformat(), []).append(one)
    return [
        Day(date, in_words(date), tuple((one, _sided(one, index)) for one in days[date]))
        for date in days
    ]


def _account(article: Article, index: Index, claims: list[Claim]) -> Account:
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
        published=in_words(article.published),
        moment=when.isoformat() if when else None,
        language=language_tag(article.language),
        address=web_address(article.url),
        copies=(),
        claims=numbered,
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


def _sided(account: Account, index: Index) -> tuple[Sided, ...]:
    tones: dict[int, Counter[Tone]] = {}
    for claim in account.claims.values():
        for place in index.places.get(claim.id, ()):
            tones.setdefault(place.dispute, Counter())[place.tone] += 1
    return tuple(
        Sided(
            dispute,
            tuple((tone, tones[dispute][tone]) for tone in HEADINGS if tones[dispute][tone]),
        )
        for dispute in sorted(tones)
    )
