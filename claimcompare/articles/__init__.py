"""Ways in: files become text, text becomes sentences with offsets."""

from claimcompare.articles.files import article_paths, decode, read_text
from claimcompare.articles.lines import one_line
from claimcompare.articles.segmenters import Segmenter
from claimcompare.articles.sentences import sentence_offsets

__all__ = ["Segmenter", "article_paths", "decode", "one_line", "read_text", "sentence_offsets"]
