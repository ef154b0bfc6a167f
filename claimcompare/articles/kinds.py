"""What kind of file an article is in: by its name, by what a server says, or by its content."""

import codecs
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

from claimcompare.articles.fields import is_header
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError
from claimcompare.plugins import find

Kind = Literal[
    "text", "markdown", "html", "pdf", "docx", "rows", "table", "parquet", "feed", "xml", "mail",
    "captions",
]  # fmt: skip
OF_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "rows"),
    **dict.fromkeys((".csv", ".tsv"), "table"),
    ".parquet": "parquet",
    **dict.fromkeys((".rss", ".atom"), "feed"),
    ".xml": "xml",
    **dict.fromkeys((".eml", ".mhtml", ".mht"), "mail"),
    **dict.fromkeys((".srt", ".vtt"), "captions"),
}
OF_MEDIA_TYPE: dict[str, Kind] = {
    "text/markdown": "markdown",
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "html"),
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    **dict.fromkeys(("application/json", "application/x-ndjson", "application/jsonl"), "rows"),
    "text/csv": "table",
    "application/vnd.apache.parquet": "parquet",
    **dict.fromkeys(("application/rss+xml", "application/atom+xml"), "feed"),
    **dict.fromkeys(("application/xml", "text/xml"), "xml"),
    **dict.fromkeys(("message/rfc822", "multipart/related", "application/x-mimearchive"), "mail"),
    **dict.fromkeys(("text/vtt", "application/x-subrip"), "captions"),
}
PACKED = ".gz"
MANY = frozenset({"rows", "table", "parquet", "feed"})
# A row of these is an article, so that they are read however large they are.
IN_PORTIONS = frozenset({"rows", "table"})
CALLED: Mapping[str, str] = {
    "text": "text",
    "markdown": "Markdown",
    "html": "HTML",
    "pdf": "PDF",
    "docx": "DOCX",
    "rows": "JSON",
    "table": "CSV",
    "parquet": "Parquet",
    "feed": "a feed",
    "xml": "XML",
    "mail": "mail",
    "captions": "subtitles",
}
UNREADABLE = {
    **dict.fromkeys(
        (".doc", ".odt", ".rtf", ".pages"), "a word processor's document; .docx can be read"
    ),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet; CSV can be read"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "a presentation"),
    **dict.fromkeys((".epub", ".mobi"), "an e-book"),
    **dict.fromkeys((".msg", ".mbox"), "mail; .eml can be read"),
    **dict.fromkeys((".ass", ".ssa", ".sub", ".ttml"), "subtitles; .srt and .vtt can be read"),
    **dict.fromkeys((".webarchive", ".warc", ".maff"), "an archive of pages"),
    **dict.fromkeys((".tex", ".ps", ".wpd"), "a typesetter's document"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz"), "an archive of files"),
}
_PDF = b"%PDF-"
# PDF readers look that far for the mark.
_PDF_WITHIN = 1_024
_ZIP = b"PK\x03\x04"
# Archives list the names of what they hold as they are.
_IN_DOCX = b"word/"
_PARQUET = b"PAR1"
_MARKED: tuple[Kind, ...] = ("pdf", "docx", "parquet")
_SIGNATURES = (
    (_ZIP, "a ZIP file, as some documents are"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a document of an old word processor, or one with a password",
    ),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"bplist00", "a list of properties, as archives of pages are"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_ADVICE = "save it as text, HTML or PDF"
_LOOKED_AT = 4_096
_HTML = re.compile(
    r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"<\?xml\b|<!doctype\s+(?!html)|<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_XHTML = re.compile(r"<(?:html|!doctype\s+html)\b", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:[A-Za-z][\w-]*+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?MIME-Version:\s*1\.0\b", re.IGNORECASE
)
_CAPTIONS = re.compile(r"WEBVTT\b|(?:\d+\s*\n)?\d\d:\d\d:\d\d,\d{3} --> ")
# Text has no other controls than those of a printer.
_BINARY = re.compile(r"[\0-\x08\x0e-\x1a]")
_ROWS = re.compile(r'(?:\[\s*)?\{\s*"')
_FRONT_MATTER = re.compile(r"(?:---\r?\n\s*\w+:|\+\+\+\r?\n\s*\w+\s*=)")

_BEGINNINGS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_HTML, "html"),
    (_ROWS, "rows"),
    (_FRONT_MATTER, "markdown"),
    (_MAIL, "mail"),
    (_CAPTIONS, "captions"),
)
# What no writer begins a text with, as some do with a tag of HTML.
_NO_TEXTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE), "html"),
    (re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE), "xml"),
    (_ROWS, "rows"),
    (_MAIL, "mail"),
    (_CAPTIONS, "captions"),
)


def kind_of(source: Source) -> Kind | str:
    """The kind that its name or its server tells, else its content; raises ArticleError.

    What another package reads is of the kind that the name tells, as in "org".
    """
    told = OF_MEDIA_TYPE.get(source.media_type or "")
    if told is None and is_brought(source.suffix):
        return _without_stop(source.suffix)
    refuse_unreadable(source.name, source.suffix)
    named = OF_SUFFIX.get(source.suffix)
    marked = _marked(source.raw)
    if marked:
        if named not in (None, marked) and told is None:
            what = f"is a {CALLED[marked]} and no {CALLED[named]}; name it .{marked}"
            raise _fault(source, what)
        return marked
    signed = next((what for mark, what in _SIGNATURES if source.raw.startswith(mark)), None)
    if signed:
        raise _fault(source, f"is {signed}; {_ADVICE}")
    false = next((kind for kind in _MARKED if kind in (told, named)), None)
    if false:
        raise _fault(source, f"is no {CALLED[false]}, whatever it is called")
    kind = told or named
    if kind == "text":
        _refuse_other(source)
    return _by_content(source) if kind in (None, "xml") else kind


def _marked(raw: bytes) -> Kind | None:
    """The kind of a file that says itself what it is."""
    if _PDF in raw[:_PDF_WITHIN]:
        return "pdf"
    if raw.startswith(_PARQUET):
        return "parquet"
    return "docx" if raw.startswith(_ZIP) and _IN_DOCX in raw else None


def is_ours(kind: Kind | str) -> bool:
    """Whether it is a kind that is read here, and not by another package."""
    return kind in CALLED


def suffix_of(path: PurePath) -> str:
    """The end of a name that tells the kind, in lower case; how it is packed does not."""
    last = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if last == PACKED else last


def refuse_unreadable(name: str, suffix: str) -> None:
    """Raise ArticleError for a suffix that is known, but not read."""
    what = UNREADABLE.get(suffix)
    if what and not is_brought(suffix):
        raise ArticleError(f"{name}: is {what}; {_ADVICE}", path=name)


def is_brought(suffix: str) -> bool:
    """Whether another package reads files with that suffix; raises PluginError if we do, too."""
    shipped = [_without_stop(suffix) for suffix in OF_SUFFIX]
    return find("articles", _without_stop(suffix), shipped) is not None


def _without_stop(suffix: str) -> str:
    return suffix.removeprefix(".")


def _by_content(source: Source) -> Kind:
    start = _beginning(source.raw)
    if _XML.match(start):
        if _FEED.search(start):
            return "feed"
        if not _XHTML.search(start):
            raise _fault(source, f"is XML, but no RSS or Atom feed; {_ADVICE}")
        return "html"
    known = next((kind for begins, kind in _BEGINNINGS if begins.match(start)), None)
    if known:
        return known
    if _BINARY.search(start):
        raise _fault(source, f"is of a kind that is not known; {_ADVICE}")
    return "table" if is_header(start.partition("\n")[0]) else "text"


def _refuse_other(source: Source) -> None:
    """Raise ArticleError for what is called a text and was saved as something else."""
    start = _beginning(source.raw)
    found = next((kind for begins, kind in _NO_TEXTS if begins.match(start)), None)
    if found:
        suffix = next(one for one, kind in OF_SUFFIX.items() if kind == found)
        raise _fault(source, f"is {CALLED[found]} and no text; name it {suffix}")


def _beginning(raw: bytes) -> str:
    is_utf_16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = raw[:_LOOKED_AT].decode("utf-16" if is_utf_16 else "utf-8-sig", "ignore")
    return text.lstrip()


def _fault(source: Source, what: str) -> ArticleError:
    return ArticleError(f"{source.name}: {what}", path=source.name)
