"""Mail, and pages saved as one: the text in it is decoded, and read as the kind that it is."""

from collections.abc import Callable
from email import errors
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr

from claimcompare.articles.records import Extracted, Source, headed
from claimcompare.errors import ArticleError

Mail = Message
Reader = Callable[[Source], Extracted]
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
_CUT_OFF = (
    errors.CloseBoundaryNotFoundDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.InvalidBase64LengthDefect,
    errors.InvalidBase64PaddingDefect,
)
# The library takes time with the square of a header's length.
_LONGEST = 1_000
_PAGE_AT = ("Snapshot-Content-Location", "Content-Location")


def read_mail(source: Source, read: Reader) -> Extracted:
    """The article in a mail or in a saved page; `read` reads its parts; raises ArticleError."""
    # The library goes as deep as the mail does.
    try:
        return _article(BytesParser(policy=compat32).parsebytes(source.raw), source, read)
    except (RecursionError, ValueError, LookupError) as error:
        raise ArticleError(f"{source.name}: is broken mail", path=source.name) from error


def _article(message: Mail, source: Source, read: Reader) -> Extracted:
    shown = _shown(message)
    found = _joined([_read(part, source, read) for part in shown], source)
    _refuse_cut_off(message, source)
    subject = _header(message, "Subject")
    if _is_page(message, shown):
        return found._replace(title=found.title or subject)
    name, address = parseaddr(_raw(message, "From"))
    return Extracted(
        text=headed(found.text, subject),
        title=subject or found.title,
        author=_decoded(name) or address or None,
        published=_header(message, "Date"),
        language=found.language,
        doubts=found.doubts,
    )


def _shown(part: Mail) -> list[Mail]:
    """The parts that a reader sees as text; of alternatives the one in HTML, of a page itself."""
    if not part.is_multipart():
        attached = part.get_content_disposition() == "attachment"
        return [] if attached or part.get_content_type() not in _SUFFIXES else [part]
    if part.get_content_maintype() != "multipart":
        return []
    found = [shown for shown in map(_shown, _parts(part)) if shown]
    if part.get_content_subtype() == "alternative":
        return max(found, key=_has_html, default=[])
    if part.get_content_subtype() == "related":
        return next(iter(found), [])
    return [one for shown in found for one in shown]


def _parts(part: Mail) -> list[Mail]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _has_html(shown: list[Mail]) -> bool:
    return any(part.get_content_type() != "text/plain" for part in shown)


def _read(part: Mail, source: Source, read: Reader) -> Extracted | ArticleError:
    raw = part.get_payload(decode=True)
    inner = source._replace(
        raw=raw if isinstance(raw, bytes) else b"",
        suffix=_SUFFIXES[part.get_content_type()],
        media_type=None,
        charset=part.get_content_charset(),
        url=source.url or _raw(part, "Content-Location") or None,
    )
    try:
        return read(inner)
    except ArticleError as error:
        return error


def _joined(parts: list[Extracted | ArticleError], source: Source) -> Extracted:
    """What can be read of them as one; raises ArticleError where there is nothing."""
    found = [part for part in parts if isinstance(part, Extracted) and part.text.strip()]
    if not found:
        faults = [part for part in parts if isinstance(part, ArticleError)]
        nothing = ArticleError(f"{source.name}: is mail without a text", path=source.name)
        raise next(iter(faults), nothing)
    return found[0]._replace(text="\n\n".join(part.text.strip() for part in found))


def _refuse_cut_off(message: Mail, source: Source) -> None:
    """Raise ArticleError for mail without its end; decoding has to be done before."""
    if any(isinstance(fault, _CUT_OFF) for part in message.walk() for fault in part.defects):
        raise ArticleError(f"{source.name}: breaks off; save it once more", path=source.name)


def _is_page(message: Mail, shown: list[Mail]) -> bool:
    return any(part.get(name) for name in _PAGE_AT for part in (message, *shown))


def _header(message: Mail, name: str) -> str | None:
    return _decoded(_raw(message, name)) or None


def _raw(message: Mail, name: str) -> str:
    value = message.get(name)
    return "" if value is None else f"{value}"[:_LONGEST]


def _decoded(value: str) -> str:
    """A header with its encoded words decoded; as it is where they are broken."""
    try:
        return f"{make_header(decode_header(value))}"
    except (LookupError, ValueError, errors.MessageError):
        return value
