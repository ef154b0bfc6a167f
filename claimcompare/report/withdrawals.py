"""What speakers took back, with where and when they said and withdrew it."""

from collections.abc import Iterator
from typing import NamedTuple

from claimcompare.report.fields import in_words
from claimcompare.report.outlets import by_id
from claimcompare.schema import Article, Claim, Comparison, Dispute


class Withdrawn(NamedTuple):
    """A claim, the claim with which it was taken back, and that in words."""

    claim: Claim
    by: Claim
    words: str


def withdrawals(dispute: Dispute, comparison: Comparison) -> Iterator[Withdrawn]:
    """What was taken back, in the order of the dispute."""
    articles = by_id(comparison)
    for one in dispute.assertions:
        if one.withdrawn_by:
            claim, by = comparison.claim(one.claim_id), comparison.claim(one.withdrawn_by)
            words = _in_words(articles[claim.article_id], articles[by.article_id])
            yield Withdrawn(claim, by, words)


def _in_words(said: Article, withdrew: Article) -> str:
    if said.id == withdrew.id:
        return f"said and taken back {_where(said)}"
    return f"said {_where(said)}, taken back {_where(withdrew)}"


def _where(article: Article) -> str:
    outlet = article.publisher or article.title or article.id
    published = in_words(article.published)
    return f"in {outlet} on {published}" if published else f"in {outlet}"
