"""URLs: taken apart, and shown without what is nobody's business."""

import pytest

from claimcompare.articles.targets import is_url, target_of
from claimcompare.errors import ArticleError


@pytest.mark.parametrize(
    ("name", "expected"),
    [("https://a.example", True), ("HTTP://a", True), ("file:///a", True), ("C:\\a.txt", False),
     ("C:/a.txt", False), ("a.txt", False), ("-", False), ("news/*.html", False)],
)  # fmt: skip
def test_what_is_a_url(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_url(name) == expected


def test_a_url_is_shown_without_login_and_query() -> None:
    target = target_of("https://una:pass%20word@News.Example:8443/a/dry.html?token=1#top")
    assert target.shown == "https://news.example:8443/a/dry.html?…"
    assert target.url == "https://news.example:8443/a/dry.html?token=1"
    assert (target.stem, target.suffix) == ("news.example:8443/a/dry.html", ".html")
    assert target.login == "dW5hOnBhc3Mgd29yZA=="
    assert target.origin == ("https", "news.example", 8443)


def test_usual_ports_letters_of_all_scripts_and_ipv6() -> None:
    assert target_of("http://a.example:80").url == "http://a.example/"
    assert target_of("http://müller.example/ä b").url == "http://xn--mller-kva.example/%C3%A4%20b"
    assert target_of("http://[2001:db8::1]/x").place == "[2001:db8::1]"
    assert target_of("http://[2001:db8::1]/x").host == "2001:db8::1"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://una:secret@a.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript://a%0aalert(1)", "only http and https"),
        ("https:///x", "names no host"),
        ("http://una:secret@[::1/x?secret", "no URL that can be taken apart"),
        ("http://una:secret@a.example:99999/", "no URL that can be taken apart"),
    ],
)
def test_other_urls_are_refused_without_showing_a_login(url: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        target_of(url)
    assert "secret" not in f"{caught.value}{caught.value.path}"
