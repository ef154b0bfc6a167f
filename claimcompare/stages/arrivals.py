"""Which of some articles have not been read for a comparison yet, or only in another version."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from logging import getLogger
from typing import NamedTuple

from claimcompare.articles import Segmenter
from claimcompare.schema import Article, Claim, Comparison, LedgerRow
from claimcompare.stages.copies import families, find_repeats

_LOG = getLogger(__name__)
_CHANGED = "its text has changed: the new one was read in its place"
_REPEATS = "an article that it repeats, or that repeats the same, has changed: it was read again"
_UNREAD = "was not read in full before: it was read again"


class Arrivals(NamedTuple):
    """The articles to read, and for each that was read before in another version its id.

    `known` are the ids under which others were given that are in the comparison already.
    """

    articles: tuple[Article, ...]
    again: frozenset[str]
    known: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


def arrivals(
    comparison: Comparison, given: Iterable[Article], segmenter: Segmenter | None = None
) -> Arrivals:
    """What is new of the articles that are given.

    An article is known by its text and outlet, else by an address that no other has, else by its id
    if most of its words are the same. Another article of the same id gets one of its own.
    """
    articles = tuple(given)
    known = _Known(comparison, articles, segmenter)
    there = {one.id: one for one in comparison.articles}
    unread = {one.article_id for one in comparison.ledger if is_unread(one)}
    new: dict[str, Article] = {}
    passed, rows = [], []
    for article in articles:
        same = known.id_of(article)
        own = same or _free(article.id, {*there, *new})
        if same is None and own != article.id:
            rows.append(_row(own, f"was given as {article.id!r}, which another article is called"))
        elif same and article.text != there[same].text:
            rows.append(_row(own, _CHANGED))
        elif same in unread:
            rows.append(_row(own, _UNREAD))
        elif same:
            _LOG.info("%s: is in the comparison already", article.id)
            passed.append(article.id)
            continue
        new[own] = article.model_copy(update={"id": own})
    for article in _repeating(comparison, new):
        rows.append(_row(article.id, _REPEATS))
        new[article.id] = article
    again = frozenset(new.keys() & there.keys())
    return Arrivals(tuple(new.values()), again, tuple(passed), tuple(rows))


def _repeating(comparison: Comparison, new: Mapping[str, Article]) -> list[Article]:
    """The other articles that are read in part, as they repeat some that have another text now.

    What counts in one of them need not be in the new text, so all of them are read again.
    """
    family = families(comparison.copies)
    copies = {one.article_id for one in comparison.copies}
    changed = {
        family(one.id)
        for one in comparison.articles
        if one.id in new and new[one.id].text != one.text
    }
    return [
        one
        for one in comparison.articles
        if one.id in copies and one.id not in new and family(one.id) in changed
    ]


class _Known:
    """The articles of a comparison, found by what may tell that another is one of them."""

    def __init__(
        self, comparison: Comparison, given: Sequence[Article], segmenter: Segmenter | None
    ) -> None:
        self._segmenter = segmenter
        self._by_id = {one.id: one for one in comparison.articles}
        self._by_text = {_told(one): one.id for one in comparison.articles}
        here, there = _by_url(comparison.articles), _by_url(given)
        self._by_url = {
            url: ids[0] for url, ids in here.items() if len(ids) == 1 == len(there.get(url, ()))
        }

    def id_of(self, article: Article) -> str | None:
        """The id of the article that it is, perhaps in another version."""
        same = self._by_text.get(_told(article)) or self._by_url.get(article.url or "")
        other = self._by_id.get(article.id)
        if same is None and other and _is_version(article, other, self._segmenter):
            return article.id
        return same


def numbered_on(
    claims: Sequence[Claim], before: Sequence[Claim], retired: Collection[str] = ()
) -> Iterator[Claim]:
    """The claims of articles; no id that a claim ever had is given to another one.

    What the same speaker was read to say before in the same words keeps its id.
    """
    same = {_said(one): one.id for one in before}
    taken = {*retired, *(one.id for one in before)}
    for claim in claims:
        own = same.pop(_said(claim), None)
        if own is None:
            own = claim.id if claim.id not in taken else next_id(claim, taken)
        taken.add(own)
        yield claim.model_copy(update={"id": own})


def _told(article: Article) -> tuple[str, str | None, str | None]:
    """What tells an article without its address: what another outlet prints is another one."""
    return article.text, article.publisher, None if article.publisher else article.url


def _by_url(articles: Iterable[Article]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in articles:
        if one.url:
            found.setdefault(one.url, []).append(one.id)
    return found


def is_unread(row: LedgerRow) -> bool:
    """Whether a row tells that an article, or a part of it, got no answer."""
    return row.stage == "extract" and row.outcome == "failed"


def _is_version(article: Article, other: Article, segmenter: Segmenter | None) -> bool:
    """Whether an article is another version of the one of its id."""
    if article.url and other.url:
        return False
    pair = [article.model_copy(update={"id": "given", "published": None}), other]
    ways = (pair, pair[::-1])
    return article.text == other.text or any(
        find_repeats([one], segmenter, before=[it]).copies for one, it in ways
    )


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(one for one in (f"{name}-{number}" for number in count(2)) if one not in taken)


def next_id(claim: Claim, taken: Collection[str]) -> str:
    """An id for a claim that none has."""
    numbers = (f"{claim.article_id}:{number}" for number in count(1))
    return next(one for one in numbers if one not in taken)


def reads(claim: Claim) -> tuple[object, ...]:
    """What an article says, in its words."""
    return (claim.article_id, claim.speaker, claim.via, claim.text)


def _said(claim: Claim) -> tuple[object, ...]:
    return (claim.speaker_id, *reads(claim))


def _row(article_id: str, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="extract", outcome="kept", item="the article", reason=reason, article_id=article_id
    )
