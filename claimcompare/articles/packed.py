"""What was packed by gzip or deflate is unpacked: whole, and no larger than allowed."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from claimcompare.articles.records import Source, too_large
from claimcompare.errors import ArticleError

GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
# Servers send deflate with a header of zlib and without one.
_DEFLATE_WINDOWS = (15, -15)
# Some programs fill the last block of a file with zeros.
_FILL = b"\0"
_AT_A_TIME = 1_000_000


def opened(source: Source, max_bytes: int) -> Source:
    """The same, unpacked if it is packed by gzip; raises ArticleError."""
    if not source.raw.startswith(GZIP):
        return source
    return source._replace(raw=gunzipped(source.raw, name=source.name, max_bytes=max_bytes))


def unpacked(parts: Iterable[bytes], *, name: str) -> tuple[Iterator[bytes], bool]:
    """The parts of a file, unpacked if it is packed by gzip, and whether it is.

    They may end in an ArticleError.
    """
    start, parts = b"", iter(parts)
    for part in parts:
        start += part
        if len(start) >= len(GZIP):
            break
    all_parts, is_packed = chain([start], parts), start.startswith(GZIP)
    return _gunzipped(all_parts, name) if is_packed else all_parts, is_packed


def gunzipped(raw: bytes, *, name: str, max_bytes: int) -> bytes:
    """All that gzip packed, in one piece or several; raises ArticleError."""
    found = bytearray()
    for part in _gunzipped([raw], name):
        found += part
        if len(found) > max_bytes:
            raise too_large(name, max_bytes)
    return bytes(found)


def inflated(raw: bytes, *, name: str, max_bytes: int) -> bytes:
    """All that deflate packed; raises ArticleError."""
    with_header, without = _DEFLATE_WINDOWS
    try:
        found = _part(raw, with_header, name, max_bytes)
    except Broken:
        found = _part(raw, without, name, max_bytes)
    if len(found) > max_bytes:
        raise too_large(name, max_bytes)
    return found


class Broken(ArticleError):
    """What is packed is no such packing."""


def _gunzipped(parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    """What gzip packed, some at a time, however much it is; raises ArticleError after that."""
    unpacking = None
    for part in parts:
        left = part
        while left := left if unpacking else left.lstrip(_FILL):
            unpacking = unpacking or zlib.decompressobj(_GZIP_WINDOW)
            try:
                yield unpacking.decompress(left, _AT_A_TIME)
            except zlib.error as error:
                raise _broken(name) from error
            left = unpacking.unconsumed_tail
            if unpacking.eof:
                left, unpacking = unpacking.unused_data, None
    if unpacking:
        raise _cut_off(name)


def _broken(name: str) -> Broken:
    what = (
        "is packed in a way that is broken; get it once more, as what was read of it may be wrong"
    )
    return Broken(f"{name}: {what}", path=name)


def _cut_off(name: str) -> ArticleError:
    return ArticleError(f"{name}: is packed and breaks off; get it once more", path=name)


def _part(raw: bytes, window: int, name: str, most: int) -> bytes:
    """What the first piece unpacks to, a byte more than allowed at most."""
    unpacking = zlib.decompressobj(window)
    try:
        found = unpacking.decompress(raw, most + 1)
    except zlib.error as error:
        raise _broken(name) from error
    if len(found) <= most and not unpacking.eof:
        raise _cut_off(name)
    return found
