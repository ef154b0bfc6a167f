"""The line that says what to install, where a library is missing that not everybody needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

Extra = Literal["corpus", "eval", "files", "harness", "pandas", "ray", "traces"]


@contextmanager
def needs(
    extra: Extra, what: str, *, raising: Callable[[str], Exception] | None = None
) -> Iterator[None]:
    """Do `what`, such as "reading HTML", with an extra's libraries, imported inside the block.

    Where one is missing, what `raising` makes of the line is raised, else ModuleNotFoundError.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        # A module of our own that is missing no extra brings.
        if error.name is None or error.name.startswith("claimcompare"):
            raise
        line = f"{what} needs the extra: pip install 'claimcompare[{extra}]'"
        fault = raising(line) if raising else ModuleNotFoundError(line, name=error.name)
        raise fault from error
