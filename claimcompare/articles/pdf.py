"""PDF becomes text, page after page."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.reflow import reflowed
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 2_000
# What pages may unpack to, in bytes, one and all of them.
_LARGEST_PAGE = 5_000_000
_LARGEST = 50_000_000
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
# What pypdf's own code runs into where a file is broken; its own errors are ValueErrors, too.
_BROKEN = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    NotImplementedError, RecursionError, OSError,
)  # fmt: skip


def read_pdf(source: Source, settings: ReadSettings) -> Extracted:
    """The article of a PDF with text in it; raises ArticleError.

    When the file was made is no date of publication, so that there is none.
    """
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        return _read(source, settings)
    except (DependencyError, FileNotDecryptedError) as error:
        raise _encrypted(source.name) from error
    except (PyPdfError, *_BROKEN) as error:
        what = " ".join(str(error).split())[:_SHOWN] or type(error).__name__
        raise _fault(source.name, f"is a broken PDF ({what}); print it to a new one") from error


def _read(source: Source, settings: ReadSettings) -> Extracted:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(source.raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(source.name)
    pages = list(_pages(reader, source.name, settings.max_bytes))
    _check_text(pages, source.name)
    told = reader.metadata
    title = told.title if told and isinstance(told.title, str) else None
    return Extracted(
        text=reflowed(pages),
        title=None if title and _NO_TITLE.search(title.strip()) else title,
        author=told.author if told and isinstance(told.author, str) else None,
        language=_language(reader),
    )


def _pages(reader: "PdfReader", name: str, most: int) -> Iterator[str]:
    """The text of each page, as long as all of it stays below what a file may be large."""
    if len(reader.pages) > _MOST_PAGES:
        raise _fault(name, f"has more than {_MOST_PAGES:,} pages; split it into articles")
    unpacked, length = 0, 0
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        size = 0 if contents is None else len(contents.get_data())
        unpacked += size
        if size > _LARGEST_PAGE or unpacked > _LARGEST:
            raise _fault(name, f"page {number} holds too much to be one of an article")
        text = page.extract_text().translate(_LIGATURES)
        length += len(text)
        if length > most:
            raise _fault(name, f"holds more than {most:,} characters; split it into articles")
        yield text


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


def _language(reader: "PdfReader") -> str | None:
    told = reader.root_object.get("/Lang")
    return told if isinstance(told, str) else None


def _encrypted(name: str) -> ArticleError:
    return _fault(name, "is encrypted; open it with its password and save a copy without one")


def _fault(name: str, what: str) -> ArticleError:
    return ArticleError(f"{name}: {what}", path=name)
