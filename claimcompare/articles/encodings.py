"""Bytes become text: by their mark, as declared, as UTF-8, or as a library detects."""

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import partial

from claimcompare.articles.doubts import is_seven_bit, seems_garbled
from claimcompare.errors import ArticleError
from claimcompare.extras import needs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The labels that need no list of all there are.
_COMMON = {"utf-8": "utf-8", "us-ascii": "cp1252", "iso-8859-1": "cp1252"}
# The larger set of a family, which is what browsers read by the smaller one's name.
_WIDER = {
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
}
_NO_TEXT = ("replacement", "x-user-defined")
# What servers say that do not know: it fits any bytes, so UTF-8 goes first.
_SAID_BY_DEFAULT = "cp1252"
# With less to judge by, or less sure, the library is wrong too often.
_LEAST_BYTES = 100
_LEAST_CONFIDENCE = 0.15
# A page of which one character in a thousand is damaged is read as browsers read it.
_TOLERATED = 1_000
# UTF-16 or UTF-32 without its mark decodes, to a text of which every second letter is NUL.
_MANY_NULS = 4
# How ISO-2022 begins what is no ASCII.
_SHIFT = b"\x1b$"
_KOREAN = b"\x1b$)C"
_NO_ASCII = re.compile(rb"[\x80-\xff\x1b]")
# So many bytes from there on tell the encoding.
_ENOUGH = 100_000
_SEVEN_BIT = "is in UTF-7, HZ or ISO-2022 and does not say so; save the file as UTF-8"
# Python's "surrogateescape" puts bytes there.
_SURROGATE = 0xDC00


def decode(raw: bytes, *, name: str, declared: str | None = None, lenient: bool = False) -> str:
    """The text of bytes, line ends as they are; raises ArticleError.

    `declared` is what a page or server calls the encoding; what it calls wrongly does not count.
    `lenient` lets a few damaged characters pass, each as U+FFFD.
    """
    mark, marked = _marked(raw)
    if marked:
        return _readable(_strictly(raw, mark, marked, name), name)
    found = _found(raw, declared, name)
    if found:
        return _readable(found[1], name)
    mended = _mended(raw, declared, name) if lenient else None
    return _readable(mended, name) if mended else _strictly(raw, b"", "utf-8", name)


def decode_each(parts: Iterable[bytes], *, name: str, declared: str | None = None) -> Iterator[str]:
    """The text of bytes that come in parts, of the encoding that the first of them tell.

    It is UTF-8 where they tell none. A byte that does not fit becomes a surrogate (U+DC80 to
    U+DCFF), which `flaw_of` tells of; raises ArticleError where nothing after it can be read.
    """
    decoder, held, is_first = None, b"", True
    for part in parts:
        raw, held = held + part, b""
        if is_first:
            mark, encoding = _marked(raw)
            raw = raw.removeprefix(mark)
            decoder = _decoder(encoding) if encoding else None
        # Up to the first letter that is none of ASCII, most encodings fit.
        told = b"" if decoder else _from_no_ascii(raw)
        if told and len(told) < _ENOUGH:
            held = raw
            continue
        if told:
            decoder = _decoder(_encoding_of(_whole_words(told), declared, name))
        text = _next(decoder, raw, name) if decoder else raw.decode("ascii")
        yield _readable(text, name) if is_first else text
        is_first = False
    if held:
        decoder = _decoder(_encoding_of(_from_no_ascii(held), declared, name))
    yield _next(decoder, held, name, is_last=True) if decoder else ""


def flaw_of(text: str) -> str | None:
    """What is wrong with a piece of a text that was decoded in parts, if anything is."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        byte = ord(text[error.start]) - _SURROGATE
        return f"a byte of it ({byte:#x}) is not in the encoding of the file; save it as UTF-8"
    return _SEVEN_BIT if is_seven_bit(text) else None


def _marked(raw: bytes) -> tuple[bytes, str | None]:
    """The byte order mark that it begins with and the encoding that this stands for."""
    found = ((mark, encoding) for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark))
    return next(found, (b"", None))


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)("surrogateescape")


def _next(
    decoder: codecs.IncrementalDecoder, raw: bytes, name: str, *, is_last: bool = False
) -> str:
    try:
        return decoder.decode(raw, final=is_last)
    except UnicodeDecodeError as error:
        # Where bytes of ASCII are wrong, too, nothing tells where what is right begins again.
        what = f"is {error.encoding} at first, but not all of it; save the file as UTF-8"
        raise ArticleError(f"{name}: {what}", path=name) from error


def _from_no_ascii(raw: bytes) -> bytes:
    """What begins with the first letter that is none of ASCII."""
    letter = _NO_ASCII.search(raw)
    return raw[letter.start() :] if letter else b""


def _encoding_of(raw: bytes, declared: str | None, name: str) -> str:
    """The encoding of letters of which none is cut; UTF-8 where it cannot be told."""
    found = _found(raw, declared, name)
    return found[0] if found else "utf-8"


def _whole_words(raw: bytes) -> bytes:
    """What is before a letter that may be cut, whatever its encoding."""
    return raw[: raw.rfind(b"\n") + 1 or raw.rfind(b" ") + 1 or len(raw)]


def _found(raw: bytes, declared: str | None, name: str) -> tuple[str, str] | None:
    """The encoding that fits and the text in it, where there is no mark."""
    for encoding in _candidates(raw, declared, name):
        try:
            return encoding, raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _detected(raw, name)


def _candidates(raw: bytes, declared: str | None, name: str) -> Iterator[str]:
    named = _declared(declared, raw, name) if declared else None
    if named and named != _SAID_BY_DEFAULT:
        yield named
    if raw.isascii() and _SHIFT in raw:
        yield "iso2022_kr" if _KOREAN in raw else "iso2022_jp_2"
    yield "utf-8"
    if named == _SAID_BY_DEFAULT:
        yield named


def _mended(raw: bytes, declared: str | None, name: str) -> str | None:
    for encoding in filter(None, (declared and _declared(declared, raw, name), "utf-8")):
        text = raw.decode(encoding, "replace")
        if text.count("\ufffd") * _TOLERATED <= len(text):
            return text
    return None


def _strictly(raw: bytes, mark: bytes, encoding: str, name: str) -> str:
    try:
        return raw.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name}: byte {len(mark) + error.start} is not {encoding}; save the file as UTF-8",
            path=name,
        ) from error


def _readable(text: str, name: str) -> str:
    if text.count("\0") > len(text) // _MANY_NULS:
        raise ArticleError(f"{name}: is not UTF-8 text; save the file as UTF-8", path=name)
    if is_seven_bit(text):
        raise ArticleError(f"{name}: {_SEVEN_BIT}", path=name)
    return text


def _declared(label: str, raw: bytes, name: str) -> str | None:
    """The codec of a label that pages may use; anything else, such as "zip", is no encoding."""
    if label.strip().lower() in _COMMON:
        return _COMMON[label.strip().lower()]
    fault = partial(ArticleError, path=name)
    with needs("files", f"{name}: finding the encoding {label!a}", raising=fault):
        import webencodings

    known = webencodings.lookup(label)
    if known is None or known.name in _NO_TEXT:
        return None
    # A declaration that could be read as ASCII is not that of a text in UTF-16.
    if known.name.startswith("utf-16") and b"\0" not in raw:
        return None
    codec: str = known.codec_info.name
    return _WIDER.get(codec, codec)


def _detected(raw: bytes, name: str) -> tuple[str, str] | None:
    """The encoding that a library is sure enough of, given enough to judge by, and the text."""
    if len(raw) < _LEAST_BYTES or _is_damaged_utf_8(raw):
        return None
    fault = partial(ArticleError, path=name)
    what = f"{name}: finding its encoding, which is not UTF-8,"
    with needs("files", what, raising=fault):
        from chardet import EncodingEra, detect

    eras = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO
    found = detect(raw, encoding_era=eras, compat_names=False)
    encoding = found["encoding"]
    if encoding is None or found["confidence"] < _LEAST_CONFIDENCE:
        return None
    encoding = _WIDER.get(encoding, encoding)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    # Of encodings with a byte for each letter, several fit; most of them make no words.
    return None if len(text) == len(raw) and seems_garbled(text) else (encoding, text)


def _is_damaged_utf_8(raw: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8; as another encoding it would be garbled."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole > broken
