"""What readers take and what they give."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from claimcompare.articles.dates import iso_date
from claimcompare.articles.lines import one_line
from claimcompare.errors import ArticleError

_MEGABYTE = 1_000_000
_MOST_IN_A_CHARACTER = 4
# How programs that sell news tell what they have left out.
# Behind dots, or with a plus, that holds in any language.
_NUMBER = r"\s?\d[\d.,\u00a0\u202f]*+\s?"
_CUT = re.compile(
    rf"(\[{_NUMBER}(?:more )?(?:chars|characters|words)\]"
    rf"|\[\s?\+{_NUMBER}[^\[\]\n]{{1,40}}\]"
    rf"|(?:(?<=…)|(?<=… )|(?<=\.\.\.)|(?<=\.\.\. ))\[{_NUMBER}[^\[\]\n]{{1,40}}\])\s*\Z"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


class Source(NamedTuple):
    """Bytes, and what is known of them before they are read.

    `name` is what errors call them, `stem` what their articles are called; `suffix` begins with
    a stop and is in lower case; `media_type`, `charset` and `url` are there if a server gave them.
    `rest` are the bytes after `raw`, which come once and may end in an ArticleError; they are there
    only for what is larger than allowed, or broken behind `raw`. `path` is that of a file whose
    bytes these are as they stand on the disk.
    """

    name: str
    stem: str
    raw: bytes
    suffix: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    rest: Iterable[bytes] = ()
    path: str | None = None


class Extracted(NamedTuple):
    """The fields of an article; whoever asked for it gives it an id if it has none.

    `doubts` say why it may not be the whole of it.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    id: str | None = None
    doubts: tuple[str, ...] = ()


def checked(found: Extracted, name: str) -> Extracted:
    """The same with each field on one line, or none if it says nothing; raises ArticleError."""
    cut = _CUT.search(found.text)
    if cut:
        raise ArticleError(
            f"{name}: its text is not whole, as it says at its end ({cut[1]}); get all of it",
            path=name,
        )
    return Extracted(
        text=with_words(found.text, name),
        title=_said(found.title),
        publisher=_said(found.publisher),
        author=_said(found.author),
        published=iso_date(_said(found.published)),
        url=_web_address(found.url),
        language=_language(found.language),
        id=_said(found.id),
        doubts=found.doubts,
    )


def numbered(
    source: Source, number: int, read: Callable[[str], Extracted]
) -> Extracted | ArticleError:
    """One of several articles in a file, called by its number if it has no id.

    `read` takes what errors call the place. In place of an article that cannot be read stands why.
    """
    try:
        found = read(f"{source.name}: row {number}")
    except ArticleError as error:
        return ArticleError(str(error), path=source.name, row=number)
    return found._replace(id=found.id or f"{source.stem}-{number}")


def too_large(
    name: str, max_bytes: int, *, row: int | None = None, otherwise: str = ""
) -> ArticleError:
    """That a file or a row of it is larger than allowed, or what else it may be, and what to do."""
    place = name if row is None else f"{name}: row {row}"
    what = f"larger than {max_bytes / _MEGABYTE:g} MB{otherwise}"
    return ArticleError(
        f"{place}: {what}; split it into articles, or raise max_bytes", path=name, row=row
    )


def is_larger(text: str, max_bytes: int) -> bool:
    """Whether a text takes more bytes than that as UTF-8."""
    if len(text) * _MOST_IN_A_CHARACTER <= max_bytes:
        return False
    return len(text) > max_bytes or len(text.encode("utf-8", "surrogatepass")) > max_bytes


def with_words(text: str, name: str) -> str:
    """The text itself; raises ArticleError where there is nothing to read in it."""
    if any(character.isalnum() for character in text):
        return text
    raise ArticleError(f"{name}: holds no words; nothing to compare", path=name)


def headed(text: str, headline: str | None) -> str:
    """The text with its headline as the first paragraph, since headlines claim things, too."""
    head = one_line(headline or "")
    first = one_line(text.lstrip().partition("\n")[0])
    if not head or _letters(head) == _letters(first):
        return text
    return f"{head}\n\n{text}" if text else head


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _said(value: str | None) -> str | None:
    # What is no Unicode text could not be written into a result.
    told = one_line(value or "").encode("utf-8", "replace").decode()
    return told or None


def _web_address(value: str | None) -> str | None:
    """The address without user and password, if it is one of the web."""
    url = (value or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable():
        return None
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _language(value: str | None) -> str | None:
    tag = (value or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None
