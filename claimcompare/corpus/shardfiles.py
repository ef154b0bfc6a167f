"""The files that hold rows of stories: Parquet, JSON Lines, and those that are not full yet."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from claimcompare.corpus.columns import columns
from claimcompare.corpus.rows import Row
from claimcompare.errors import ClaimCompareError
from claimcompare.extras import needs

Form = Literal["parquet", "jsonl"]
PARTIAL = ".jsonl.partial"
UNFINISHED = ".unfinished"
# Rows that are held at a time, each with all texts of its story.
_BATCH = 100


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name what cannot be written; raises ClaimCompareError."""
    try:
        yield
    except OSError as error:
        raise ClaimCompareError(f"{path}: cannot be written ({error.strerror or error})") from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Name what cannot be read; raises ClaimCompareError."""
    try:
        yield
    except OSError as error:
        raise ClaimCompareError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (ValueError, KeyError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ClaimCompareError(f"{path}: holds no results of stories ({why})") from error


def append_row(path: Path, row: Row) -> None:
    """Put a row at the end of a file of JSON Lines, all of it or nothing; raises OSError."""
    with path.open("ab", buffering=0) as file:
        before = file.tell()
        rest = memoryview(_line(row))
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            file.truncate(before)
            raise


def rows_in(path: Path, columns: Iterable[str] | None = None) -> Iterator[Row]:
    """The rows of a file, of Parquet with some columns, if there; half a line at the end is none.

    Raises ClaimCompareError where they cannot be read.
    """
    with reading(path):
        yield from _parquet_rows(path, columns) if path.suffix == ".parquet" else _line_rows(path)


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Put rows into a file of that form, all of them or nothing; gives how many there are.

    Without any there is no file. Raises ClaimCompareError where it cannot be written.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    with writing(path):
        try:
            write = _write_parquet if path.suffix == ".parquet" else _write_lines
            if written := write(unfinished, rows):
                _settle(unfinished)
                unfinished.replace(path)
            else:
                path.unlink(missing_ok=True)
        finally:
            unfinished.unlink(missing_ok=True)
    return written


def cut_half_a_line(path: Path) -> int:
    """Cut off what a process that was killed began to write; gives how many lines are left."""
    lines = whole = 0
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                lines, whole = lines + 1, whole + len(line)
    if whole < path.stat().st_size:
        os.truncate(path, whole)
    return lines


def parquet(what: str) -> Any:
    """The library for Parquet; raises ClaimCompareError where it is missing."""
    with needs("corpus", what, raising=ClaimCompareError):
        import pyarrow.parquet

        return pyarrow


def _line(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _line_rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield json.loads(line)


def _parquet_rows(path: Path, columns: Iterable[str] | None) -> Iterator[Row]:
    arrow = parquet("reading Parquet")
    with arrow.parquet.ParquetFile(path) as file:
        chosen = columns and [one for one in columns if one in file.schema_arrow.names]
        for batch in file.iter_batches(_BATCH, columns=chosen):
            yield from batch.to_pylist()


def _write_parquet(path: Path, rows: Iterable[Row]) -> int:
    arrow = parquet("writing Parquet")
    schema, coming, written = columns(arrow), iter(rows), 0
    with arrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while batch := list(islice(coming, _BATCH)):
            file.write_table(arrow.Table.from_pylist(batch, schema))
            written += len(batch)
    return written


def _write_lines(path: Path, rows: Iterable[Row]) -> int:
    written = 0
    with path.open("wb") as file:
        for row in rows:
            file.write(_line(row))
            written += 1
    return written


def _settle(path: Path) -> None:
    """Have it on the disk before it takes another's place."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
