"""Archives of any size: the same rows wherever a portion ends, and none lost without a word."""

import codecs
import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.articles import (
    ReadSettings,
    encodings,
    iter_articles,
    packed,
    portions,
    read_articles,
)
from claimcompare.articles.cells import Bad, each_record
from claimcompare.articles.outside import Worker
from claimcompare.articles.records import Extracted
from claimcompare.articles.sources import each_in
from claimcompare.errors import ArticleError
from tests.articles.voices import REPORT

Told = list[Extracted | ArticleError]
LINES = (
    '\ufeff{"text": "Zoë said no."}\r\n\r\nnope\n{"text": "他说没有 \U0001f600"}\n \n'
    '{"text": "\\ud83d\\ude00 a\u2028b", "id": "own"}\r\n7\n{"title": "x"}\n{"text": "Last\x85"}'
)
TABLE = (
    'id,text\r\na,"One, ""two"".\r\n\r\nThree."\r\n\r\nb\rc,"x"y\nd,"Zoë\n"\n"e,f\n'
    'g,"他说"",没有"\r\nh,"" x\r\n,Last. "quoted"'
)
LEGACY = "\n".join(json.dumps({"text": one}, ensure_ascii=False) for one in [REPORT["de"]] * 2)
JAPANESE = "id,text\n" + f'a,"{REPORT["ja"]}"\n' * 3
SAMPLES = {
    "utf-8": ("a.jsonl", LINES.encode()),
    "utf-16": ("a.jsonl", codecs.BOM_UTF16_BE + LINES[1:].encode("utf-16-be")),
    "cp1252": ("a.jsonl", LEGACY.encode("cp1252")),
    "table": ("a.csv", TABLE.encode()),
    "carriage returns": ("a.csv", TABLE.replace("\n", "\r").encode()),
    "shift_jis": ("a.csv", JAPANESE.encode("cp932")),
    "utf-16 table": ("a.tsv", TABLE.replace(",", "\t").encode("utf-16")),
    "packed": ("a.jsonl.gz", gzip.compress(LINES.encode()[:9]) + gzip.compress(LINES.encode()[9:])),
    "without a suffix": ("a", LINES[1:].encode()),
}  # fmt: skip


def cut(monkeypatch: pytest.MonkeyPatch, size: int, *, enough: int = 20) -> None:
    monkeypatch.setattr(portions, "PORTION", size)
    monkeypatch.setattr(packed, "_AT_A_TIME", size)
    monkeypatch.setattr(encodings, "_ENOUGH", enough)


def read(path: Path, **settings: Any) -> Told:
    with Worker(ReadSettings(**{"seconds": None, **settings})) as worker:
        return list(each_in(path, worker))


def same(found: Iterable[Extracted | ArticleError]) -> list[object]:
    return [(str(one), one.row) if isinstance(one, ArticleError) else one for one in found]


def fault_of(found: Extracted | ArticleError) -> str:
    assert isinstance(found, ArticleError)
    return str(found)


def text_of(found: Extracted | ArticleError) -> str:
    assert isinstance(found, Extracted), found
    return found.text


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A hundred rows, two of them bad."""
    rows = [f'{{"text": "The quay is dry, day {number}."}}\n' for number in range(100)]
    rows[20], rows[70] = "nope\n", f'{{"text": "{"Dry. " * 400}"}}\n'
    path = tmp_path / "a.jsonl"
    path.write_text("".join(rows), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("name", SAMPLES)
def test_rows_are_the_same_wherever_a_portion_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / SAMPLES[name][0]
    raw = SAMPLES[name][1]
    path.write_bytes(raw)
    whole = read(path)
    assert sum(isinstance(one, Extracted) for one in whole) > 1
    size = len(gzip.decompress(raw)) if name == "packed" else len(raw)
    # A row is shorter, and the encoding told by as much.
    least, enough = (size * 2 // 3, size // 2) if name in ("cp1252", "shift_jis") else (90, 20)
    for portion in range(1, 60):
        cut(monkeypatch, portion, enough=enough)
        bound = least + portion * 7 % (size - least)
        assert same(read(path, max_bytes=bound)) == same(whole), (portion, bound)


@settings(max_examples=300)
@example('"aa"bbb\rcc', [8], 3)
@example('"aa\nbb"c\ndd', [], 3)
@given(
    st.text(st.sampled_from('ab,"\r\n'), max_size=40),
    st.lists(st.integers(0, 40), max_size=8),
    st.one_of(st.none(), st.integers(1, 12)),
)
def test_records_are_the_same_wherever_a_text_is_cut(
    text: str, cuts: list[int], bound: int | None
) -> None:
    edges = sorted({0, *(min(at, len(text)) for at in cuts), len(text)})
    parts = [text[start:end] for start, end in pairwise(edges)]
    whole = list(each_record([text], max_bytes=bound))
    assert list(each_record(parts, max_bytes=bound)) == whole
    assert list(each_record(text, max_bytes=bound)) == whole


@given(st.lists(st.text(st.sampled_from('a,"\r\né'), max_size=20), min_size=1), st.integers(1, 30))
def test_a_record_too_large_costs_itself(rows: list[str], bound: int) -> None:
    lines = ['"{}",x\r\n'.format(row.replace('"', '""')) for row in rows]
    expected = [
        Bad.SIZE if len(line.encode()) > bound else (row, "x")
        for row, line in zip(rows, lines, strict=True)
    ]
    assert list(each_record("".join(lines), max_bytes=bound)) == expected


def test_a_row_too_large_is_a_fault_of_its_own(archive: Path) -> None:
    heard: list[ArticleError] = []
    how = ReadSettings(max_bytes=1_000)
    found = read_articles(archive, settings=how, skip=heard.append)
    assert [one.id for one in found] == [f"a-{n}" for n in range(1, 101) if n not in (21, 71)]
    assert [one.row for one in heard] == [21, 71]
    assert str(heard[1]) == (
        f"{archive}: row 71: larger than 0.001 MB; split it into articles, or raise max_bytes"
    )
    assert heard[1].path == str(archive)


@pytest.mark.parametrize("portion", [1, 7, 100_000])
def test_the_bound_of_a_row_is_exact_and_in_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    cut(monkeypatch, portion)
    path = tmp_path / "a.jsonl"
    rows = [f'{{"text": "{"é" * number}"}}' for number in (44, 45, 46, 47, 1_000, 3)]
    path.write_text("\n".join(rows), encoding="utf-8", newline="")
    found = read(path, max_bytes=102)
    assert [isinstance(one, Extracted) for one in found] == [True, True, False, False, False, True]
    path = tmp_path / "a.csv"
    rows = ["id,text", *(f'{n},"{"é" * n}"' for n in (45, 46, 47, 48, 1_000)), "5,é"]
    path.write_text("\n".join(rows), encoding="utf-8", newline="")
    found = read(path, max_bytes=98)
    assert [isinstance(one, Extracted) for one in found] == [True, True, False, False, False, True]
    assert fault_of(found[2]) == (
        f"{path}: row 4: larger than 9.8e-05 MB, or a quotation mark in it is not closed; split "
        "it into articles, or raise max_bytes"
    )


def test_lines_of_a_cell_too_large_do_not_become_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    forged = "\nb,Una Brock said no.\n" * 20
    path.write_bytes(f'id,text\na,One.\nx,"{forged}"\nc,"Two."\n'.encode())
    first, fault, last = read(path, max_bytes=100)
    assert (text_of(first), text_of(last)) == ("One.", "Two.")
    assert "row 3: larger than 0.0001 MB, or a quotation mark in it is not" in fault_of(fault)


def test_a_table_whose_quote_is_never_closed_tells_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\na,One.\nx,"Two.\n' + b"b,Three.\n" * 20)
    first, fault = read(path, max_bytes=100)
    assert text_of(first) == "One."
    assert "row 3: larger than 0.0001 MB, or a quotation mark in it is not" in fault_of(fault)


def test_the_first_article_is_there_before_the_last_is_read(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(monkeypatch, 50)
    read_so_far: list[int] = []
    each = portions.portions

    def counted(*given: Any) -> Iterator[bytes]:
        for part in each(*given):
            read_so_far.append(len(part))
            yield part

    monkeypatch.setattr("claimcompare.articles.files.portions", counted)
    found = iter_articles(archive, settings=ReadSettings(max_bytes=200))
    assert next(found).id == "a-1"
    assert sum(read_so_far) <= 250
    assert next(found).id == "a-2"


def test_standard_input_comes_in_portions_too(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (archive.read_bytes(), gzip.compress(archive.read_bytes())):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        heard: list[ArticleError] = []
        how = ReadSettings(max_bytes=1_000)
        assert len(list(iter_articles("-", settings=how, skip=heard.append))) == 98
        assert [str(one).partition(";")[0] for one in heard][1] == (
            "standard input: row 71: larger than 0.001 MB"
        )


@pytest.mark.parametrize("most", [300, 20_000_000])
def test_what_is_packed_and_cut_is_told_after_the_rows_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    cut(monkeypatch, 100)
    rows = [f"Day {number}: {number**20}" for number in range(200)]
    raw = gzip.compress("\n".join(json.dumps({"text": row}) for row in rows).encode())
    path = tmp_path / "a.jsonl.gz"
    for left in range(1_000, 4_000, 500):
        path.write_bytes(raw[:left])
        *found, fault = read(path, max_bytes=most)
        assert len(found) > 20
        assert list(map(text_of, found)) == rows[: len(found)]
        assert "is packed and breaks off; get it once more" in fault_of(fault)


@pytest.mark.parametrize("portion", [100, 1_000_000])
def test_what_is_packed_and_damaged_says_that_its_rows_may_be_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    cut(monkeypatch, portion)
    path = tmp_path / "a.jsonl.gz"
    raw = gzip.compress(b'{"text": "So."}\n' * 100)
    path.write_bytes(raw[:-8] + b"damaged!")
    (fault,) = read(path)
    *_, last = read(path, max_bytes=100)
    for error in (fault, last):
        assert "broken; get it once more, as what was read of it may be wrong" in fault_of(error)


def test_a_bomb_of_one_row_is_not_held(tmp_path: Path) -> None:
    import tracemalloc

    for name, start, end in (("a.jsonl.gz", b'{"text": "', b'"}'), ("a.csv.gz", b'text\n"', b'"')):
        path = tmp_path / name
        last = b'\n{"text": "Last."}' if "json" in name else b"\nLast."
        path.write_bytes(gzip.compress(start + b"x" * 60_000_000 + end + last, compresslevel=1))
        tracemalloc.start()
        fault, found = read(path, max_bytes=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert "larger than 1 MB" in fault_of(fault)
        assert text_of(found) == "Last."
        assert peak < 20_000_000


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", json.dumps([{"text": "So."}] * 20).encode()),
        ("a.jsonl", json.dumps({"data": [{"text": "So."}] * 20}, indent=1).encode()),
        ("a.txt", b"The quay is dry. " * 20),
        ("a.rss", b"<rss><channel><item><title>So</title></item></channel></rss>" * 5),
        ("a.dat", b"\0\1" * 200),
    ],
)
def test_what_cannot_be_cut_keeps_its_bound(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    for content in (raw, gzip.compress(raw)):
        path.write_bytes(content)
        what = "larger than 0.0001 MB; split it into articles, or raise max_bytes"
        assert same(read(path, max_bytes=100)) == [(f"{path}: {what}", None)]


def test_half_a_packed_document_says_that_it_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    raw = gzip.compress(json.dumps([{"text": f"{n**9}"} for n in range(99)]).encode())
    path.write_bytes(raw[:-99])
    (fault,) = read(path)
    assert "is packed and breaks off" in fault_of(fault)


def test_a_bad_byte_far_on_costs_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    rows = [b'{"text": "Zo\xc3\xab said no, day %d."}' % number for number in range(40)]
    rows[30] = b'{"text": "Zo\xeb said no."}'
    path.write_bytes(b"\n".join(rows))
    found = read(path, max_bytes=300)
    assert [one.row for one in found if isinstance(one, ArticleError)] == [31]
    assert fault_of(found[30]) == (
        f"{path}: row 31: a byte of it (0xeb) is not in the encoding of the file; save it as UTF-8"
    )
    path = tmp_path / "a.csv"
    path.write_bytes(b"text\n" + b"Zo\xc3\xab said no.\n" * 30 + b"Zo\xeb\nB\x1b$B%s\nSo.\n")
    cut(monkeypatch, 100)
    *_, byte, escape, last = read(path, max_bytes=300)
    assert "row 32: a byte of it (0xeb)" in fault_of(byte)
    assert "row 33: is in UTF-7, HZ or ISO-2022" in fault_of(escape)
    assert text_of(last) == "So."
    path.write_bytes(b"text\n" + b"Zo\xc3\xab said no.\n" * 30 + b"So\xc3")
    assert "row 32: a byte of it (0xc3)" in fault_of(read(path, max_bytes=300)[-1])


def test_what_does_not_go_on_in_its_encoding_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    rows = json.dumps({"text": REPORT["ja"]}, ensure_ascii=False).encode("iso2022_jp") + b"\n"
    cut(monkeypatch, len(rows))
    path.write_bytes(rows * 3 + b'{"text": "\x1b$B\x7f\x7f"}\n')
    *_, fault = read(path, max_bytes=len(rows) * 2)
    assert "a.jsonl: is iso2022_jp_2 at first, but not all of it; save" in fault_of(fault)


@pytest.mark.parametrize("size", [1, 580])
def test_ascii_leaves_the_encoding_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = tmp_path / "a.jsonl"
    plain = '{"text": "The quay is dry."}\n' * 20
    cut(monkeypatch, size, enough=250)
    path.write_bytes((plain + LEGACY).encode("cp1252"))
    found = read(path, max_bytes=500)
    assert list(map(text_of, found[20:])) == [REPORT["de"]] * 2


@pytest.mark.parametrize("lead", range(1, 300, 23))
def test_an_encoding_is_told_by_enough_wherever_the_first_portion_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lead: int
) -> None:
    cut(monkeypatch, 50, enough=250)
    path = tmp_path / "a.jsonl"
    plain = '{"text": "The quay is dry."}\n' * 20
    path.write_bytes((plain + LEGACY).encode("cp1252"))
    found = read(path, max_bytes=len(plain) + lead)
    assert list(map(text_of, found[20:])) == [REPORT["de"]] * 2


def test_the_last_line_tells_an_encoding_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    plain = '{"text": "The quay is dry."}\n' * 20
    path.write_bytes((plain + LEGACY.partition("\n")[0]).encode("cp1252"))
    assert text_of(read(path, max_bytes=550)[-1]) == REPORT["de"]


def test_a_byte_of_an_encoding_that_cannot_be_told_costs_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    plain = b'{"text": "The quay is dry."}\n' * 20
    path.write_bytes(plain + b'{"text": "Zo\xeb."}\n' + plain)
    found = read(path, max_bytes=300)
    assert [one.row for one in found if isinstance(one, ArticleError)] == [21]
    assert fault_of(found[20]).endswith(
        "row 21: a byte of it (0xeb) is not in the encoding of the file; save it as UTF-8"
    )
    assert len(found) == 41


def test_a_first_row_that_is_broken_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = '{"text": "The quay is dry."}\n' * 20
    for first in ('{"text": "cut', '{"a": 1} x', "{", '{"a":', "nope", '{"text": "So."}'):
        path.write_text(f"{first}\n{good}", encoding="utf-8", newline="")
        found = read(path, max_bytes=100)
        assert same(found) == same(read(path))
        assert len(found) == 21
