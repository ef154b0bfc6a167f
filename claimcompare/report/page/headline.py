"""What stands on top of the page: the story, told by the titles of its articles."""

from typing import NamedTuple

from claimcompare.report.fields import moment, seconds
from claimcompare.report.findings import left_open, measured
from claimcompare.report.page.accounts import Account
from claimcompare.report.page.told import percent
from claimcompare.report.page.wording import Words
from claimcompare.schema import Comparison

# More titles beside each other would leave no room for what is said.
_MOST = 3


class Headline(NamedTuple):
    """The first articles in order of time, how many more there are, and whose they are in words."""

    kicker: str
    titles: list[Account]
    more: int
    name: str
    note: str


def headline(comparison: Comparison, found: list[Account], words: Words) -> Headline:
    """The titles, neutral between outlets: the earlier first, what has no date last."""
    ordered = sorted(found, key=_when)
    titles = ordered if len(ordered) <= _MOST else ordered[:_MOST]
    named = dict.fromkeys(one.title or one.name for one in ordered[:_MOST])
    return Headline(
        kicker=_kicker(found, words),
        titles=titles,
        more=len(ordered) - len(titles),
        name=" · ".join(named),
        note=_note(comparison, words),
    )


def _when(account: Account) -> tuple[bool, float]:
    when = moment(account.article.published)
    return when is None, seconds(when) if when else 0


def _kicker(found: list[Account], words: Words) -> str:
    outlets = {one.article.publisher for one in found}
    if None in outlets or len(outlets) == 1 < len(found):
        return words("articles_say", len(found))
    return words("outlets_say", len(outlets))


def _note(comparison: Comparison, words: Words) -> str:
    """What to know where a small model read; its error where that was measured."""
    if not comparison.provenance.small:
        return ""
    return " ".join((words("small"), _found(comparison, words), _error(comparison, words)))


def _found(comparison: Comparison, words: Words) -> str:
    disputes = len(comparison.disputes)
    unplaced, placed = left_open(comparison)
    if not placed:
        return words("small_found", disputes) if disputes else words("small_none")
    share = percent(unplaced / placed, words)
    return words("small_open", disputes, unplaced=unplaced, placed=placed, share=share)


def _error(comparison: Comparison, words: Words) -> str:
    error = measured(comparison)
    if error is None:
        return words("small_elsewhere")
    return words(
        "small_measured",
        disputes=error.disputes,
        found=error.found,
        wrong=error.named - error.found,
        sides=percent(error.sides, words),
    )
