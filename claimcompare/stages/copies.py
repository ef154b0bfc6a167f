"""Articles that repeat another one: an agency's text as several outlets print it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from claimcompare.articles import Segmenter, ends_paragraph, sentences
from claimcompare.schema import Article, Copy, LedgerRow, Record
from claimcompare.stages.order import by_publication
from claimcompare.stages.reprints import columns, names_first, plain

_LEAST_SHARE = 0.5
# One sentence alone, such as a greeting or a quotation, makes no copy of an article with more.
_LEAST_IN_COMMON = 2
# In columns without spaces, some seven words; what all articles of an outlet share is shorter.
_LONG = 32
# A sentence that stands in more articles leads only to the first so many of them, or what an outlet
# writes below everything would have every article held against all others.
_MOST_LED_TO = 100


class Repeats(Record):
    """Which articles repeat another, and the numbers of their sentences that count there."""

    copies: tuple[Copy, ...] = ()
    known: Mapping[str, frozenset[int]] = Field(default_factory=dict)
    ledger: tuple[LedgerRow, ...] = ()

    def known_in(self, article: Article) -> frozenset[int]:
        """The numbers of the sentences of an article that count elsewhere."""
        return self.known.get(article.id, frozenset())


class _Telling(NamedTuple):
    """The sentences of an article, and which of them are long enough to tell a copy.

    Those that stand `apart` tell without the sentence before them who speaks.
    """

    place: int
    article_id: str
    lines: tuple[str, ...]
    long: frozenset[str]
    apart: frozenset[str]


class _Repeat(NamedTuple):
    """What is found of one copy."""

    copy: Copy
    known: frozenset[int]
    rows: tuple[LedgerRow, ...]


def find_repeats(
    articles: Sequence[Article],
    segmenter: Segmenter | None = None,
    *,
    before: Sequence[Article] = (),
) -> Repeats:
    """The articles of which half or more of the longer sentences stand in an earlier one.

    Whole sentences are compared, without what outlets change. A copy of a copy is one of the
    original. What was read `before` counts as earlier, whenever it was published.
    """
    if len(articles) + len(before) <= 1:
        return Repeats()
    ordered = enumerate([*by_publication(before), *by_publication(articles)])
    tellings = [_telling(place, article, segmenter) for place, article in ordered]
    new = {article.id for article in articles}
    found = [one for one in _repeats(_with_candidates(tellings)) if one.copy.article_id in new]
    return Repeats(
        copies=tuple(one.copy for one in found),
        known={one.copy.article_id: one.known for one in found},
        ledger=tuple(row for one in found for row in one.rows),
    )


def families(copies: Iterable[Copy]) -> Callable[[str], str]:
    """For an article's id the id of the first of all that repeat each other."""
    of = {one.article_id: one.of for one in copies}

    def first(article_id: str) -> str:
        seen = {article_id}
        while (found := of.get(article_id)) and found not in seen:
            seen.add(found)
            article_id = found
        return article_id

    return first


def _telling(place: int, article: Article, segmenter: Segmenter | None) -> _Telling:
    found = sentences(article, segmenter=segmenter)
    lines = tuple(plain(one.text) for one in found)
    long = frozenset(line for line in lines if columns(line) >= _LONG)
    ends = [0, *(one.end for one in found)]
    leaning = {
        line
        for line, one, end in zip(lines, found, ends, strict=False)
        if end and not ends_paragraph(article.text[end : one.start]) and not names_first(one.text)
    }
    return _Telling(place, article.id, lines, long, long - leaning)


def _with_candidates(tellings: Sequence[_Telling]) -> Iterator[tuple[_Telling, list[_Telling]]]:
    """Each with those before it that share a longer sentence."""
    index: dict[str, list[int]] = {}
    for telling in tellings:
        found = {place for line in telling.long for place in index.get(line, ())}
        if telling.long:
            yield telling, [tellings[place] for place in sorted(found)]
        for line in telling.long:
            places = index.setdefault(line, [])
            if len(places) < _MOST_LED_TO:
                places.append(telling.place)


def _repeats(candidates: Iterator[tuple[_Telling, list[_Telling]]]) -> Iterator[_Repeat]:
    """What each copy repeats, of the original and of other copies before it."""
    of: dict[int, _Telling] = {}
    for telling, earlier in candidates:
        original = _original(telling, earlier, of)
        if original is not None:
            of[telling.place] = original
            first = _first(original, of)
            others = [one for one in earlier if one != original and _first(one, of) == first]
            yield _repeat(telling, original, others)


def _original(
    telling: _Telling, earlier: Sequence[_Telling], of: Mapping[int, _Telling]
) -> _Telling | None:
    """The first that it has most of; if that is a copy, what that one repeats."""
    found = max(earlier, key=lambda one: len(telling.long & one.long), default=None)
    if found is None or not _is_copy(telling, found):
        return None
    while found.place in of and _is_copy(telling, of[found.place]):
        found = of[found.place]
    return found


def _is_copy(telling: _Telling, other: _Telling) -> bool:
    shared, longer = len(telling.long & other.long), len(telling.long)
    return shared >= min(_LEAST_IN_COMMON, longer) and shared / longer >= _LEAST_SHARE


def _first(telling: _Telling, of: Mapping[int, _Telling]) -> _Telling:
    while telling.place in of:
        telling = of[telling.place]
    return telling


def _repeat(telling: _Telling, original: _Telling, others: Sequence[_Telling]) -> _Repeat:
    shared, longer = len(telling.long & original.long), len(telling.long)
    known = _standing(telling, original)
    repeated = f"repeats {original.article_id!r}: {shared} of {longer} longer sentences"
    rows = [_row(telling, repeated)]
    for other in others:
        more = len(_standing(telling, other) - known)
        if more:
            rows.append(_row(telling, f"repeats {other.article_id!r}: {more} more"))
        known |= _standing(telling, other)
    copy = Copy(
        article_id=telling.article_id, of=original.article_id, share=round(shared / longer, 4)
    )
    return _Repeat(copy, known, tuple(rows))


def _standing(telling: _Telling, other: _Telling) -> frozenset[int]:
    """The numbers of its sentences that stand in the other.

    Who "He denied it." is about, the sentence before tells: both must stand there. So they must
    for a long sentence within a paragraph, unless it begins with a name in both.
    """
    both = telling.apart & other.apart
    there = frozenset(pairwise(("", *other.lines)))
    return frozenset(
        number
        for number, pair in enumerate(pairwise(("", *telling.lines)), start=1)
        if pair in there or pair[1] in both
    )


def _row(telling: _Telling, repeated: str) -> LedgerRow:
    return LedgerRow(
        stage="extract",
        outcome="kept",
        item="the article",
        reason=f"{repeated}; these count once, as said there",
        article_id=telling.article_id,
    )
