"""Files, folders, patterns and standard input become bytes to read, of any number."""

import glob
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
from claimcompare.articles.portions import begun, portions, whole
from claimcompare.articles.records import Source, with_words
from claimcompare.articles.settings import MAX_BYTES
from claimcompare.errors import ArticleError

# JSON and XML in a folder are mostly something else: settings, results, gold.
IN_FOLDERS = tuple(suffix for suffix in OF_SUFFIX if suffix not in (".json", ".xml"))
# Shells call so what a command writes, and what comes in.
_OPENED = Path("/dev")
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


@contextmanager
def from_file(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Source]:
    """What is in a file, of a larger one than allowed its beginning and the rest.

    The rest can be read before the context is left. Raises ArticleError.
    """
    suffix = suffix_of(path)
    refuse_unreadable(str(path), suffix)
    try:
        _refuse_pipe(path, path.stat().st_mode)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    stem = Path(path.stem).stem if path.suffix.lower() == PACKED else path.stem
    with file:
        parts = portions(file, str(path))
        yield begun(Source(str(path), stem, b"", suffix, rest=parts, path=_again(path)), max_bytes)


def from_standard_input(max_bytes: int) -> Source:
    """What comes in, of more than is allowed the beginning and the rest; raises ArticleError."""
    name, file = "standard input", sys.stdin.buffer
    # Python ends in spite of daemons, but not while one waits with the lock of the buffer.
    if current_thread().daemon:
        file = getattr(file, "raw", file)
    return begun(Source(name, "stdin", b"", rest=portions(file, name)), max_bytes)


def read_text(path: Path) -> str:
    """The text of a text file, line ends as they are; raises ArticleError."""
    with from_file(path) as source:
        raw = whole(source, MAX_BYTES).raw
    return with_words(decode(raw, name=str(path)), str(path))


def _refuse_pipe(path: Path, mode: int) -> None:
    """Raise ArticleError for a pipe, which may have nobody who ever writes to it."""
    if S_ISFIFO(mode) and _OPENED not in path.parents:
        raise ArticleError(f"{path}: is a pipe; give what comes from it to -", path=path)


def _again(path: Path) -> str | None:
    """Where another process finds the file, too; what a shell opened, none does."""
    return None if _OPENED in path.parents else str(path.absolute())


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
