"""Kinds: told by name, by server or by content, and said where they contradict each other."""

import codecs

import pytest

from claimcompare.articles.kinds import Kind, kind_of
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError

PDF = b"%PDF-1.7\n"


def kind(raw: bytes, suffix: str = "", media_type: str | None = None) -> str:
    return kind_of(Source(f"a{suffix}", "a", raw, suffix, media_type))


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        (".txt", "text"), (".text", "text"), (".md", "markdown"), (".markdown", "markdown"),
        (".html", "html"), (".htm", "html"), (".xhtml", "html"), (".jsonl", "rows"),
        (".ndjson", "rows"), (".json", "rows"), (".csv", "table"), (".tsv", "table"),
        (".rss", "feed"), (".atom", "feed"), (".eml", "mail"), (".mhtml", "mail"), (".mht", "mail"),
        (".srt", "captions"), (".vtt", "captions"),
    ],
)  # fmt: skip
def test_a_name_tells(suffix: str, expected: Kind) -> None:
    assert kind(b"The quay is dry.", suffix) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"The quay is dry, she said.", "text"),
        (b"", "text"),
        (b"<3 is what she said", "text"),
        (b"{not json} she said", "text"),
        (b"text, body and content matter, she said. And more.", "text"),
        (b"text", "text"),
        (PDF, "pdf"),
        (b"\n\n" + PDF, "pdf"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b" \n<!-- saved --><HTML lang=en>", "html"),
        (codecs.BOM_UTF8 + b"<html>", "html"),
        (codecs.BOM_UTF16_LE + "<html>".encode("utf-16-le"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "html"),
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0">', "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x">', "feed"),
        (b'{"text": "The quay is dry."}', "rows"),
        (b'[\n {"text": "The quay is dry."}]', "rows"),
        (b"---\ntitle: Quay\n---\nDry.", "markdown"),
        (b'+++\ntitle = "Quay"\n+++\nDry.', "markdown"),
        (b"id,title,text\n1,Quay,Dry.", "table"),
        (b'"id";"Text"\n1;Dry.', "table"),
        (b"id\tbody\n1\tDry.", "table"),
        (b"From: x\r\nReceived: by y\r\n  on Monday\r\nMIME-Version: 1.0\r\n\r\nDry.", "mail"),
        (b"From: Una Brock, who said: no\nto: all\n\nMIME-Version: 1.0", "text"),
        (b"WEBVTT\n\n", "captions"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nDry.", "captions"),
    ],
)
def test_content_tells_where_no_name_does(raw: bytes, expected: Kind) -> None:
    assert kind(raw) == expected
    assert kind(raw, ".2026-05") == expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [("text/html", "html"), ("text/csv", "table"), ("application/rss+xml", "feed"),
     ("application/json", "rows"), ("text/markdown", "markdown")],
)  # fmt: skip
def test_a_server_goes_before_the_name(media_type: str, expected: Kind) -> None:
    assert kind(b"The quay is dry.", ".php", media_type) == expected
    assert kind(b"The quay is dry.", ".txt", media_type) == expected


def test_a_pdf_is_one_whatever_a_server_says() -> None:
    assert kind(PDF, ".php", "text/html") == "pdf"
    assert kind(PDF, "", "application/octet-stream") == "pdf"


def test_xml_may_be_a_feed_or_a_page() -> None:
    assert kind(b"<rss><channel>", ".xml") == "feed"
    assert kind(b"<?xml?><html>", ".xml", "text/xml") == "html"
    with pytest.raises(ArticleError, match=r"a\.xml: is XML, but no RSS or Atom feed"):
        kind(b"<?xml version='1.0'?><svg>", ".xml")


@pytest.mark.parametrize("suffix", [".htm", ".txt", ".csv"])
def test_a_pdf_under_another_name_says_so(suffix: str) -> None:
    with pytest.raises(ArticleError, match=rf"a\{suffix}: is a PDF and no .*; name it \.pdf"):
        kind(PDF, suffix)


def test_something_else_named_pdf_says_so() -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf: is no PDF"):
        kind(b"<html>", ".pdf")


@pytest.mark.parametrize(
    ("suffix", "words"),
    [(".doc", "word processor.*; .docx can be read"), (".rtf", "word processor"),
     (".odt", "word processor"), (".xlsx", "CSV can be read"),
     (".epub", "e-book"), (".pptx", "presentation"), (".msg", "mail"),
     (".webarchive", "archive of pages"), (".ass", "subtitles; .srt and .vtt can be read")],
)  # fmt: skip
def test_known_kinds_that_are_not_read_say_what_to_do(suffix: str, words: str) -> None:
    with pytest.raises(ArticleError, match=f"{words}.*; save it as text, HTML or PDF"):
        kind(b"anything", suffix)


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"PK\x03\x04", "a ZIP file"), (b"{\\rtf1 x", "an RTF"), (b"\x89PNG\r\n\x1a\n", "an image"),
     (b"\x1f\x8b\x08", "gzip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old word processor")],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["", ".txt", ".html"])
def test_binary_content_is_called_what_it_is(raw: bytes, words: str, suffix: str) -> None:
    with pytest.raises(ArticleError, match=f"a{suffix}: is .*{words}"):
        kind(raw, suffix)


@pytest.mark.parametrize(
    "raw", [b"SQLite format 3\x00 said", b"said \x01\x02", b"\x7fELF\x02 said"]
)
@pytest.mark.parametrize("suffix", ["", ".dat", ".2026-05"])
def test_what_is_not_known_and_no_text_is_refused(raw: bytes, suffix: str) -> None:
    with pytest.raises(ArticleError, match=f"a{suffix}: is of a kind that is not known; save it"):
        kind(raw, suffix)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<!DOCTYPE html><p>The quay is dry.", "is HTML and no text; name it .html"),
        (b"\n<html lang=en>The quay is dry.", "is HTML and no text"),
        (b'{"text": "The quay is dry."}', "is JSON and no text; name it .jsonl"),
        (b"From: x\nMIME-Version: 1.0\n\nThe quay is dry=2E", "is mail and no text; name it .eml"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nThe quay is dry.", "is subtitles and no text"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "is XML and no text; name it .xml"),
    ],
)
def test_another_format_is_not_read_as_text(raw: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=rf"a\.txt: {words}"):
        kind(raw, ".txt")


@pytest.mark.parametrize(
    "raw",
    [
        b"<p>The quay is dry.</p>",
        b"<h1>Quay</h1> The quay is dry.",
        b"---\ntitle: Quay\n---\nThe quay is dry.",
        b"text,title\nThe quay is dry.",
        b"{so} it is dry",
        b"The quay \x01 is dry.",
    ],
)
def test_what_only_begins_like_another_format_is_text(raw: bytes) -> None:
    assert kind(raw, ".txt") == "text"
