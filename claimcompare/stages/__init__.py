"""The steps from articles to disputes: what they take and give, and how models do them."""

from claimcompare.stages.articles import read_all, read_each
from claimcompare.stages.bars import bars, shown
from claimcompare.stages.changes import changes
from claimcompare.stages.checks import check_event, distinct
from claimcompare.stages.copies import Repeats, find_repeats
from claimcompare.stages.disputes import disputes
from claimcompare.stages.flow import Progress, aside
from claimcompare.stages.log import StageLog
from claimcompare.stages.protocols import (
    Event,
    Extraction,
    Judge,
    Pairer,
    Pairing,
    Parts,
    Placements,
    Reader,
    Reading,
    Resolution,
    Resolver,
)
from claimcompare.stages.settings import CompareSettings, MakeParts

__all__ = [
    "CompareSettings",
    "Event",
    "Extraction",
    "Judge",
    "MakeParts",
    "Pairer",
    "Pairing",
    "Parts",
    "Placements",
    "Progress",
    "Reader",
    "Reading",
    "Repeats",
    "Resolution",
    "Resolver",
    "StageLog",
    "aside",
    "bars",
    "changes",
    "check_event",
    "disputes",
    "distinct",
    "find_repeats",
    "read_all",
    "read_each",
    "shown",
]
