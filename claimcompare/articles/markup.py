"""Trees of HTML: parsed, without what nobody sees, and as blocks of text."""

import re
import sys
from collections.abc import Iterator
from typing import Any

# What nobody sees could still be read as a claim of the page.
_HIDDEN = (
    "//body//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_PHRASES = tuple(
    """abbr acronym b big cite dfn em font i ins mark nobr q s small strike strong sub sup tt u
    wbr""".split()
)
_MOSTLY = 1 / 3
_BLOCKS = frozenset(
    """address article blockquote body br caption center dd details div dl dt fieldset figcaption
    figure h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr
    ul""".split()
)
_NO_TEXT = frozenset(
    """aside audio button canvas footer form head iframe nav noscript option script select
    style svg template textarea video""".split()
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_MARKS = {"li": "- ", "td": " | ", "th": " | "}
# NUL would end the page for the parser, and trees hold none of the others.
_NO_XML = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#([xX][0-9A-Fa-f]{1,9}|\d{1,9});?")
# The parser takes time with the square of their number.
_MANY_ATTRIBUTES = re.compile(
    r"""(<[A-Za-z][^\s<>/]*+)(?:[\s/]++[^\s<>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>]*+))?){999,}+"""
)
_SPACE = re.compile(r"\s+")


def parsed(text: str) -> Any:
    """The tree of a page or a piece of one, None where there is nothing in it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    content = without_controls(_MANY_ATTRIBUTES.sub(r"\1", text)).encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(content, parser=parser)
    except ParserError:
        return None


def without_controls(text: str) -> str:
    """The text with a space for each character that no HTML or XML may hold or refer to."""
    return _REFERENCE.sub(_referred, _NO_XML.sub(" ", text))


def _referred(reference: re.Match[str]) -> str:
    digits = reference[1]
    value = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    fits = value <= sys.maxunicode and not _NO_XML.fullmatch(chr(value))
    return reference[0] if fits else " "


def prepare(tree: Any) -> None:
    """Take out what is hidden and what only decorates words, so that no sentence is torn."""
    from lxml.etree import strip_elements, strip_tags

    for quoted in tree.iter("q"):
        _quote(quoted)
    for source in tree.xpath("//blockquote//footer"):
        source.tag = "p"
    for hidden in tree.xpath(_HIDDEN):
        hidden.tag = "template"
    for paragraph in tree.iter("p"):
        _keep_links_in(paragraph)
    strip_elements(tree, "template", with_tail=False)
    strip_tags(tree, *_PHRASES)
    for sentence in list(tree.iter("p", "h1", "h2", "h3")):
        strip_tags(sentence, "span")


def _keep_links_in(paragraph: Any) -> None:
    """Make links that are a part of what is said words; one of links only is navigation."""
    length = len(paragraph.text_content())
    for link in list(paragraph.iter("a")):
        if len(link.text_content()) < _MOSTLY * length:
            link.tag = "span"


def block_text(tree: Any) -> str:
    """The text that a reader sees, with an empty line between blocks."""
    return paragraphs("".join(_pieces(tree)))


def paragraphs(text: str) -> str:
    """The lines of a text with an empty line between them, without the edges of tables."""
    lines = _INVISIBLE.sub("", text).split("\n")
    return "\n\n".join(filter(None, (" ".join(line.split()).strip("| ") for line in lines)))


def _pieces(tree: Any) -> Iterator[str]:
    """Text in the order of reading, with a line feed wherever a block begins or ends."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            yield "\n"
        if event == "end":
            yield _SPACE.sub(" ", element.tail or "")
        elif element.tag in _NO_TEXT:
            walk.skip_subtree()
        else:
            yield _MARKS.get(element.tag, "")
            yield _SPACE.sub(" ", element.text or "")


def _quote(element: Any) -> None:
    """Write the quotation marks that a browser shows around this element."""
    element.text = f"\u201c{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}\u201d"
    else:
        element.text += "\u201d"
