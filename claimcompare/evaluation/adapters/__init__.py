"""Data sets by others and our own become gold; nothing is downloaded."""

from claimcompare.evaluation.adapters.attributions import read_attributions
from claimcompare.evaluation.adapters.brought import Adapter, read_brought
from claimcompare.evaluation.adapters.comparisons import read_comparisons
from claimcompare.evaluation.adapters.events import gold_schema
from claimcompare.evaluation.adapters.pairs import read_pairs
from claimcompare.evaluation.adapters.relations import read_relations

__all__ = [
    "Adapter",
    "gold_schema",
    "read_attributions",
    "read_brought",
    "read_comparisons",
    "read_pairs",
    "read_relations",
]
