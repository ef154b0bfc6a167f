"""Which outlets carry one side of a dispute only, or none of it, in these articles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from claimcompare.report.outlets import outlet_names, printed_also
from claimcompare.report.sides import listed
from claimcompare.schema import Comparison, Dispute

Side = Literal["support", "denial"]
_SIDES: tuple[Side, ...] = ("support", "denial")
_MOST_NAMES = 8


class Silence(NamedTuple):
    """Outlets with what of a dispute is not in their articles, or was left open there."""

    outlets: tuple[str, ...]
    words: str
    missing: tuple[Side, ...] = ()
    is_open: bool = False

    @property
    def in_short(self) -> str:
        """A line with the outlets, or the first of many and how many there are besides."""
        names = list(self.outlets)
        if len(names) > _MOST_NAMES + 1:
            names = [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} others"]
        return f"{listed(names)}: {self.words}"


def silences(comparison: Comparison) -> list[tuple[Silence, ...]]:
    """For each dispute what is not in these articles; nothing where there is but one outlet."""
    outlets, also = outlet_names(comparison), printed_also(comparison)
    names = dict.fromkeys(outlets.values())
    if len(names) <= 1:
        return [() for _ in comparison.disputes]
    articles = {one.id: (one.article_id, *also[one.id]) for one in comparison.claims}
    printed = {claim: {outlets[one] for one in found} for claim, found in articles.items()}
    unread = {
        outlets[row.article_id]
        for row in comparison.ledger
        if row.stage == "extract" and row.outcome == "failed" and row.article_id in outlets
    }
    return [tuple(_silences(one, names, printed, unread)) for one in comparison.disputes]


def _silences(
    dispute: Dispute, outlets: Iterable[str], printed: dict[str, set[str]], unread: set[str]
) -> Iterator[Silence]:
    sides = [side for side in _SIDES if any(one.stance == side for one in dispute.assertions)]
    carried: dict[str, set[str | None]] = {}
    for one in dispute.assertions:
        for outlet in printed[one.claim_id]:
            carried.setdefault(outlet, set()).add(one.stance)
    groups: dict[tuple[bool, tuple[Side, ...]], list[str]] = {}
    for outlet in outlets:
        stances = carried.get(outlet, set())
        missing = tuple(side for side in sides if side not in stances)
        if missing:
            # What got no stance, or was not read, may be on either side.
            is_open = None in stances or outlet in unread
            groups.setdefault((is_open, missing), []).append(outlet)
    for (is_open, missing), names in sorted(groups.items(), key=lambda group: group[0]):
        words = _words(missing, is_open=is_open, several=len(names) > 1)
        yield Silence(tuple(names), words, missing, is_open)


def _words(missing: Sequence[Side], *, is_open: bool, several: bool) -> str:
    whose = "their" if several else "its"
    if is_open:
        what = "either side" if len(missing) > 1 else f"the {missing[0]}"
        return f"left open whether {what} is in {whose} articles here"
    if len(missing) > 1:
        return f"neither side is in {whose} articles here"
    return f"the {missing[0]} is not in {whose} articles here"
