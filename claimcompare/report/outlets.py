"""What each article is called, and which of them only repeat another."""

from collections import Counter
from collections.abc import Mapping

from claimcompare.schema import Article, Claim, Comparison
from claimcompare.stages.reprints import plain


def article_names(comparison: Comparison) -> dict[str, str]:
    """A name for each article's id, its publisher's where known; no two are the same."""
    names = {one.id: one.publisher or one.title or one.id for one in comparison.articles}
    count = Counter(names.values())
    return {
        article_id: name if count[name] == 1 or name == article_id else f"{name} ({article_id})"
        for article_id, name in names.items()
    }


def outlet_names(comparison: Comparison) -> dict[str, str]:
    """The outlet of each article, by its id: its publisher, else a name of the article's own."""
    names = article_names(comparison)
    return {one.id: one.publisher or names[one.id] for one in comparison.articles}


def originals(comparison: Comparison) -> dict[str, str]:
    """For each article that repeats another the one where the words stood first."""
    of = {one.article_id: one.of for one in comparison.copies}
    return {article_id: _first(article_id, of) for article_id in of}


def printed_also(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """For each claim's id the other articles that hold its words, among those that repeat its own.

    A copy may be shorter than what it repeats, so it is named only where the evidence stands in it.
    Copies of one article may repeat each other's words, too.
    """
    repeats = originals(comparison)
    texts = {one.id: plain(one.text) for one in comparison.articles if one.id in repeats}
    return {
        claim.id: tuple(
            copy
            for copy, text in texts.items()
            if copy != claim.article_id
            and repeats[copy] == repeats.get(claim.article_id, claim.article_id)
            and _stands_in(claim, text)
        )
        for claim in comparison.claims
    }


def sources(comparison: Comparison) -> dict[str, str]:
    """For each claim's id where it was printed; empty names where there is but one article."""
    if len(comparison.articles) == 1:
        return dict.fromkeys((claim.id for claim in comparison.claims), "")
    names, also = article_names(comparison), printed_also(comparison)
    return {
        claim.id: ", also in ".join(names[one] for one in (claim.article_id, *also[claim.id]))
        for claim in comparison.claims
    }


def copies_in_words(comparison: Comparison) -> list[str]:
    """One sentence for each article that repeats another."""
    names = article_names(comparison)
    return [
        f"{names.get(one.article_id, one.article_id)} repeats {names.get(one.of, one.of)}: "
        f"{one.share:.0%} of its sentences stand there."
        for one in comparison.copies
    ]


def by_id(comparison: Comparison) -> dict[str, Article]:
    """The articles by their ids."""
    return {one.id: one for one in comparison.articles}


def _first(article_id: str, of: Mapping[str, str]) -> str:
    """The end of a chain of copies; where they repeat each other, the first one met again."""
    seen = {article_id}
    while article_id in of:
        article_id = of[article_id]
        if article_id in seen:
            break
        seen.add(article_id)
    return article_id


def _stands_in(claim: Claim, text: str) -> bool:
    return all(plain(span.text) in text for span in claim.evidence)
