"""The items of a data set, each once."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from claimcompare.errors import GoldError
from claimcompare.evaluation.adapters.rows import Placed, bad
from claimcompare.evaluation.gold import (
    AttributionItem,
    BadRow,
    ComparisonItem,
    Gold,
    Item,
    PairItem,
    RelationItem,
)


class Collector:
    """What has been read so far: ids, and texts with their labels."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._texts: set[bytes] = set()
        self.bad_rows: list[BadRow] = []
        self.copies = 0

    def is_new(self, found: Placed[Item], sameness: tuple[str, ...]) -> bool:
        """Whether the item counts; a second one of the same id is a bad row."""
        item = found.item
        if item.id in self._ids:
            reason = f"the id {item.id!a} is that of an earlier one"
            self.bad_rows.append(bad(found.path, found.row, reason))
            return False
        self._ids.add(item.id)
        digest = _digest(sameness)
        is_copy = digest in self._texts
        self._texts.add(digest)
        self.copies += is_copy
        return not is_copy


def collect(
    path: Path,
    found: Iterable[Placed[Item] | BadRow],
    gold: type[Gold[Item]],
    sameness: Callable[[Item], tuple[str, ...]],
) -> Gold[Item]:
    """What was found, without copies; raises GoldError if no row is good."""
    collector, items = Collector(), list[Item]()
    for one in found:
        if isinstance(one, BadRow):
            collector.bad_rows.append(one)
        elif collector.is_new(one, sameness(one.item)):
            items.append(one.item)
    if not items:
        first = next(iter(collector.bad_rows), None)
        reason = f"no row is good; the first: {first}" if first else "holds no row"
        raise GoldError(f"{path}: {reason}", path=path)
    return gold(items=tuple(items), bad_rows=tuple(collector.bad_rows), copies=collector.copies)


def relation_sameness(item: RelationItem) -> tuple[str, ...]:
    """What makes two relations one; the same words of two speakers stay two."""
    return (item.relation, item.proposition, item.claim, item.speaker or "")


def pair_sameness(item: PairItem) -> tuple[str, ...]:
    """What makes two pairs one; the reverse of a pair was judged by itself and stays."""
    return (str(item.opposed), item.one, item.other)


def attribution_sameness(item: AttributionItem) -> tuple[str, ...]:
    """What makes two articles one."""
    return (item.article.text,)


def comparison_sameness(item: ComparisonItem) -> tuple[str, ...]:
    """What makes two events one."""
    return tuple(sorted(_normal(article.text) for article in item.articles))


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(parts: tuple[str, ...]) -> bytes:
    return hashlib.sha256("\0".join(map(_normal, parts)).encode()).digest()
