"""Gold from a review: what readers found right in a comparison, or corrected."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from claimcompare.articles import read_text
from claimcompare.errors import ArticleError, GoldError
from claimcompare.evaluation.adapters.events import SUFFIX, GoldArticle, GoldFile
from claimcompare.evaluation.gold import GoldAssertion, GoldClaim, GoldDispute
from claimcompare.schema import Article, Comparison, Span
from claimcompare.schema.review import Mark, Review, Seen
from claimcompare.stages.marks import matched


class Written(NamedTuple):
    """How much gold a review holds, and what was left out of it, in words."""

    claims: int
    disputes: int
    stances: int
    left_out: tuple[str, ...]


class _Sure(NamedTuple):
    """What a review makes certain: claims, and their stances by proposition."""

    claims: dict[Seen, GoldClaim]
    stances: dict[str, dict[Seen, GoldAssertion]]


def write_gold(review: Review, comparison: Comparison, path: Path) -> Written:
    """Write the gold comparison that a review makes certain, with its articles beside it.

    It holds the claims that are right, or were given to the right speaker, in the words and
    passages that were marked, and the disputes of which a claim on each side is certain. The
    articles go to text files named as the gold file. Raises GoldError where nothing is certain,
    and where a file is in the way or an article cannot be kept as it is.
    """
    if not path.name.endswith(SUFFIX):
        raise GoldError(f"{path}: name it *{SUFFIX}, so that it is known as gold", path=path)
    articles = {one.sha256: one for one in comparison.articles}
    sure = _sure(review, articles)
    if not sure.claims:
        raise GoldError(
            f"{path}: not written: no claim of these articles is marked right", path=path
        )
    disputes = tuple(_disputes(sure))
    ids = {one.article_id for one in sure.claims.values()}
    kept = [one for one in comparison.articles if one.id in ids]
    gold = GoldFile(
        articles=tuple(_article(one, number, path) for number, one in enumerate(kept, start=1)),
        claims=tuple(sure.claims.values()),
        disputes=disputes,
    )
    for article, placed in zip(kept, gold.articles, strict=True):
        _keep(article, path.parent / placed.path)
    told = gold.model_dump(mode="json", exclude={"schema_location"})
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    stances = sum(len(one.assertions) for one in disputes)
    left_out = tuple(_left_out(review, comparison, sure, ids))
    return Written(len(sure.claims), len(disputes), stances, left_out)


def _sure(review: Review, articles: Mapping[str, Article]) -> _Sure:
    sure = _Sure({}, {})
    for mark in review.marks:
        if mark.about == "claim" and _is_certain(mark) and mark.of.article in articles:
            claim = _claim(mark, articles[mark.of.article], f"c{len(sure.claims) + 1}")
            if claim:
                sure.claims[mark.of] = claim
    for mark in review.marks:
        if mark.proposition and mark.certain_stance and mark.of in sure.claims:
            one = GoldAssertion(claim_id=sure.claims[mark.of].id, stance=mark.certain_stance)
            sure.stances.setdefault(mark.proposition, {})[mark.of] = one
    return sure


def _is_certain(mark: Mark) -> bool:
    return mark.verdict == "right" or mark.right_speaker is not None


def _claim(mark: Mark, article: Article, claim_id: str) -> GoldClaim | None:
    """The claim as it was marked, None where it has no words there or nobody to say it."""
    of = mark.of
    speaker = mark.right_speaker.name if mark.right_speaker else of.speaker
    spans = [
        Span(start=one.start, end=one.end, text=article.text[one.start : one.end])
        for one in of.evidence
        if one.start < one.end <= len(article.text)
    ]
    says = (of.claim, *(() if speaker is None else (speaker,)))
    if not spans or not all(one.strip() and "\0" not in one for one in says):
        return None
    return GoldClaim(
        id=claim_id,
        article_id=article.id,
        speaker=speaker,
        text=of.claim,
        evidence=tuple(spans),
    )


def _disputes(sure: _Sure) -> Iterator[GoldDispute]:
    for proposition, stances in sure.stances.items():
        placed = tuple(stances.values())
        if {"support", "denial"} <= {one.stance for one in placed} and proposition.strip():
            yield GoldDispute(proposition=proposition, assertions=placed)


def _article(article: Article, number: int, path: Path) -> GoldArticle:
    # An id of an article is never a path.
    name = f"{path.name.removesuffix(SUFFIX)}.{number}.txt"
    fields = ("id", "title", "publisher", "published", "url", "language")
    return GoldArticle(path=name, **{field: getattr(article, field) for field in fields})


def _keep(article: Article, path: Path) -> None:
    """Write the text so that it is read again as it is; what is there already may be that."""
    is_new = not path.exists()
    if is_new:
        path.write_bytes(article.text.encode("utf-8", "replace"))
    try:
        fault = "" if read_text(path) == article.text else "it does not hold that text"
    except ArticleError as error:
        fault = str(error)
    if fault:
        if is_new:
            path.unlink()
        message = f"{path}: article {article.id!a} cannot be kept there ({fault})"
        raise GoldError(f"{message}; name other gold, or leave the article out", path=path)


def _left_out(
    review: Review, comparison: Comparison, sure: _Sure, articles: set[str]
) -> Iterator[str]:
    """What of the marks is no gold, and what of the articles nobody has marked."""
    claims = [one for one in review.marks if one.about == "claim"]
    stances = [one for one in review.marks if one.about == "stance"]
    held = {(one, of) for one, placed in sure.stances.items() for of in placed}
    yield from _counted(
        sum(one.of not in sure.claims for one in claims),
        "marked claims are wrong, to be checked, or of other articles",
    )
    yield from _counted(
        sum((one.proposition, one.of) not in held for one in stances),
        "marked stances are open, or of claims that are not certain",
    )
    yield from _counted(
        len(sure.stances) - len(list(_disputes(sure))),
        "propositions lack a certain claim on one side",
    )
    marked = matched(review, comparison).claims
    unmarked = (one for one in comparison.claims if one.article_id in articles)
    yield from _counted(
        sum(one.id not in marked for one in unmarked),
        "claims of these articles are not marked: who finds them is counted as in error",
    )


def _counted(count: int, what: str) -> Iterator[str]:
    if count:
        yield f"{count} {what}"
