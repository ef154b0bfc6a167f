"""What an article is called where it is shown."""

from claimcompare.articles import title_of
from claimcompare.schema import Article


def headline(article: Article) -> str:
    """Its title, else its first line if that stands alone, else its outlet, else its id."""
    return article.title or title_of(article.text) or article.publisher or article.id
