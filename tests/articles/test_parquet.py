"""Parquet: the same mapping as of other tables, read in a process that can be ended."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimcompare.articles import ReadSettings, iter_articles, read_articles
from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.records import Extracted, Source
from claimcompare.errors import ArticleError

ROWS = [{"text": f"The quay is dry, day {number}."} for number in range(250)]
TEN = datetime(2026, 5, 3, 10, tzinfo=UTC)


def parquet(rows: Iterable[Mapping[str, Any]], schema: Any = None, **options: Any) -> bytes:
    file = BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), file, **options)
    return file.getvalue()


def read(raw: bytes, settings: ReadSettings | None = None) -> list[Extracted | ArticleError]:
    with Worker(settings or ReadSettings()) as worker:
        return list(read_each(Source("news.parquet", "news", raw, ".parquet"), worker))


def here(raw: bytes, **settings: Any) -> list[Extracted | ArticleError]:
    return read(raw, ReadSettings(seconds=None, **settings))


def the_error(raw: bytes, **settings: Any) -> str:
    (error,) = here(raw, **settings)
    assert isinstance(error, ArticleError)
    return str(error)


def test_fields_are_found_as_in_json() -> None:
    row = {
        "Headline": "Dry", "CONTENT": "The quay is dry.", "source": {"name": "Fenwick Post"},
        "authors": ["Tam Weir", "Una Brock"], "published": date(2026, 5, 3), "other": b"\xff",
    }  # fmt: skip
    (found,) = here(parquet([row]))
    assert isinstance(found, Extracted)
    assert (found.title, found.text, found.publisher) == ("Dry", "The quay is dry.", "Fenwick Post")
    assert (found.author, found.published) == ("Tam Weir, Una Brock", "2026-05-03")
    assert found.id == "news-1"


def test_names_of_its_own_go_before_the_usual_ones() -> None:
    rows = parquet([{"text": "no", "full": "The quay is dry."}])
    (found,) = here(rows, fields={"text": "Full"})
    assert isinstance(found, Extracted)
    assert found.text == "The quay is dry."
    assert "has no column 'desk', only 'text', 'full'" in the_error(rows, fields={"title": "desk"})


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (pa.date32(), date(2026, 5, 3), "2026-05-03"),
        (pa.timestamp("s"), datetime(2026, 5, 3, 10), "2026-05-03T10:00:00"),  # noqa: DTZ001
        (pa.timestamp("ns"), 1_777_802_400_000_000_001, "2026-05-03T10:00:00"),
        (pa.timestamp("ms", tz="UTC"), TEN, "2026-05-03T10:00:00+00:00"),
        (pa.timestamp("us", tz="Europe/Oslo"), TEN, "2026-05-03T10:00:00+00:00"),
        (pa.binary(), b"2026-05-03", "2026-05-03"),
        (pa.dictionary(pa.int8(), pa.string()), "2026-05-03", "2026-05-03"),
        (pa.int64(), 20260503, "20260503"),
        (pa.timestamp("us"), None, None),
        (pa.date32(), None, None),
        (pa.null(), None, None),
    ],
)  # fmt: skip
def test_dates_and_times_are_as_iso_8601_has_them(kind: Any, value: Any, told: str) -> None:
    schema = pa.schema([("text", pa.large_string()), ("date", kind)])
    (found,) = here(parquet([{"text": "Dry.", "date": value}], schema))
    assert isinstance(found, Extracted)
    assert found.published == told


def test_a_bad_row_costs_itself() -> None:
    schema = pa.schema([("text", pa.binary()), ("date", pa.timestamp("s"))])
    rows: list[dict[str, Any]] = [
        {"text": b"One."}, {"text": b"\xff"}, {"text": b" "}, {"text": None},
        {"text": b"Far.", "date": 2**50}, {"text": b"Two."},
    ]  # fmt: skip
    found = here(parquet(rows, schema))
    assert [one.text for one in found if isinstance(one, Extracted)] == ["One.", "Two."]
    errors = [one for one in found if isinstance(one, ArticleError)]
    assert [one.row for one in errors] == [2, 3, 4, 5]
    assert "news.parquet: row 2: holds a value that is none of its kind" in str(errors[0])


def test_a_table_without_a_text_is_told_of_once() -> None:
    error = the_error(parquet([{"a": 1, "b": 2}] * 3))
    assert "has no text (looked for text, body" in error
    assert "in a, b); --field text=NAME" in error


def test_two_columns_of_one_name_are_told_of() -> None:
    assert "two columns are called 'text'" in the_error(parquet([{"text": "a", "Text": "b"}]))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PAR1", "is a broken Parquet"),
        (b"PAR1" + bytes(100) + b"PAR1", "is a broken Parquet"),
        (parquet(ROWS)[:-20], "is a broken Parquet"),
        (b"text,id\nDry.,1\n", "is no Parquet, whatever it is called"),
        (b"", "is no Parquet, whatever it is called"),
        (parquet([], pa.schema([("text", pa.string())])), "holds no article"),
    ],
)
def test_what_is_broken_is_one_error(raw: bytes, words: str) -> None:
    assert words in the_error(raw)


def test_a_page_that_was_spoiled_is_found_by_its_checksum() -> None:
    raw = bytearray(
        parquet(ROWS, compression="none", use_dictionary=False, write_page_checksum=True)
    )
    at = raw.index(b"day 100.")
    raw[at : at + 8] = b"day 999."
    assert "is a broken Parquet" in str(here(bytes(raw))[-1])


def test_what_is_unpacked_is_bounded_too() -> None:
    raw = parquet([{"text": "Dry. " * 2_000}] * 1_000)
    assert len(raw) < 20_000
    # A dictionary holds it once, so that the file itself tells of little.
    found = here(raw, max_bytes=100_000)
    assert [type(one) for one in found] == [Extracted] * 10 + [ArticleError]
    assert "larger than 0.1 MB" in str(found[-1])
    rows = parquet([{"text": f"{'Dry. ' * 200}{number}"} for number in range(500)])
    assert len(rows) < 50_000
    assert "larger than 0.1 MB" in the_error(rows, max_bytes=100_000)


def test_it_comes_out_of_the_process_as_it_is_read_here_some_at_a_time() -> None:
    raw = parquet([*ROWS, {"text": ""}, *ROWS], row_group_size=60)
    there, inside = read(raw), here(raw)
    assert len(there) == 501
    assert list(map(str, there)) == list(map(str, inside))


def test_a_file_left_in_the_middle_costs_the_next_nothing() -> None:
    source = Source("news.parquet", "news", parquet(ROWS), ".parquet")
    with Worker(ReadSettings()) as worker:
        assert isinstance(next(worker.each(source, "parquet")), Extracted)
        assert len(worker.read(source, "parquet")) == 250


def test_files_of_a_folder_and_without_a_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(ROWS[:2]))
    (tmp_path / "b").write_bytes(parquet(ROWS[:1]))
    (tmp_path / "c.csv").write_bytes(parquet(ROWS[:1]))
    assert [one.id for one in read_articles(tmp_path / "a.parquet")] == ["a-1", "a-2"]
    assert [one.id for one in read_articles(tmp_path / "b")] == ["b-1"]
    heard: list[ArticleError] = []
    assert len(list(iter_articles(tmp_path, skip=heard.append))) == 2
    assert any("c.csv: is a Parquet and no CSV; name it .parquet" in str(one) for one in heard)
