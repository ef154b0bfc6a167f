"""Parquet: a table by columns, read some rows at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from claimcompare.articles.fields import article_of, columns_of, has_text, no_text
from claimcompare.articles.lines import one_line
from claimcompare.articles.records import Extracted, Source, numbered, too_large
from claimcompare.articles.rows import header_of
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

_ROWS = 100
_SHOWN = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IN_A_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


def read_parquet(source: Source, settings: ReadSettings) -> Iterator[Extracted | ArticleError]:
    """The articles in the rows, which are numbered from 1; raises ArticleError."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    own, left = settings.fields, settings.max_bytes
    with _faults_told(source.name):
        file = ParquetFile(pa.BufferReader(source.raw), page_checksum_verification=True)
        columns = _columns(file, source.name, own)
    if _unpacked(file, columns) > left:
        raise too_large(source.name, settings.max_bytes)
    for number, row in enumerate(_rows(file, columns, source.name), start=1):
        found = numbered(source, number, partial(_article, row, own=own))
        # What is packed well may be far larger than the file says that it is.
        left -= 0 if isinstance(found, ArticleError) else len(found.text)
        if left < 0:
            raise too_large(source.name, settings.max_bytes)
        yield found


def _columns(file: Any, name: str, own: Mapping[str, str]) -> list[str]:
    """The columns that are read, and no others; raises ArticleError where none is of text."""
    header = header_of(tuple(file.schema_arrow.names), name, own)
    if not has_text(header, own):
        raise no_text(name, header, own)
    return columns_of(header, own)


def _unpacked(file: Any, columns: list[str]) -> int:
    """The bytes of the columns, as the file tells them."""
    groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
    chunks = (group.column(at) for group in groups for at in range(group.num_columns))
    read = (one for one in chunks if one.path_in_schema.partition(".")[0] in columns)
    return sum(one.total_uncompressed_size for one in read)


def _rows(file: Any, columns: list[str], name: str) -> Iterator[dict[str, Any]]:
    """Each row: a cell for each column, still as Arrow has it."""
    with _faults_told(name):
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
            for cells in zip(*batch.columns, strict=True):
                yield dict(zip(batch.schema.names, cells, strict=True))


def _article(row: Mapping[str, Any], place: str, own: Mapping[str, str]) -> Extracted:
    try:
        cells = {name: _plain(cell) for name, cell in row.items()}
    except (ValueError, OverflowError) as error:
        why = one_line(str(error))[:_SHOWN]
        raise ArticleError(f"{place}: holds a value that is none of its kind ({why})") from error
    return article_of(cells, place, own)


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
