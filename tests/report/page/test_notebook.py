"""In a notebook: the page in a frame that cannot reach out of it."""

from html.parser import HTMLParser

from claimcompare.report.page import to_html
from tests.report import LOCK
from tests.report.page.attacks import everywhere


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_comparison_shows_itself_as_the_page_in_a_frame() -> None:
    ((tag, attributes),) = Elements(LOCK._repr_html_() or "").found
    assert tag == "iframe"
    assert attributes["srcdoc"] == to_html(LOCK)
    assert attributes["title"]


def test_the_frame_has_no_part_in_the_notebook() -> None:
    ((_, attributes),) = Elements(LOCK._repr_html_() or "").found
    allowed = (attributes["sandbox"] or "").split()
    assert "allow-same-origin" not in allowed
    assert "allow-top-navigation" not in allowed


def test_no_text_ends_the_frame() -> None:
    text = everywhere("'\"></iframe><script>alert(1)</script>")._repr_html_() or ""
    assert [tag for tag, _ in Elements(text).found] == ["iframe"]
