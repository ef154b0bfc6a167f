"""What a caller gives is refused where a stage would drop or mix up some of it without a word."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from claimcompare.errors import ArticleError, ClaimCompareError
from claimcompare.schema import Article, Proposition
from claimcompare.stages.protocols import Event

_HALF = re.compile("[\ud800-\udfff]")
_USED_UP = "an iterator gives its articles only once: make a list of it to use it again"


def distinct(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles as they come.

    Raises ArticleError where there are none, two of one id, or one that no file could hold.
    """
    seen: set[str] = set()
    for article in articles:
        _check_letters(article)
        if article.id in seen:
            raise ArticleError(f"two articles have the id {article.id!r}; give each its own")
        seen.add(article.id)
        yield article
    if not seen:
        used_up = f" ({_USED_UP})" if isinstance(articles, Iterator) else ""
        raise ArticleError(f"no articles to read{used_up}")


def _check_letters(article: Article) -> None:
    """Refuse what could be read and paid for, and then be written nowhere."""
    for field, told in article:
        half = _HALF.search("\n".join(told) if isinstance(told, tuple) else told or "")
        if half:
            raise ArticleError(
                f"article {article.id!r}: its {field} at {half.start()} holds half a character, as "
                "of an emoji that was cut, or a byte that is no UTF-8; replace it"
            )


def check_event(event: Event, propositions: Iterable[Proposition] = ()) -> None:
    """Raise ClaimCompareError where ids of an event are no names: two have one, or none has it."""
    for kind, records in (("articles", event.articles), ("claims", event.claims)):
        if twice := _twice([one.id for one in records]):
            raise ClaimCompareError(f"two {kind} of the event have the id {twice!r}")
    known = {claim.id for claim in event.claims}
    for proposition in propositions:
        missing = [one for one in proposition.claim_ids if one not in known]
        if missing:
            raise ClaimCompareError(
                f"the proposition {proposition.text!r} is about claim {missing[0]!r}, which is "
                "not among the claims of the event"
            )


def _twice(ids: Sequence[str]) -> str | None:
    return next((name for name, count in Counter(ids).items() if count > 1), None)
