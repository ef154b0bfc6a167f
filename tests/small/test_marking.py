"""What is said in a passage, without what only stands before it."""

from claimcompare import Article
from claimcompare.small.marking import marked


def test_a_dateline_is_not_said() -> None:
    text = "date 2025-12-29 On Monday Ines Vale said that the dam is safe. It rained."
    article = Article(id="a", text=text)
    first, second = marked(article, None, rules=True)
    assert first.text == "On Monday Ines Vale said that the dam is safe."
    assert text[first.span.start : first.span.end] == first.text
    assert second.text == "It rained."
