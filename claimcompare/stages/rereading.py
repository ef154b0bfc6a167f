"""What is taken of articles that were read again: nothing of those that could not be read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from claimcompare.schema import Article, Claim, Comparison, Copy, LedgerRow
from claimcompare.stages.arrivals import Arrivals, is_unread, next_id, reads
from claimcompare.stages.copies import Repeats, families
from claimcompare.stages.protocols import Extraction

_WITH = "read with it: its former version is kept"


class Read(NamedTuple):
    """What was read, without articles of which the former version is `held`."""

    given: Arrivals
    claims: tuple[Claim, ...]
    copies: tuple[Copy, ...]
    rows: tuple[LedgerRow, ...]
    held: frozenset[str]


def settled(
    comparison: Comparison, given: Arrivals, repeats: Repeats, extraction: Extraction
) -> Read:
    """What was read, with the former version of each article whose other text got no answer.

    Articles that repeat each other are taken together, or none: what counts in one is not read in
    the others. Where the text is the same, the claims of before stay beside those of now.
    """
    failed = [row for row in extraction.log.ledger if is_unread(row)]
    held = frozenset(_held(comparison, given, {row.article_id or "" for row in failed}))
    articles = tuple(one for one in given.articles if one.id not in held)
    taken = [claim for claim in extraction.claims if claim.article_id not in held]
    kept = _still_said(comparison, given.again - held, failed, taken)
    copies = tuple(one for one in repeats.copies if one.article_id not in held)
    rows = (*given.rows, *repeats.ledger, *extraction.log.ledger)
    return Read(
        given=given._replace(articles=articles, again=given.again - held),
        claims=(*taken, *kept),
        copies=copies,
        rows=(
            *(row for row in rows if row.article_id not in held),
            *_told(comparison, given.articles, held, failed),
            *_repeating(copies, held),
        ),
        held=held,
    )


def _held(comparison: Comparison, given: Arrivals, failed: Collection[str]) -> Iterator[str]:
    """The articles read again that have to wait for one that could not be read."""
    family = families(comparison.copies)
    changed = {family(one.id) for one in _changed(comparison, given.articles)}
    waiting = {family(one) for one in failed if one in given.again} & changed
    yield from (one for one in given.again if family(one) in waiting)


def _changed(comparison: Comparison, articles: Iterable[Article]) -> list[Article]:
    texts = {one.id: one.text for one in comparison.articles}
    return [one for one in articles if texts.get(one.id, one.text) != one.text]


def _still_said(
    comparison: Comparison,
    again: Collection[str],
    failed: Sequence[LedgerRow],
    now: Sequence[Claim],
) -> Iterator[Claim]:
    """What articles said before that are read again in part: their text is the same."""
    unread = {row.article_id for row in failed}.intersection(again)
    said, ids = {reads(one) for one in now}, {one.id for one in now}
    for claim in comparison.claims:
        if claim.article_id in unread and reads(claim) not in said:
            own = next_id(claim, ids)
            ids.add(own)
            yield claim.model_copy(update={"id": own})


def _told(
    comparison: Comparison,
    articles: Sequence[Article],
    held: Collection[str],
    failed: Sequence[LedgerRow],
) -> Iterator[LedgerRow]:
    """Which articles could not be read, and which wait for them."""
    rows = [row for row in failed if row.article_id in held]
    for row in rows:
        reason = f"{row.reason}; its former version is kept"
        yield row.model_copy(update={"reason": reason})
    unread = {row.article_id for row in rows}
    for article in _changed(comparison, articles):
        if article.id in held and article.id not in unread:
            yield _failed(article.id, f"an article that repeats it could not be {_WITH}")


def _repeating(copies: Sequence[Copy], held: Collection[str]) -> Iterator[LedgerRow]:
    for one in copies:
        if one.of in held:
            reason = f"it repeats the new text of {one.of!r}, which could not be read"
            yield _failed(one.article_id, reason)


def _failed(article_id: str, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="extract",
        outcome="failed",
        item="the article",
        reason=reason,
        article_id=article_id,
    )
