"""Documents of word processors become the paragraphs that they show."""

import zlib
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from claimcompare.articles.markup import block_text, parsed, prepare
from claimcompare.articles.records import Extracted, Source, too_large
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

DOCUMENT = "word/document.xml"
_ABOUT = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/elements/1.1/}"
_XML = ".xml"
_HIDES = b"vanish"
_HIDDEN = "//w:r[w:rPr/w:vanish[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off')]]"
_WORDS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_SHOWN = 120
_NOTES = (
    "//sup[a[starts-with(@id, 'footnote-ref-') or starts-with(@id, 'endnote-ref-')]]"
    " | //ol[li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]]"
)
# What the library runs into where a file is broken.
_BROKEN = (
    BadZipFile, ExpatError, zlib.error, ValueError, TypeError, LookupError, AttributeError,
    RuntimeError, OSError, EOFError,
)  # fmt: skip


def read_docx(source: Source, settings: ReadSettings) -> Extracted:
    """The article of a DOCX as it stands with all changes accepted; raises ArticleError.

    Footnotes, comments, heads and feet are left out. When the file was made is no date of
    publication, so that there is none.
    """
    try:
        with ZipFile(BytesIO(source.raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > settings.max_bytes:
                raise too_large(source.name, settings.max_bytes)
            about = _about(parts)
            text = _text(_as_shown(parts))
    except _BROKEN as error:
        what = " ".join(str(error).split())[:_SHOWN] or type(error).__name__
        raise ArticleError(
            f"{source.name}: is a broken DOCX ({what}); save it again, or as text",
            path=source.name,
        ) from error
    return Extracted(text=text, title=about.get("title"), author=about.get("creator"))


def _as_shown(parts: ZipFile) -> BytesIO:
    """The same document without the text that is hidden in it."""
    shown = BytesIO()
    with ZipFile(shown, "w") as copy:
        for name in parts.namelist():
            content = parts.read(name)
            if _HIDES in content and name.endswith(_XML):
                content = _without_hidden(content)
            copy.writestr(name, content)
    return shown


def _without_hidden(content: bytes) -> bytes:
    from lxml.etree import fromstring, tostring

    root = fromstring(content, _parser())
    for hidden in root.xpath(_HIDDEN, namespaces=_WORDS):
        hidden.getparent().remove(hidden)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _text(document: BytesIO) -> str:
    from mammoth import convert_to_html

    # What a document says of how to convert it could hide what it shows.
    made = convert_to_html(document, include_embedded_style_map=False, convert_image=lambda _: [])
    tree = parsed(f"<body>{made.value}</body>")
    if tree is None:
        return ""
    for note in tree.xpath(_NOTES):
        note.drop_tree()
    for paragraph in tree.xpath("//*[self::td or self::th]/p[last() = 1]"):
        paragraph.drop_tag()
    prepare(tree)
    return block_text(tree)


def _about(parts: ZipFile) -> dict[str, Any]:
    """What the document says of itself, by the names of Dublin Core."""
    from lxml.etree import fromstring

    if _ABOUT not in parts.namelist():
        return {}
    root = fromstring(parts.read(_ABOUT), _parser())
    return {one.tag.removeprefix(_TERMS): one.text for one in root.iterchildren(f"{_TERMS}*")}


def _parser() -> Any:
    from lxml.etree import XMLParser

    return XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
