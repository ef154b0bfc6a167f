"""Which of some articles have not been read for a comparison yet, or only in another version."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from logging import getLogger
from typing import NamedTuple

from claimcompare.schema import Article, Claim, Comparison, LedgerRow
from claimcompare.stages.copies import families
from claimcompare.stages.occurrence import tokens

_LOG = getLogger(__name__)
_CHANGED = "its text has changed: the new one was read in its place"
_REPEATS = "an article that it repeats, or that repeats the same, has changed: it was read again"
_UNREAD = "was not read in full before: it was read again"
# Words in a row, and the share of them in the shorter text that makes it another version.
_STRETCH = 3
_LEAST_SHARED = 0.25
# An id may be a number in a file that is written anew each day, by an outlet that tells again what
# happened before: of another date and no address more must be the same.
_LEAST_SHARED_LATER = 0.75


class Arrivals(NamedTuple):
    """The articles to read, and for each that was read before in another version its id.

    `known` are the ids under which others were given that are in the comparison already.
    """

    articles: tuple[Article, ...]
    again: frozenset[str]
    known: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


def arrivals(comparison: Comparison, given: Iterable[Article]) -> Arrivals:
    """What is new of the articles that are given.

    An article is known by its text and outlet, else by an address that no other has, else by its id
    and outlet unless hardly any of its words are the same. Of two that would take the place of one
    the second is another article, as is what another outlet prints; it gets an id of its own. What
    is given twice with its outlet or address, as by two patterns, is taken once.
    """
    articles = tuple(_once(given))
    known = _Known(comparison, articles)
    there = {one.id: one for one in comparison.articles}
    unread = {one.article_id for one in comparison.ledger if is_unread(one)}
    new: dict[str, Article] = {}
    taken: set[str] = set()
    passed, rows = [], []
    for article in articles:
        same = known.id_of(article, taken)
        own = same or _free(article.id, {*there, *new})
        taken.add(own)
        if same is None and own != article.id:
            rows.append(_row(own, _given_as(article)))
        elif same and article.text != there[same].text:
            rows.append(_row(own, _CHANGED))
            if known.was_given_as(article, own):
                rows.append(_row(own, _given_as(article)))
        elif same in unread and same not in new:
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


def _once(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles without those of which text, outlet, address and date were there before."""
    there = set()
    for article in articles:
        told = (article.text, article.publisher, article.url, article.published)
        if told in there and (article.publisher or article.url):
            _LOG.info("%s: is there twice", article.id)
            continue
        there.add(told)
        yield article


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

    def __init__(self, comparison: Comparison, given: Sequence[Article]) -> None:
        self._by_id = {one.id: one for one in comparison.articles}
        self._by_text = {_told(one): one.id for one in comparison.articles}
        here, there = _by_url(comparison.articles), _by_url(given)
        self._by_url = {
            url: ids[0] for url, ids in here.items() if len(ids) == 1 == len(there.get(url, ()))
        }
        self._given_as: dict[str, list[str]] = {}
        for row in comparison.ledger:
            if row.stage == "extract" and row.article_id:
                self._given_as.setdefault(row.reason, []).append(row.article_id)
        # What is given as it was stays, and nothing else that is given takes its place.
        self._stays = {found for one in given if (found := self._by_text.get(_told(one)))}

    def id_of(self, article: Article, taken: Collection[str]) -> str | None:
        """The id of the article that it is, perhaps in another version, unless that is taken."""
        if same := self._by_text.get(_told(article)):
            return same
        same = self._by_url.get(article.url or "")
        if same is None:
            others = [article.id, *self._given_as.get(_given_as(article), ())]
            here = (it for one in others if (it := self._by_id.get(one)))
            same = next((it.id for it in here if is_version(article, it)), None)
        return None if same in self._stays or same in taken else same

    def was_given_as(self, article: Article, own: str) -> bool:
        """Whether it has its id as another article is called as it is."""
        return own in self._given_as.get(_given_as(article), ())


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


def _given_as(article: Article) -> str:
    return f"was given as {article.id!r}, which another article is called"


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


def is_version(article: Article, other: Article) -> bool:
    """Whether an article is another version of the one of its id."""
    for one, it in ((article.url, other.url), (article.publisher, other.publisher)):
        if one and it and one != it:
            return False
    if article.text == other.text:
        return True
    texts = tokens(article.text), tokens(other.text)
    size = min(_STRETCH, *(len(words) for words in texts))
    now, was = (_stretches(words, max(1, size)) for words in texts)
    return len(now & was) >= _least_shared(article, other) * min(len(now), len(was)) > 0


def _least_shared(article: Article, other: Article) -> float:
    is_addressed = article.url and article.url == other.url
    is_later = article.published and other.published and article.published != other.published
    return _LEAST_SHARED_LATER if is_later and not is_addressed else _LEAST_SHARED


def _stretches(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """All words of a text that follow each other, as many at a time."""
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


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
