"""Data sets that other packages read, or a function of whoever evaluates."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimcompare.errors import PluginError
from claimcompare.evaluation.adapters.collect import (
    attribution_sameness,
    collect,
    comparison_sameness,
    pair_sameness,
    relation_sameness,
)
from claimcompare.evaluation.adapters.relations import related
from claimcompare.evaluation.adapters.rows import Placed, located
from claimcompare.evaluation.gold import (
    AttributionItem,
    BadRow,
    ComparisonItem,
    Gold,
    GoldItem,
    PairItem,
    RelationItem,
)
from claimcompare.plugins import called, load

# Reads the items of a task, and says which rows hold none; raises GoldError.
Adapter = Callable[[Path], Iterable[GoldItem | BadRow]]
_SAMENESS: Mapping[type[GoldItem], Callable[[Any], tuple[str, ...]]] = {
    AttributionItem: attribution_sameness,
    ComparisonItem: comparison_sameness,
    PairItem: pair_sameness,
    RelationItem: relation_sameness,
}


def read_brought(
    adapter: str | Adapter, path: Path, kind: type[GoldItem], *, unrelated: bool
) -> Gold[Any]:
    """The items of a kind that an adapter reads, each once; raises GoldError, PluginError.

    Those whose claims are unrelated may be left out, since they have no stance.
    """
    found = tuple(_placed(adapter, located(path), kind))
    kept = found if unrelated else related(path, found)
    gold: Gold[Any] = collect(path, kept, Gold[kind], _SAMENESS[kind])  # type: ignore[valid-type]
    return gold.model_copy(update={"unrelated": len(found) - len(kept)})


def _placed(
    adapter: str | Adapter, path: Path, kind: type[GoldItem]
) -> Iterator[Placed[Any] | BadRow]:
    """The items by their place among what the adapter gives."""
    read: Adapter = load("adapters", adapter) if isinstance(adapter, str) else adapter
    for number, found in enumerate(read(path), start=1):
        if isinstance(found, BadRow):
            yield found
        elif isinstance(found, kind):
            yield Placed(path, number, found)
        else:
            name = called(adapter)
            raise PluginError(
                f"the adapter {name!r} reads {type(found).__name__}, and this task is scored on "
                f"{kind.__name__}",
                name=name,
            )
