"""The three steps from articles to disputes, one file per prompt."""

from claimcompare.stages.classify import Classification, aclassify, classify
from claimcompare.stages.extract import Extraction, aextract, extract
from claimcompare.stages.log import Progress, StageLog
from claimcompare.stages.pair import Pairing, apair, pair
from claimcompare.stages.settings import CompareSettings

__all__ = [
    "Classification",
    "CompareSettings",
    "Extraction",
    "Pairing",
    "Progress",
    "StageLog",
    "aclassify",
    "aextract",
    "apair",
    "classify",
    "extract",
    "pair",
]
