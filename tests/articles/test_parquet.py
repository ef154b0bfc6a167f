"""Parquet: the same mapping as of other tables, read in a process that can be ended."""

import gzip
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha512
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimcompare.articles import ReadSettings, iter_articles, read_articles
from claimcompare.articles import parquet as module
from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.sources import each_in
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


def archive(folder: Path, raw: bytes, **settings: Any) -> list[Extracted | ArticleError]:
    path = folder / "a.parquet"
    path.write_bytes(raw)
    with Worker(ReadSettings(**{"seconds": None, **settings})) as worker:
        return list(each_in(path, worker))


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


def test_what_is_no_file_on_the_disk_is_bounded_unpacked(tmp_path: Path) -> None:
    raw = parquet([{"text": "Dry. " * 2_000}] * 1_000)
    assert len(raw) < 20_000
    # A dictionary holds it once, so that the file itself tells of little.
    found = here(raw, max_bytes=100_000)
    assert [type(one) for one in found] == [Extracted] * 10 + [ArticleError]
    assert str(found[-1]).startswith("news.parquet: larger than 0.1 MB")
    assert len(archive(tmp_path, raw, max_bytes=100_000)) == 1_000


@pytest.mark.parametrize("row_group_size", [1, 2, 300])
def test_a_row_too_large_costs_itself(tmp_path: Path, row_group_size: int) -> None:
    rows: list[dict[str, Any]] = [
        *ROWS[:-1], {"text": "Dry.", "authors": ["Una", "Brock" * 300]}, {"text": "Dry. " * 300},
        *ROWS, {"text": "é" * 500}, {"text": "é" * 501},
    ]  # fmt: skip
    schema = pa.schema([("text", pa.string()), ("authors", pa.list_(pa.string()))])
    raw = parquet(rows, schema, row_group_size=row_group_size, use_dictionary=False)
    for seconds in (None, 60):
        found = archive(tmp_path, raw, max_bytes=1_000, seconds=seconds)
        assert [one.row for one in found if isinstance(one, ArticleError)] == [250, 251, 503]
        assert "a.parquet: row 251: larger than 0.001 MB; split it" in str(found[250])
        assert [one.id for one in found if isinstance(one, Extracted)][248:250] == [
            "a-249", "a-252",
        ]  # fmt: skip


def test_a_group_of_rows_too_large_on_average_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[int] = []
    rows = module._rows

    def noted(file: Any, group: int, *rest: Any) -> Any:
        unpacked.append(group)
        return rows(file, group, *rest)

    monkeypatch.setattr(module, "_rows", noted)
    long = [{"text": f"{'Dry. ' * 3_000}{number}"} for number in range(3)]
    raw = parquet([*ROWS[:3], *long, *ROWS[:1]], row_group_size=3)
    *_, refused, last = archive(tmp_path, raw, max_bytes=1_000)
    assert unpacked == [0, 2]
    assert isinstance(refused, ArticleError)
    assert "a.parquet: rows 4 to 6: larger than 0.001 MB each, on average; split" in str(refused)
    assert refused.row == 4
    assert isinstance(last, Extracted)
    assert last.id == "a-7"


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits memory")
def test_a_giant_page_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    giant = {"text": "Dry. " * 25_000_000}
    raw = parquet([giant], use_dictionary=False, compression="zstd", write_statistics=False)
    (found,) = archive(tmp_path, raw, seconds=60)
    assert "row 1: larger than 20 MB" in str(found)
    (found,) = archive(tmp_path, raw, seconds=60, max_bytes=10**9, max_memory=500_000_000)
    assert "needs more than 0.5 GB of memory to read" in str(found)


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff.parquet")
    path.write_bytes(parquet(ROWS))
    with Worker(ReadSettings()) as worker:
        assert len(list(each_in(path, worker))) == 250


def test_the_process_reads_the_file_and_is_sent_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(ROWS))
    sent: list[int] = []

    class Noting(Worker):
        def each(self, source: Source, kind: str) -> Iterator[Extracted | ArticleError]:
            sent.append(len(source.raw))
            return super().each(source, kind)

    with Noting(ReadSettings()) as worker:
        assert len(list(each_in(tmp_path / "a.parquet", worker))) == 250
        (tmp_path / "b.parquet").write_bytes(gzip.compress(parquet(ROWS)))
        assert len(list(each_in(tmp_path / "b.parquet", worker))) == 250
    assert sent == [0, len(parquet(ROWS))]


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


def long_text(number: int) -> str:
    """A thousand letters that no packing makes less."""
    parts = (sha512(f"{number}, {part}".encode()).hexdigest() for part in range(8))
    return f"Day {number}: {''.join(parts)}"


def test_of_a_group_of_rows_a_page_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    class Told(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(size or 0)
            return super().read(size)

    rows = [{"text": long_text(number)} for number in range(3_000)]
    raw = parquet(rows, use_dictionary=False)
    monkeypatch.setattr(module, "_raw", lambda _: Told(raw))
    assert len(here(raw)) == 3_000
    assert max(sizes) < len(raw) // 2


def test_of_large_rows_few_are_unpacked_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BYTES", 10_000)
    each, asked = module._rows, []

    def told(*given: Any) -> Iterator[dict[str, Any]]:
        asked.append(given[-1])
        return each(*given)

    monkeypatch.setattr(module, "_rows", told)
    rows = [{"text": long_text(number)} for number in range(50)]
    assert len(here(parquet(rows, use_dictionary=False))) == 50
    assert 1 <= asked[0] <= 10
