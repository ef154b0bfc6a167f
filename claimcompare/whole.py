"""Files that are written in one step."""

import os
from pathlib import Path
from shutil import copymode


def write_whole(path: Path, text: str, *, keep_mode: bool = False) -> None:
    """Write a file, so that a stop leaves the one before or this one; raises OSError.

    Where a link stands, what it leads to is written. `keep_mode` gives the new file the permissions
    of the one before.
    """
    path = path.resolve()
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8")
        if keep_mode:
            copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
