"""Ways in: whatever holds articles becomes text, text becomes sentences with offsets."""

from claimcompare.articles.brought import ReadFile
from claimcompare.articles.files import read_text
from claimcompare.articles.heads import dateline_end, title_of, without_dateline
from claimcompare.articles.labels import is_question
from claimcompare.articles.lines import one_line
from claimcompare.articles.paragraphs import ends_paragraph
from claimcompare.articles.passages import passages
from claimcompare.articles.quotations import has_quotation_mark, is_quotation, quotations
from claimcompare.articles.reading import (
    Articles,
    articles_of,
    iter_articles,
    read_article,
    read_articles,
)
from claimcompare.articles.segmenters import Segmenter
from claimcompare.articles.sentences import sentences
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.turns import Turn, turn_at, turns

__all__ = [
    "Articles",
    "ReadFile",
    "ReadSettings",
    "Segmenter",
    "Turn",
    "articles_of",
    "dateline_end",
    "ends_paragraph",
    "has_quotation_mark",
    "is_question",
    "is_quotation",
    "iter_articles",
    "one_line",
    "passages",
    "quotations",
    "read_article",
    "read_articles",
    "read_text",
    "sentences",
    "title_of",
    "turn_at",
    "turns",
    "without_dateline",
]
