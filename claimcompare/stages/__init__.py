"""The three steps from articles to disputes, one file per prompt."""

from claimcompare.stages.classify import Classification, aclassify, classify
from claimcompare.stages.copies import Repeats, find_repeats
from claimcompare.stages.extract import (
    Extraction,
    aextract,
    aextract_each,
    aextract_new,
    extract,
    extract_each,
)
from claimcompare.stages.flow import Progress
from claimcompare.stages.log import StageLog
from claimcompare.stages.pair import Pairing, apair, pair
from claimcompare.stages.placing import Placements, aplace
from claimcompare.stages.settings import CompareSettings

__all__ = [
    "Classification",
    "CompareSettings",
    "Extraction",
    "Pairing",
    "Placements",
    "Progress",
    "Repeats",
    "StageLog",
    "aclassify",
    "aextract",
    "aextract_each",
    "aextract_new",
    "apair",
    "aplace",
    "classify",
    "extract",
    "extract_each",
    "find_repeats",
    "pair",
]
