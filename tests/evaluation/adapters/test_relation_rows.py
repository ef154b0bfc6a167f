"""Rows of claims and propositions that are odd, bad, or there twice."""

import codecs
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare import GoldError
from claimcompare.evaluation.adapters import read_relations
from claimcompare.evaluation.adapters.fields import text
from claimcompare.evaluation.adapters.rows import Row, RowFault, read_table
from claimcompare.evaluation.gold import Gold, RelationItem
from tests.evaluation.adapters.files import Json, write, write_csv, write_lines
from tests.evaluation.adapters.test_relations import (
    HEALTHVER,
    PAIR,
    reasons,
    rows_with,
)


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"no JSON",
        b"[1]",
        b'"text"',
        b'{"id": "\xff"}',
        b'{"id": "\\ud800"}',
        b'{"id": NaN}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b'{"id": "\0"}',
        b"[" * 100_000,
        b'{"id":' * 100_000,
    ],
)
def test_a_line_that_is_no_json_object_is_one_bad_row(line: bytes, tmp_path: Path) -> None:
    good = [json.dumps(row).encode() for row in rows_with({})]
    path = write(tmp_path / "p.jsonl", b"\n".join([good[0], b"", line, good[1]]))
    gold = read_relations(path)
    assert [one.id for one in gold.items] == ["7/Quay:1", "8/0"]
    ((_, row, reason),) = reasons(gold)
    assert row == 3
    assert reason.startswith("is no JSON")


@pytest.mark.parametrize("wrap", [list, lambda rows: {"data": rows}])
def test_a_json_list_counts_its_elements(wrap: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "p.json", json.dumps(wrap([PAIR, 5, *rows_with({})[1:]]), indent=1))
    gold = read_relations(path)
    assert [one.id for one in gold.items] == ["7/Quay:1", "8/0"]
    assert reasons(gold) == [("p.json", 2, "is no JSON object")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("suffix", ["jsonl", "csv", "data"])
def test_byte_order_mark_and_line_ends_do_not_matter(
    suffix: str, mark: bytes, line_end: str, tmp_path: Path
) -> None:
    writer = write_csv if suffix == "csv" else write_lines
    written = writer(tmp_path / "first", rows_with({})).read_bytes()
    content = mark + written.replace(b"\r\n", b"\n").replace(b"\n", line_end.encode())
    gold = read_relations(write(tmp_path / f"p.{suffix}", content))
    assert [one.id for one in gold.items] == ["7/Quay:1", "8/0"]
    assert gold.bad_rows == ()
    assert gold.items[0].relation == "denial"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"9,a,b", "has 3 columns, the header has 4"),
        (b"9,a,b,SUPPORTS,x", "has 5 columns, the header has 4"),
        (b"9,a,\xe9,SUPPORTS", "is not UTF-8 text without NUL"),
        (b"9,a,b\0,SUPPORTS", "is not UTF-8 text without NUL"),
        (b'9,a,"b,SUPPORTS', "a quote in it is not closed, or text follows its closing quote"),
        (b"9,a,,SUPPORTS", "evidence is empty"),
        (b"9,a,b,", "label is empty"),
        (b"   ", "has 1 columns, the header has 4"),
    ],
)
def test_a_bad_csv_row_is_named_as_a_spreadsheet_counts(
    line: bytes, reason: str, tmp_path: Path
) -> None:
    lines = [b"id,claim,evidence,label", b"", b"1,a,b,SUPPORTS", line, b"2,a,b,REFUTES", b""]
    gold = read_relations(write(tmp_path / "p.csv", b"\r\n".join(lines)))
    assert [one.id for one in gold.items] == ["1", "2"]
    assert reasons(gold) == [("p.csv", 4, reason)]


def test_a_cell_beyond_the_csv_module_s_limit_is_read(tmp_path: Path) -> None:
    long = "The quay is dry. " * 20_000
    gold = read_relations(write_csv(tmp_path / "p.csv", [{**PAIR, "evidence": long}]))
    assert gold.items[0].claim == long.strip()


def test_copies_count_once_and_disagreeing_labels_both(tmp_path: Path) -> None:
    rows = rows_with(
        {"evidence": " NO.\t"},
        {"evidence": "No.", "claim": "THE  quay is\ndry."},
        {"evidence": "No.", "label": "SUPPORTS"},
    )
    gold = read_relations(write_lines(tmp_path / "p.jsonl", rows))
    assert [(one.id, one.relation) for one in gold.items] == [
        ("7/Quay:1", "denial"),
        ("8/2", "support"),
    ]
    assert (gold.copies, gold.bad_rows) == (2, ())


def test_the_same_words_of_two_speakers_are_no_copies(tmp_path: Path) -> None:
    row = {"proposition": "It is dry.", "claim": "It floods.", "stance": "denial"}
    rows = [{**row, "speaker": speaker} for speaker in ("Tam Weir", "Una Brock", "tam weir")]
    gold = read_relations(write_lines(tmp_path / "p.jsonl", rows))
    assert [one.speaker for one in gold.items] == ["Tam Weir", "Una Brock"]
    assert gold.copies == 1


def test_the_id_of_a_copy_is_taken(tmp_path: Path) -> None:
    rows = rows_with({"evidence": "No.", "id": "copy"}, {"id": "copy"})
    gold = read_relations(write_lines(tmp_path / "p.jsonl", rows))
    assert gold.copies == 1
    assert reasons(gold) == [("p.jsonl", 3, "the id 'copy' is that of an earlier one")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "first line is no CSV header"),
        (b"\xff\xfea\0b\0", "first line is no CSV header"),
        (b"id,claim,evidence,label\r\n", "found no row"),
        (b"id,id,claim,evidence,label\n", "two columns have the same name"),
        (b"id,claim,evidence,label\n1,2\n", "no row is good; the first: {path}, row 2: has 2 col"),
        (b"id,claim,evidence,label\n1,a,b,yes\n", "the first: {path}, row 2: label 'yes' is none"),
        (b'{"text": "a"}\n', "found columns text; this task reads Climate-FEVER (claim_id, "),
        (b"[1, 2]", "no row is good; the first: {path}, row 1: is no JSON object"),
        (b'[{"a": 1}', "no row is good; the first: {path}, row 1: is no JSON (EOF"),
        (b"name;stance\na;b\n", "found columns name;stance; this task reads"),
    ],
)
def test_a_file_without_a_good_row_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "p.data", content)
    with pytest.raises(GoldError) as caught:
        read_relations(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said.format(path=path) in str(caught.value)
    assert caught.value.path == path


def test_a_file_called_jsonl_is_read_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", b"oops\n" + json.dumps(PAIR).encode())
    assert reasons(read_relations(path))[0][:2] == ("p.jsonl", 1)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gone.csv: cannot be read \(No such file"):
        read_relations(tmp_path / "gone.csv")


def test_a_folder_is_refused_with_what_it_holds_and_what_is_read(tmp_path: Path) -> None:
    write(tmp_path / "notes\x1b.md", "x")
    with pytest.raises(GoldError, match=r"found a folder with notes\\x1b\.md; .*FNC-1.*gold\.json"):
        read_relations(str(tmp_path))


def test_many_names_are_cut_short(tmp_path: Path) -> None:
    write_lines(tmp_path / "p.jsonl", [{f"column{at}": at for at in range(500)}])
    with pytest.raises(GoldError, match=r"column11, …; this task") as caught:
        read_relations(tmp_path / "p.jsonl")
    assert "column12" not in str(caught.value)


def test_gold_keeps_its_items_through_json(tmp_path: Path) -> None:
    gold = read_relations(write_lines(tmp_path / "p.jsonl", rows_with({})))
    assert Gold[RelationItem].model_validate_json(gold.model_dump_json()) == gold


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just("SUPPORTS"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
)


@given(st.lists(st.dictionaries(st.sampled_from(list(PAIR)), ANY_JSON), max_size=5))
def test_every_row_becomes_an_item_or_a_copy_or_a_bad_row(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Json]
) -> None:
    path = write_lines(tmp_path_factory.mktemp("any") / "p.jsonl", [PAIR, *rows])
    gold = read_relations(path)
    assert len(gold.items) + gold.copies + len(gold.bad_rows) == len(rows) + 1


@given(st.binary(max_size=60))
def test_no_bytes_crash(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for suffix in ("csv", "jsonl", "json", "txt"):
        path = write(folder / f"p.{suffix}", content)
        with pytest.raises(GoldError, match=r"p\.\w+: "):
            read_relations(path)


def test_a_column_that_is_missing_in_the_first_row_does_not_hide_the_form(tmp_path: Path) -> None:
    lacking = {name: value for name, value in HEALTHVER.items() if name != "question"}
    gold = read_relations(write_lines(tmp_path / "h.jsonl", [{**lacking, "id": "0"}, HEALTHVER]))
    assert [one.id for one in gold.items] == ["3"]
    assert reasons(gold) == [("h.jsonl", 1, "has no question")]


def test_a_fault_says_which_column_is_meant(tmp_path: Path) -> None:
    row = next(read_table(write_lines(tmp_path / "p.jsonl", [{"a": ""}])).good)
    assert isinstance(row, Row)
    with pytest.raises(RowFault, match=r"^a is empty$"):
        text(row, "a")
