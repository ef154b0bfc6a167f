"""What is larger than memory comes in portions: the first of them, and those after it."""

from collections.abc import Iterator
from typing import IO

from claimcompare.articles.packed import Broken, unpacked
from claimcompare.articles.records import Source, too_large
from claimcompare.errors import ArticleError

PORTION = 1_000_000


def portions(file: IO[bytes], name: str) -> Iterator[bytes]:
    """The bytes that come from a file; raises ArticleError."""
    try:
        while part := file.read(PORTION):
            yield part
    except OSError as error:
        raise ArticleError(f"{name}: cannot be read ({error.strerror})", path=name) from error


def begun(source: Source, max_bytes: int) -> Source:
    """The same with more in `raw` than is allowed, or all there is; what gzip packed is unpacked.

    What was cut off behind that is told by the rest. Raises ArticleError for what is damaged.
    """
    found, size, rest = list[bytes](), 0, source.rest
    try:
        parts, is_packed = unpacked(source.rest, name=source.name)
        source = source._replace(path=None if is_packed else source.path)
        while size <= max_bytes and (part := next(parts, None)) is not None:
            found.append(part)
            size += len(part)
        rest = parts if size > max_bytes else ()
    except Broken:
        # What was unpacked before may be damaged, too.
        raise
    except ArticleError as error:
        rest = _raising(error)
    return source._replace(raw=b"".join(found), rest=rest)


def whole(source: Source, max_bytes: int) -> Source:
    """The same if it holds all there is; raises ArticleError for what is too large, or broken."""
    if len(source.raw) > max_bytes:
        raise too_large(source.name, max_bytes)
    for _ in source.rest:
        raise too_large(source.name, max_bytes)
    return source


def _raising(error: ArticleError) -> Iterator[bytes]:
    raise error
    yield b""
