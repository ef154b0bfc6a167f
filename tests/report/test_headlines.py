"""What articles are called."""

from claimcompare.report.headlines import headline
from claimcompare.schema import Article

TEXT = "Quay closed for good\n\nThe quay is dry."


def test_the_title_goes_before_the_first_line_the_outlet_and_the_id() -> None:
    article = Article(id="a", text=TEXT, title="Dock shut", publisher="Tarn Courier")
    assert headline(article) == "Dock shut"
    assert headline(article.model_copy(update={"title": None})) == "Quay closed for good"
    plain = article.model_copy(update={"title": None, "text": "The quay is dry."})
    assert headline(plain) == "Tarn Courier"
    assert headline(plain.model_copy(update={"publisher": None})) == "a"
