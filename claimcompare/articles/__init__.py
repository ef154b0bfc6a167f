"""Ways in: files become text, text becomes sentences with offsets."""

from claimcompare.articles.files import article_paths, decode, read_text
from claimcompare.articles.sentences import sentence_offsets

__all__ = ["article_paths", "decode", "read_text", "sentence_offsets"]
