"""Parquet: a table by columns, of any size, read some rows at a time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from claimcompare.articles.fields import article_of, columns_of, has_text, no_text
from claimcompare.articles.lines import one_line
from claimcompare.articles.records import Extracted, Source, is_larger, numbered, too_large
from claimcompare.articles.rows import header_of
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

_ROWS = 100
# So many at a time, or one row.
_BYTES = 20_000_000
_BUFFER = 65_536
# The size that is told counts the least and the greatest value of each page, too.
_OVERHEAD = 4
_SHOWN = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IN_A_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


def read_parquet(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles in the rows, which are numbered from 1; raises ArticleError.

    What is no file on the disk is bounded as a whole, also unpacked.
    """
    left = settings.max_bytes
    for found in _each(source, settings):
        # What is packed well may be far larger than the file says that it is.
        left -= len(found.text) if isinstance(found, Extracted) and not source.path else 0
        if left < 0:
            raise too_large(source.name, settings.max_bytes)
        yield found


def _each(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    number, most = 0, settings.max_bytes
    with _opened(source) as file:
        columns = _columns(file, source.name, settings.fields)
        for at in range(file.metadata.num_row_groups):
            size, rows = _unpacked(file, at, columns), file.metadata.row_group(at).num_rows
            if size > _OVERHEAD * most * max(rows, 1):
                yield _too_large(source.name, most, number + 1, number + rows)
                number += rows
                continue
            few = min(max(_BYTES * rows // max(size, 1), 1), _ROWS)
            for row in _rows(file, at, columns, source.name, few):
                number += 1
                yield numbered(source, number, partial(_article, row, settings=settings))


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    """The file, of which memory holds a page of each column at a time; raises ArticleError."""
    from pyarrow.parquet import ParquetFile

    with _faults_told(source.name):
        raw = _raw(source)
    with raw:
        with _faults_told(source.name):
            # Otherwise it holds a group of rows, which may be all of them.
            bounds = {"pre_buffer": False, "buffer_size": _BUFFER}
            file = ParquetFile(raw, page_checksum_verification=True, **bounds)
        yield file


def _raw(source: Source) -> IO[bytes]:
    # Arrow itself opens no file whose name is not UTF-8.
    return Path(source.path).open("rb") if source.path else BytesIO(source.raw)


def _columns(file: Any, name: str, own: Mapping[str, str]) -> list[str]:
    """The columns that are read, and no others; raises ArticleError where none is of text."""
    header = header_of(tuple(file.schema_arrow.names), name, own)
    if not has_text(header, own):
        raise no_text(name, header, own)
    return columns_of(header, own)


def _too_large(name: str, most: int, first: int, last: int) -> ArticleError:
    """That rows are, which were not unpacked to find out which of them it is."""
    if first == last:
        return too_large(name, most, row=first)
    found = too_large(f"{name}: rows {first} to {last}", most, otherwise=" each, on average")
    return ArticleError(str(found), path=name, row=first)


def _unpacked(file: Any, group: int, columns: list[str]) -> int:
    """The bytes of the columns in a group of rows, as the file tells them."""
    told = file.metadata.row_group(group)
    chunks = map(told.column, range(told.num_columns))
    read = (one for one in chunks if one.path_in_schema.partition(".")[0] in columns)
    return sum(one.total_uncompressed_size for one in read)


def _rows(
    file: Any, group: int, columns: list[str], name: str, few: int
) -> Iterator[dict[str, Any]]:
    """Each row of a group: a cell for each column, still as Arrow has it."""
    with _faults_told(name):
        for batch in file.iter_batches(
            batch_size=few, row_groups=[group], columns=columns, use_threads=False
        ):
            for cells in zip(*batch.columns, strict=True):
                yield dict(zip(batch.schema.names, cells, strict=True))


def _article(row: Mapping[str, Any], place: str, settings: ReadSettings) -> Extracted:
    try:
        cells = {name: _plain(cell) for name, cell in row.items()}
    except (ValueError, OverflowError) as error:
        why = one_line(str(error))[:_SHOWN]
        raise ArticleError(f"{place}: holds a value that is none of its kind ({why})") from error
    if is_larger("".join(_texts(cells.values())), settings.max_bytes):
        raise too_large(place, settings.max_bytes)
    return article_of(cells, place, settings.fields)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """All texts in the cells of a row."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | Mapping):
            yield from _texts(value.values() if isinstance(value, Mapping) else value)


def _plain(cell: Any) -> Any:
    """What a cell holds as JSON would: dates in ISO 8601, points in time in UTC."""
    import pyarrow as pa

    if pa.types.is_timestamp(cell.type):
        return _time(cell) if cell.is_valid else None
    value = cell.as_py()
    if isinstance(value, bytes):
        # Some programs mark no text as such.
        return value.decode()
    return value.isoformat() if pa.types.is_date(cell.type) and cell.is_valid else value


def _time(cell: Any) -> str:
    """The time without a library's tables of time zones, which not every system has."""
    seconds, rest = divmod(cell.value, _IN_A_SECOND[cell.type.unit])
    microseconds = rest * 1_000_000 // _IN_A_SECOND[cell.type.unit]
    time = _EPOCH + timedelta(seconds=seconds, microseconds=microseconds)
    return (time if cell.type.tz else time.replace(tzinfo=None)).isoformat()


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    """What Arrow fails with, as what is wrong with the file."""
    from pyarrow import ArrowException

    try:
        yield
    except MemoryError:
        raise  # Arrow's own is one of its faults, too, and no fault of the file.
    except (ArrowException, OSError) as error:
        why = one_line(str(error))[:_SHOWN]
        raise ArticleError(f"{name}: is a broken Parquet ({why})", path=name) from error
