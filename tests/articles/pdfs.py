"""PDF files made for tests, byte by byte."""

import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfrange <0020> <00FF> <0020> <0500> <05FF> <0500> endbfrange
endcmap end end"""
# The fonts, from the third object of a file on.
_BEFORE = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    (
        b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[5 0 R]"
        b"/ToUnicode 7 0 R>>"
    ),
    (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/DW 500/FontDescriptor 6 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/Any/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
    ),
    b"<</Length %d>>stream\n%s\nendstream" % (len(_TO_UNICODE), _TO_UNICODE),
)


def pdf(
    pages: Sequence[Sequence[str] | bytes],
    *,
    info: Mapping[str, str] | None = None,
    catalog: str = "",
    packed: bool = False,
) -> bytes:
    """A PDF of pages of lines, or of ready-made content.

    Letters of the font F must be those of Latin-1; the font H takes any, as UTF-16, half as wide
    as it is high.
    """
    first = 1 + len(_BEFORE) + 2
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    told = "".join(f"/{name} ({value})" for name, value in (info or {}).items())
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        *_BEFORE,
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {first + 1 + 2 * at} 0 R"
            "/Resources<</Font<</F 3 0 R/H 4 0 R>>>>>>".encode()
        )
        objects.append(_stream(page if isinstance(page, bytes) else _lines(page), packed=packed))
    return filed([*objects, f"<<{told}>>".encode()])


def _lines(lines: Sequence[str]) -> bytes:
    shown = [f"BT /F 11 Tf 14 TL 50 {760 - 14 * at} Td ({_escaped(line)}) Tj ET"
             for at, line in enumerate(lines)]  # fmt: skip
    return "\n".join(shown).encode("cp1252")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(content: bytes, *, packed: bool) -> bytes:
    content = zlib.compress(content) if packed else content
    how = "/Filter/FlateDecode" if packed else ""
    head = f"<</Length {len(content)}{how}>>stream\n"
    return head.encode() + content + b"\nendstream"


def filed(objects: Sequence[bytes]) -> bytes:
    """A file of numbered objects: the catalog first, the information on the document last."""
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\n"
    out.write(f"{trailer}startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
