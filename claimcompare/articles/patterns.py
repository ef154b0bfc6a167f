"""Patterns of names: the files that they match, also where links lead in circles."""

import glob
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

_ANY_DEPTH = "**"


def matching(pattern: str) -> Iterator[Path]:
    """What is called like a pattern, where "**" stands for folders of any depth, each once."""
    parts = Path(pattern).parts
    if _ANY_DEPTH not in parts:
        yield from map(Path, glob.iglob(pattern))  # noqa: PTH207 - Path takes no absolute pattern
        return
    at = parts.index(_ANY_DEPTH)
    rest = parts[at + 1 :] or ("*",)
    for top in matching(str(Path(*parts[:at]))) if at else (Path(),):
        for folder in _folders(top):
            yield from matching(str(Path(glob.escape(str(folder)), *rest)))


def is_like(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether a path would be called like a pattern, each as its parts."""
    if not pattern:
        return not parts
    if pattern[0] == _ANY_DEPTH:
        rest = pattern[1:] or ("*",)
        return any(is_like(rest, parts[at:]) for at in range(len(parts)))
    return bool(parts) and fnmatch(parts[0], pattern[0]) and is_like(pattern[1:], parts[1:])


def _folders(top: Path) -> Iterator[Path]:
    """A folder and those in it, each once; what links lead to goes last, under their name."""
    seen: set[tuple[int, int]] = set()
    waiting, links = [top], list[Path]()
    while waiting or links:
        folder = waiting.pop() if waiting else links.pop()
        # What must not be looked into is passed over, as shells do.
        with suppress(OSError):
            found = folder.stat()
            if (found.st_dev, found.st_ino) in seen:
                continue
            seen.add((found.st_dev, found.st_ino))
            inner = [one for one in folder.iterdir() if not one.name.startswith(".")]
            inner = [one for one in inner if one.is_dir()]
            waiting += [one for one in inner if not one.is_symlink()]
            links += [one for one in inner if one.is_symlink()]
            yield folder
