"""Where results go: to a file that is none of those that are read, or to standard output."""

import glob
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO, TypeVar

import click

from claimcompare import ArticleError
from claimcompare.articles.files import files_of
from claimcompare.articles.patterns import is_like
from claimcompare.articles.targets import is_url
from claimcompare.cli.console import discard, printable, stop

_OURS = "standard output"
# What a folder of results or a state has, as it may be read by mistake.
_RESULTS = ("part-00000.jsonl", "part-00000.parquet")
_STATE = ("watch.json", "0123456789abcdef.json")
Source = Path | str
R = TypeVar("R")


def check_output(output: Path | None, sources: Iterable[Source] = ()) -> None:
    """Stop now if results could not be written after the work, or would replace what is read."""
    if output is None:
        _standard_output()
        return
    is_new = not output.exists()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with output.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        stop(f"{output}: cannot be written ({error.strerror})")
    replaced = any(_names(source, output) for source in sources)
    if is_new:
        # Nothing may come of the work; an empty file would look like a result.
        output.unlink()
    if replaced:
        stop(f"{output}: is one of the files to read; write to another")


def check_folder(
    folder: Path, sources: Collection[Source], *, holding: Iterable[str] = _RESULTS
) -> None:
    """Stop now if results could not be written there after the work, or would join what is read."""
    if folder.exists() and not folder.is_dir():
        stop(f"{folder}: is a file; results go to a folder, which is named last")
    home = folder.resolve()
    read = (path for source in sources for path in files_named(source))
    inside = next((path for path in read if home in path.resolve().parents), None)
    if inside is not None:
        stop(f"{folder}: holds {inside.name}, which is to be read; write to another folder")
    around = next((source for source in sources if _is_around(source, home, holding)), None)
    if around is not None:
        stop(f"{folder}: is read by way of {around}; write to another folder")
    try:
        with _there(folder), TemporaryFile(dir=folder):
            pass
    except OSError as error:
        stop(f"{folder}: cannot be written ({error.strerror})")


def check_state(folder: Path, sources: Collection[Source]) -> None:
    """Stop now if what is kept could not be written there, or would be read as an article."""
    if folder.exists() and not folder.is_dir():
        stop(f"{folder}: is a file; what is kept goes to a folder")
    check_folder(folder, sources, holding=_STATE)


@contextmanager
def _there(folder: Path) -> Iterator[None]:
    """A folder for as long as it takes: nothing may come of the work, and it would look like it."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for one in made:
            one.rmdir()


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """Where results go: a file in UTF-8, or standard output."""
    try:
        if output is None:
            with _flushed(_standard_output()) as file:
                yield file
        else:
            with output.open("w", encoding="utf-8") as file:
                yield file
    except OSError as error:
        if error.filename not in (None, str(output)):
            raise  # It is about a file that is read.
        stop(f"{output or _OURS}: cannot be written ({error.strerror})")


@contextmanager
def opened_late(output: Path | None, results: Iterable[R]) -> Iterator[tuple[TextIO, Iterator[R]]]:
    """Where results go, emptied only when the first of them is there; and all results."""
    waiting = iter(results)
    first = list(islice(waiting, 1))
    with opened(output) as file:
        yield file, chain(first, waiting)


def say(line: str) -> None:
    """A line that is the result."""
    with opened(None) as file:
        click.echo(printable(line), file=file)


@contextmanager
def _flushed(file: TextIO) -> Iterator[TextIO]:
    """Standard output with nothing left for when Python ends, which would be too late to tell."""
    try:
        yield file
        file.flush()
    except OSError as error:
        if error.filename is None:
            discard(file)
        raise


def _standard_output() -> TextIO:
    if sys.stdout is None:
        stop(f"{_OURS}: is closed")
    with suppress(AttributeError):  # Whoever calls a command from Python may have put another.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return sys.stdout


def files_named(source: Source) -> list[Path]:
    """The files that a source names, none of them for what is no file."""
    if source == "-" or (isinstance(source, str) and is_url(source)):
        return []
    with suppress(ArticleError, OSError, ValueError):
        return files_of(source)
    return []


def _names(source: Source, output: Path) -> bool:
    """Whether a source is a file, or one of those that a folder or a pattern names."""
    if source == "-":
        return _is_standard_input(output)
    return any(_are_one(path, output) for path in files_named(source))


def _is_around(source: Source, folder: Path, holding: Iterable[str]) -> bool:
    """Whether a source is this folder, of which no other is read, or a pattern of what it holds."""
    if source == "-" or (isinstance(source, str) and is_url(source)):
        return False
    with suppress(OSError, ValueError):
        if Path(source).is_dir():
            return Path(source).resolve() == folder
        if isinstance(source, str) and glob.has_magic(source):
            pattern = Path(glob.escape(str(Path.cwd())), source).resolve().parts
            return any(is_like(pattern, (folder / name).parts) for name in holding)
    return False


def _are_one(path: Path, output: Path) -> bool:
    try:
        return path.samefile(output)
    except OSError:
        return False


def _is_standard_input(output: Path) -> bool:
    with suppress(OSError, ValueError, AttributeError):
        return os.path.samestat(os.fstat(sys.stdin.fileno()), output.stat())
    return False
