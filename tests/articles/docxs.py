"""DOCX files made for tests, part by part."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
# A few letters that stand for ten thousand million.
BOMB = (
    "<!DOCTYPE x [<!ENTITY a0 'no '>"
    + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 11))
    + f"]><w:document xmlns:w='{_W}'><w:body><w:p><w:r><w:t>&a10;</w:t></w:r></w:p></w:body>"
    "</w:document>"
)


def run(text: str) -> str:
    """A stretch of text."""
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def p(*texts: str, style: str = "") -> str:
    """A paragraph of stretches."""
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}{''.join(map(run, texts))}</w:p>"


def docx(
    body: str,
    *,
    about: tuple[str, str] = ("", ""),
    footnote: str = "",
    document: str = "",
    packed: bool = True,
) -> bytes:
    """A document with a title and an author; `document` stands for the whole of its main part."""
    title, author = about
    main = document or f"<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
        "content-types'><Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}'><Relationship Id='a' Type='{_RELS}"
        "/officeDocument' Target='word/document.xml'/></Relationships>",
        "docProps/core.xml": f"<p:coreProperties xmlns:p='{_CORE}' xmlns:dc='http://purl.org/dc/"
        f"elements/1.1/'><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        "</p:coreProperties>",
        "word/document.xml": main,
        "word/footnotes.xml": f"<w:footnotes xmlns:w='{_W}'><w:footnote w:id='2'>{p(footnote)}"
        "</w:footnote></w:footnotes>",
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED if packed else ZIP_STORED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()
