"""Where the sentences of a text begin and end."""

from claimcompare.articles import sentences
from claimcompare.schema import Article


def sentence_offsets(text: str, language: str | None = None) -> list[tuple[int, int]]:
    article = Article(id="a", text=text, language=language)
    return [(one.start, one.end) for one in sentences(article)]
