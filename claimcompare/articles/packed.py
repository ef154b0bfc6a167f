"""What was packed by gzip or deflate is unpacked: whole, and no larger than allowed."""

import zlib

from claimcompare.articles.records import Source, too_large
from claimcompare.errors import ArticleError

GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
# Servers send deflate with a header of zlib and without one.
_DEFLATE_WINDOWS = (15, -15)
# Some programs fill the last block of a file with zeros.
_FILL = b"\0"


def opened(source: Source, max_bytes: int) -> Source:
    """The same, unpacked if it is packed by gzip; raises ArticleError."""
    if not source.raw.startswith(GZIP):
        return source
    return source._replace(raw=gunzipped(source.raw, name=source.name, max_bytes=max_bytes))


def gunzipped(raw: bytes, *, name: str, max_bytes: int) -> bytes:
    """All that gzip packed, in one piece or several; raises ArticleError."""
    found = bytearray()
    while raw.rstrip(_FILL):
        part, raw = _part(raw, _GZIP_WINDOW, name, max_bytes - len(found))
        found += part
        if len(found) > max_bytes:
            raise too_large(name, max_bytes)
    return bytes(found)


def inflated(raw: bytes, *, name: str, max_bytes: int) -> bytes:
    """All that deflate packed; raises ArticleError."""
    with_header, without = _DEFLATE_WINDOWS
    try:
        found, _ = _part(raw, with_header, name, max_bytes)
    except _Broken:
        found, _ = _part(raw, without, name, max_bytes)
    if len(found) > max_bytes:
        raise too_large(name, max_bytes)
    return found


class _Broken(ArticleError):
    """What is packed is no such packing."""


def _part(raw: bytes, window: int, name: str, most: int) -> tuple[bytes, bytes]:
    """What the first piece unpacks to, a byte more than allowed at most, and what follows it."""
    unpacking = zlib.decompressobj(window)
    try:
        found = unpacking.decompress(raw, most + 1)
    except zlib.error as error:
        raise _Broken(f"{name}: is packed in a way that is broken", path=name) from error
    if len(found) <= most and not unpacking.eof:
        raise ArticleError(f"{name}: is packed and breaks off; get it once more", path=name)
    return found, unpacking.unused_data
