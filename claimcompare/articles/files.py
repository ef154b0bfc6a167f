"""Files and folders become text."""

import codecs
from collections.abc import Iterable
from pathlib import Path

from claimcompare.errors import ArticleError

SUFFIXES = (".txt", ".md", ".text")
MAX_BYTES = 20_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PLAIN = (b"", "utf-8")
# UTF-16 or UTF-32 without its mark decodes, to a text of which every second letter is NUL.
_MANY_NULS = 4


def article_paths(paths: Iterable[Path]) -> list[Path]:
    """The files among `paths` and the articles in their folders, in a stable order."""
    return [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]


def read_text(path: Path) -> str:
    """The text of a file, line ends as they are; raises ArticleError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ArticleError(
                f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it into articles",
                path=path,
            )
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ArticleError(f"{path}: cannot be read ({reason})", path=path) from error
    return decode(raw, name=str(path))


def decode(raw: bytes, *, name: str) -> str:
    """The text of UTF-8 or marked UTF-16 bytes; raises ArticleError."""
    mark, encoding = next(
        (known for known in _BYTE_ORDER_MARKS if raw.startswith(known[0])), _PLAIN
    )
    try:
        text = raw.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name}: byte {len(mark) + error.start} is not {encoding}; save the file as UTF-8",
            path=name,
        ) from error
    if text.count("\0") > len(text) // _MANY_NULS:
        raise ArticleError(f"{name}: is not UTF-8 text; save the file as UTF-8", path=name)
    if not any(character.isalnum() for character in text):
        raise ArticleError(f"{name}: holds no words; nothing to compare", path=name)
    return text


def _in_folder(folder: Path) -> list[Path]:
    try:
        found = sorted(
            path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()
        )
    except OSError as error:
        raise ArticleError(f"{folder}: cannot be read ({error.strerror})", path=folder) from error
    if not found:
        raise ArticleError(
            f"{folder}: holds no article ({', '.join(SUFFIXES)}); name the files one by one",
            path=folder,
        )
    return found
