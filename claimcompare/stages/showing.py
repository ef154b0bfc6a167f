"""Claims as prompts show them: numbered, under the sentence that each is taken from."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from claimcompare.prompts import as_data
from claimcompare.schema import Article, Claim, stretches

OWN_VOICE = "the article itself"
Shown = tuple[int, str, list[str], str]


def outlet(claim: Claim, about: Mapping[str, Article]) -> str:
    """The outlet and the day of a claim's article, else its id."""
    article = about.get(claim.article_id)
    told = (article.publisher, article.published) if article else ()
    return ", ".join(as_data(one) for one in told if one) or as_data(claim.article_id)


def under_sentences(
    numbered: Mapping[int, Claim], about: Mapping[str, Article]
) -> Iterator[tuple[str, list[tuple[str, list[Shown]]]]]:
    """The claims under their outlet and the sentences that each cites, each of these once."""
    for article_id, group in groupby(numbered.items(), key=lambda one: one[1].article_id):
        claims = dict(group)
        heading = outlet(next(iter(claims.values())), about)
        yield heading, list(_by_sentence(claims, about.get(article_id)))


def _by_sentence(
    claims: Mapping[int, Claim], article: Article | None
) -> Iterator[tuple[str, list[Shown]]]:
    for cited, group in groupby(claims.items(), key=lambda one: _cited(one[1], article)):
        yield as_data(cited), [shown(*one) for one in group]


def _cited(claim: Claim, article: Article | None) -> str:
    """The longest stretch that a claim cites: a headline beside it says less."""
    spans = stretches(claim.evidence, article.text) if article else claim.evidence
    return max((span.text for span in spans), key=len)


def shown(number: int, claim: Claim) -> Shown:
    """A claim with its number, its speaker and who relays it."""
    relayers = [as_data(one) for one in claim.via]
    return number, as_data(claim.speaker or OWN_VOICE), relayers, as_data(claim.text)
