"""Files, folders, patterns and standard input become bytes to read."""

import glob
import sys
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISFIFO
from threading import current_thread

from claimcompare.articles.encodings import decode
from claimcompare.articles.kinds import (
    OF_SUFFIX,
    PACKED,
    UNREADABLE,
    is_brought,
    refuse_unreadable,
    suffix_of,
)
from claimcompare.articles.patterns import matching
from claimcompare.articles.records import Source, too_large, with_words
from claimcompare.articles.settings import MAX_BYTES
from claimcompare.errors import ArticleError

# JSON and XML in a folder are mostly something else: settings, results, gold.
IN_FOLDERS = tuple(suffix for suffix in OF_SUFFIX if suffix not in (".json", ".xml"))
# Shells call so what a command writes, and what comes in.
_OPENED = Path("/dev")
_PART = 65_536
_KNOWN = frozenset((*IN_FOLDERS, *UNREADABLE))


class PassedOver(ArticleError):
    """A file in a folder that nobody has asked for by its name, and that may be no article."""


def files_of(name: Path | str) -> list[Path]:
    """The file that a path names, or those in a folder or of a pattern, in a stable order."""
    path = Path(name)
    try:
        if path.is_dir():
            return _in_folder(path)
        if isinstance(name, str) and glob.has_magic(name) and not path.exists():
            return _matching(name)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return [path]


def passed_over(folder: Path) -> Iterator[ArticleError]:
    """What each other file of a folder is left out for, except JSON, XML and what is hidden."""
    for path in _shown_in(folder):
        if suffix_of(path) not in (*OF_SUFFIX, *UNREADABLE) and not is_brought(suffix_of(path)):
            kind = suffix_of(path) or "without a suffix"
            yield PassedOver(
                f"{path}: is of no kind that is read in folders ({kind}); name it on its own, or "
                "save it as text, HTML or PDF",
                path=path,
            )


def from_file(path: Path, *, max_bytes: int = MAX_BYTES) -> Source:
    """What is in a file; raises ArticleError."""
    suffix = suffix_of(path)
    refuse_unreadable(str(path), suffix)
    try:
        found = path.stat()
        _refuse_pipe(path, found.st_mode)
        if found.st_size > max_bytes:
            raise too_large(str(path), max_bytes)
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    stem = Path(path.stem).stem if path.suffix.lower() == PACKED else path.stem
    return Source(str(path), stem, _within(raw, str(path), max_bytes), suffix)


def from_standard_input(max_bytes: int) -> Source:
    """What comes in; raises ArticleError."""
    name = "standard input"
    return Source(name, "stdin", _within(_coming_in(max_bytes + 1), name, max_bytes))


def read_text(path: Path) -> str:
    """The text of a text file, line ends as they are; raises ArticleError."""
    source = from_file(path)
    return with_words(decode(source.raw, name=source.name), source.name)


def _refuse_pipe(path: Path, mode: int) -> None:
    """Raise ArticleError for a pipe, which may have nobody who ever writes to it."""
    if S_ISFIFO(mode) and _OPENED not in path.parents:
        raise ArticleError(f"{path}: is a pipe; give what comes from it to -", path=path)


def _coming_in(most: int) -> bytes:
    buffer = sys.stdin.buffer
    if not current_thread().daemon or not hasattr(buffer, "raw"):
        return buffer.read(most)
    # Python ends in spite of daemons, but not while one waits with the lock of the buffer.
    found = bytearray()
    while part := buffer.raw.read(min(_PART, most - len(found))):
        found += part
    return bytes(found)


def _within(raw: bytes, name: str, max_bytes: int) -> bytes:
    if len(raw) > max_bytes:
        raise too_large(name, max_bytes)
    return raw


def _in_folder(folder: Path) -> list[Path]:
    """Its articles, and what looks like one but cannot be read: that is said, not passed over."""
    suffixes = ((path, suffix_of(path)) for path in _shown_in(folder))
    found = [path for path, suffix in suffixes if suffix in _KNOWN or is_brought(suffix)]
    if not found:
        raise ArticleError(
            f"{folder}: holds no article ({', '.join(IN_FOLDERS)}); name the files one by one, or "
            f"those in folders below as '{folder / '**' / '*.txt'}'",
            path=folder,
        )
    return found


def _shown_in(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file()
    )


def _matching(pattern: str) -> list[Path]:
    found = sorted({path for path in matching(pattern) if path.is_file()})
    if not found:
        raise ArticleError(f"{pattern}: no file is called like that", path=pattern)
    return found


def _unreadable(path: Path, error: OSError | ValueError) -> ArticleError:
    reason = error.strerror if isinstance(error, OSError) else error
    return ArticleError(f"{path}: cannot be read ({reason})", path=path)
