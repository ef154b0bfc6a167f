"""Files, folders, patterns and standard input become bytes to read."""

import glob
import sys
from pathlib import Path

from claimcompare.articles.encodings import decode
from claimcompare.articles.kinds import OF_SUFFIX, UNREADABLE, refuse_unreadable
from claimcompare.articles.records import Source, with_words
from claimcompare.articles.settings import MAX_BYTES
from claimcompare.errors import ArticleError

# JSON and XML in a folder are mostly something else: settings, results, gold.
IN_FOLDERS = tuple(suffix for suffix in OF_SUFFIX if suffix not in (".json", ".xml"))
_MEGABYTE = 1_000_000


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


def from_file(path: Path, *, max_bytes: int = MAX_BYTES) -> Source:
    """What is in a file; raises ArticleError."""
    suffix = path.suffix.lower()
    refuse_unreadable(str(path), suffix)
    try:
        if path.stat().st_size > max_bytes:
            raise too_large(str(path), max_bytes)
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return Source(str(path), path.stem, _within(raw, str(path), max_bytes), suffix)


def from_standard_input(max_bytes: int) -> Source:
    """What comes in; raises ArticleError."""
    name = "standard input"
    return Source(name, "stdin", _within(sys.stdin.buffer.read(max_bytes + 1), name, max_bytes))


def read_text(path: Path) -> str:
    """The text of a text file, line ends as they are; raises ArticleError."""
    source = from_file(path)
    return with_words(decode(source.raw, name=source.name), source.name)


def too_large(name: str, max_bytes: int) -> ArticleError:
    """That something is larger than allowed, and what to do."""
    size = f"{max_bytes / _MEGABYTE:g} MB"
    return ArticleError(
        f"{name}: larger than {size}; split it into articles, or raise max_bytes", path=name
    )


def _within(raw: bytes, name: str, max_bytes: int) -> bytes:
    if len(raw) > max_bytes:
        raise too_large(name, max_bytes)
    return raw


def _in_folder(folder: Path) -> list[Path]:
    """Its articles, and what looks like one but cannot be read: that is said, not passed over."""
    known = {*IN_FOLDERS, *UNREADABLE}
    found = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in known and not path.name.startswith(".") and path.is_file()
    )
    if not found:
        raise ArticleError(
            f"{folder}: holds no article ({', '.join(IN_FOLDERS)}); name the files one by one, or "
            f"those in folders below as '{folder / '**' / '*.txt'}'",
            path=folder,
        )
    return found


def _matching(pattern: str) -> list[Path]:
    paths = map(Path, glob.iglob(pattern, recursive=True))  # noqa: PTH207 - Path takes no absolute pattern
    found = sorted(path for path in paths if path.is_file())
    if not found:
        raise ArticleError(f"{pattern}: no file is called like that", path=pattern)
    return found


def _unreadable(path: Path, error: OSError | ValueError) -> ArticleError:
    reason = error.strerror if isinstance(error, OSError) else error
    return ArticleError(f"{path}: cannot be read ({reason})", path=path)
