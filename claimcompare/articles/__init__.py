"""Ways in: whatever holds articles becomes text, text becomes sentences with offsets."""

from claimcompare.articles.files import read_text
from claimcompare.articles.lines import one_line
from claimcompare.articles.records import Extracted
from claimcompare.articles.segmenters import Segmenter
from claimcompare.articles.sentences import sentence_offsets
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.sources import each_in, one_at, one_in

__all__ = [
    "Extracted",
    "ReadSettings",
    "Segmenter",
    "each_in",
    "one_at",
    "one_in",
    "one_line",
    "read_text",
    "sentence_offsets",
]
