"""The Markdown form: articles bring text into the document, never markup."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimcompare.report import render
from claimcompare.report.markdown import to_markdown
from tests.report import CONTROLS, HOSTILE, JOINED, LOCK, comparison, hostile, is_clean

OURS = {
    "heading_open",
    "paragraph_open",
    "bullet_list_open",
    "list_item_open",
    "blockquote_open",
    "strong_open",
}
ATTACKS = [
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "&lt;b&gt;",
    "[click](javascript:alert(1))",
    "](javascript:alert(1))",
    "![pixel](http://a.example/x.png)",
    "<http://a.example>",
    "[ref]: http://a.example",
    "| table | row |",
    "a | b\n--- | ---\nc | d",
    "# heading",
    "heading\n===",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "23) item",
    "> quote",
    "---",
    "***",
    "```sh\nrm\n```",
    "~~~",
    "    code",
    "`code`",
    "**bold** _em_ ~~gone~~",
    "line\\",
    "line  \nbreak",
    "\\# \\<b>",
]


def tokens(markdown: str) -> Iterator[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(markdown):
        yield token
        yield from token.children or ()


def shape(markdown: str) -> list[tuple[str, str]]:
    """What opens in the document, in order, beside text."""
    return [(one.type, one.tag) for one in tokens(markdown) if one.nesting == 1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_of_an_article_is_shown_as_it_is_written(attack: str) -> None:
    markdown = to_markdown(hostile(attack))
    found = list(tokens(markdown))
    assert {one.type for one in found if one.nesting == 1} == OURS
    assert shape(markdown) == shape(to_markdown(hostile("Harmless.")))
    assert sum(" ".join(attack.split()) in one.content for one in found if one.type == "text") >= 5


@settings(max_examples=100)
@given(text=HOSTILE.map(lambda text: f"{text}x"))
@example(text="x".join(CONTROLS) + "x")
def test_the_document_keeps_its_shape_whatever_articles_hold(text: str) -> None:
    markdown = to_markdown(hostile(text))
    assert shape(markdown) == shape(to_markdown(hostile("Harmless.")))
    kinds = {one.type for one in tokens(markdown) if one.nesting == 0}
    assert kinds == {"inline", "text"}


@settings(max_examples=50)
@given(text=HOSTILE)
@example(text="x".join(CONTROLS))
@example(text=JOINED)
def test_no_control_character_reaches_the_document(text: str) -> None:
    assert is_clean(render(hostile(text), "markdown"))


@pytest.mark.parametrize("special", "\\`*_{}[]<>#|~&")
def test_a_special_character_is_escaped_anywhere(special: str) -> None:
    assert to_markdown(hostile(f"lock{special}gate")).count(f"lock\\{special}gate") >= 5


@pytest.mark.parametrize("mark", ["-", "+", ".", ")", "1.", "23)"])
def test_a_list_mark_is_escaped_only_where_it_begins(mark: str) -> None:
    digits, last = mark[:-1], mark[-1]
    markdown = to_markdown(hostile(f"{mark} lock {mark} gate"))
    assert markdown.count(f"{digits}\\{last} lock {mark} gate") >= 5


def test_a_link_never_becomes_one() -> None:
    html = MarkdownIt("commonmark").render(to_markdown(hostile("[a](javascript:b) <script>")))
    assert "<a" not in html
    assert "<script" not in html


ADDRESSES = {
    "http://a.example/x": "http\\://a\\.example/x",
    "HTTPS://a.example": "HTTPS\\://a\\.example",
    "ftp://1.2.3.4": "ftp\\://1.2.3.4",
    "www.quay.example": "www\\.quay\\.example",
    "WWW.1.example": "WWW\\.1\\.example",
    "quay.example/x": "quay\\.example/x",
    "mailto:ines@quay.example": "mailto:ines\\@quay\\.example",
    "ines.vale@quay.example": "ines\\.vale\\@quay\\.example",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_text_where_readers_would_make_it_a_link(address: str) -> None:
    markdown = to_markdown(hostile(f"See {address} there"))
    assert markdown.count(f"See {ADDRESSES[address]} there") >= 5
    assert address not in markdown
    assert f"See {address} there" in "".join(one.content for one in tokens(markdown))


def test_what_is_no_address_is_written_as_it_is() -> None:
    said = "At 10:30 it cost 3.14. It is 2 @ 5: no www, and 1/2 // 3, see "
    assert f"{said}quay\\.example" in to_markdown(hostile(f"{said}quay.example"))


def test_the_sides_come_in_order_under_their_dispute() -> None:
    headings = [line for line in to_markdown(LOCK).split("\n") if line.startswith("#")]
    assert headings == [
        "# Comparison",
        "## The north lock is sound.",
        "### Support",
        "### Denial",
        "### Context",
        "### Abstained",
        "## In no dispute",
    ]


def test_each_claim_stands_on_its_own_side_the_surest_first() -> None:
    markdown = to_markdown(LOCK)
    order = ["### Support", "Lena Marsh", "Ines Quill", "### Denial", "Oskar Bray", "### Context"]
    order += ["The article itself", "### Abstained", "Milo Strand", "## In no", "Carla Zell"]
    places = [markdown.index(one) for one in order]
    assert places == sorted(places)


def test_a_claim_is_shown_with_how_sure_it_is_and_its_words() -> None:
    said = "The north lock is sound.\n\n  > “It is sound,” Quill said.\n"
    assert f"- **Ines Quill** (about as likely as not, 61%): {said}" in to_markdown(LOCK)


def test_no_claims_are_said_in_one_line() -> None:
    parts = to_markdown(comparison()).split("\n\n")
    assert parts[:2] == ["# Comparison", "No claims found in 1 article."]
    assert len(parts) == 3


def test_the_form_ends_with_one_line_end() -> None:
    markdown = render(LOCK, "markdown")
    assert markdown.endswith("model tiny.\n")
