"""PDF becomes text, page after page."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from claimcompare.articles.columns import Word, is_tangled, lines_of, without_copies
from claimcompare.articles.glyphs import words_of
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.reflow import reflowed
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 2_000
# In characters.
_LARGEST_PAGE = 200_000
_SHOWN = 120
# More than one odd character in ten is no text.
_TOLERATED = 10
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
     "\ufb05": "st", "\ufb06": "st"}
)  # fmt: skip
# Programs write the name of a file where a title should be.
_NO_TITLE = re.compile(
    r"\.\w{2,5}$|^Microsoft Word\b|^untitled\b|^\(?(?:un|an)\w*\)$", re.IGNORECASE
)


def read_pdf(source: Source, settings: ReadSettings) -> Extracted:
    """The article of a PDF with text in it, its columns one after the other; raises ArticleError.

    When the file was made is no date of publication, so that there is none.
    """
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        with closing(PdfDocument(source.raw)) as document:
            return _read(document, source.name, settings)
    except PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise _encrypted(source.name) from error
        what = " ".join(str(error).split())[:_SHOWN]
        raise _fault(source.name, f"is a broken PDF ({what}); print it to a new one") from error


def _read(document: "PdfDocument", name: str, settings: ReadSettings) -> Extracted:
    pages = list(_pages(document, name, settings.max_bytes))
    _check_text(pages, name)
    told = document.get_metadata_dict()
    title = told["Title"]
    return Extracted(
        text=reflowed(pages),
        title=None if _NO_TITLE.search(title.strip()) else title or None,
        author=told["Author"] or None,
        language=_language(document),
    )


def _pages(document: "PdfDocument", name: str, most: int) -> Iterator[str]:
    """The text of each page, as long as all of it stays below what a file may be large."""
    if len(document) > _MOST_PAGES:
        raise _fault(name, f"has more than {_MOST_PAGES:,} pages; split it into articles")
    length = 0
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as letters:
            count = letters.count_chars()
            if count > _LARGEST_PAGE:
                raise _fault(name, f"page {number + 1} holds too much to be one of an article")
            length += count
            if length > most:
                raise _fault(name, f"holds more than {most:,} characters; split it into articles")
            yield _text(words_of(letters), f"{name}: page {number + 1}").translate(_LIGATURES)


def _text(parts: list[list[Word]], place: str) -> str:
    """The lines of a page, those that most are drawn like first, then what is drawn askew."""
    parts = [without_copies(words) for words in parts]
    if any(map(is_tangled, parts)):
        raise ArticleError(
            f"{place}: its lines lie on one another and cannot be told apart; save it as text",
            path=place.partition(": ")[0],
        )
    return "\n".join(line for words in parts for line in lines_of(words))


def _check_text(pages: list[str], name: str) -> None:
    """Raise ArticleError where the pages are pictures, or their letters cannot be told."""
    bare = sum(not any(map(str.isalnum, page)) for page in pages)
    if bare * 2 > len(pages) or not pages:
        what = f"{bare} of its {len(pages)} pages hold no text, as scans do"
        raise _fault(name, f"{what}; run text recognition on it")
    text = "".join(pages)
    odd = sum(not letter.isprintable() and not letter.isspace() for letter in text)
    if odd * _TOLERATED > len(text):
        raise _fault(name, "does not tell which letters its text is of; run text recognition on it")


def _language(document: "PdfDocument") -> str | None:
    from ctypes import c_ushort

    from pypdfium2 import raw

    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    told = (c_ushort * (length // 2))()
    raw.FPDFCatalog_GetLanguage(document, told, length)
    return bytes(told).decode("utf-16-le", "replace").rstrip("\0") or None


def _encrypted(name: str) -> ArticleError:
    return _fault(name, "is encrypted; open it with its password and save a copy without one")


def _fault(name: str, what: str) -> ArticleError:
    return ArticleError(f"{name}: {what}", path=name)
