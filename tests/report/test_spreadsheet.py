"""CSV: a table that spreadsheets read right, and in which nothing is computed."""

import csv
import io

import pytest
from hypothesis import given, settings

from claimcompare.report import Format, render
from claimcompare.report.rows import ASSERTION_COLUMNS, CLAIM_COLUMNS
from claimcompare.schema import Comparison
from tests.report import HOSTILE, LOCK, claim, comparison, hostile
from tests.report.test_outlets import COPIED

TABLES: tuple[Format, ...] = ("csv", "assertions-csv")
FORMULAS = [
    '=HYPERLINK("http://a.example","lock")',
    "+1+1",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]

FIRST = ("=", "+", "-", "@", "＝")


def table(made: Comparison, form: Format) -> list[dict[str, str]]:
    text = render(made, form)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_every_claim_has_a_row_with_its_words_and_its_disputes() -> None:
    rows = table(LOCK, "csv")
    assert [row["claim_id"] for row in rows] == [one.id for one in LOCK.claims]
    assert tuple(rows[0]) == CLAIM_COLUMNS
    assert rows[0]["evidence"] == "“It is sound,” Quill said."
    assert (rows[0]["disputes"], rows[5]["disputes"]) == ("1", "")
    assert (rows[1]["speaker"], rows[1]["via"]) == ("", "Fenwick Post")


def test_every_assertion_has_a_row_with_its_stance_and_what_it_opposes() -> None:
    rows = table(LOCK, "assertions-csv")
    assert tuple(rows[0]) == ASSERTION_COLUMNS
    assert [row["stance"] for row in rows] == ["support", "denial", "", "context", "support"]
    assert rows[1]["confidence"] == "0.9"
    assert (rows[1]["opposes"], rows[1]["opposition"]) == ("post:1", "denied")
    assert rows[1]["same_speaker"] == "False"
    assert (rows[0]["opposes"], rows[2]["opposes"]) == ("post:3", "")


def test_who_printed_the_same_words_is_told() -> None:
    rows = table(COPIED, "csv")
    assert [(row["publisher"], row["printed_also"]) for row in rows] == [
        ("Fenwick Post", "echo"),
        ("Fenwick Post", ""),
    ]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("form", TABLES)
def test_no_cell_is_a_formula(form: Format, formula: str) -> None:
    cells = [cell for row in table(hostile(formula), form) for cell in row.values()]
    assert f"'{formula}" in cells
    assert formula not in cells


@settings(max_examples=100)
@given(text=HOSTILE)
def test_no_text_leaves_its_cell(text: str) -> None:
    row = table(hostile(text), "csv")[2]
    assert row["text"].replace("'", "") == text.replace("'", "")
    assert not row["text"].strip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-2+3", "@SUM(1,2)", "＝1+1", ' "=1+1"', " =1"])
@pytest.mark.parametrize("sign", [";", "\t", "\n"])
@pytest.mark.parametrize("form", TABLES)
def test_nor_is_one_where_cells_end_at_another_sign(form: Format, sign: str, formula: str) -> None:
    text = render(hostile(f"The lock is sound{sign}{formula}"), form)[1:]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if sign == "\t" else ";")
    cells = [cell for row in rows for cell in row]
    assert not [one for one in cells if one.lstrip().lstrip('"').lstrip().startswith(FIRST)]


def test_of_several_values_in_a_cell_none_is_a_formula() -> None:
    spans = ("“It is,” Marsh said.", "=1+1", "-2")
    made = comparison((claim("post:1", "Lena Marsh", "The lock is sound.", *spans),))
    (row,) = table(made, "csv")
    assert row["evidence"].split("\n") == [spans[0], "'=1+1", "'-2"]


def test_a_sign_within_a_text_stays_as_it_is() -> None:
    said = "Marsh – the keeper; it holds - she said; 2 + 2 = 4, a@b.;"
    (row,) = table(comparison((claim("post:1", "Lena Marsh", f"{said}=1"),)), "csv")
    assert row["text"] == f"{said}'=1"


def test_an_empty_comparison_is_a_table_without_rows() -> None:
    for form in TABLES:
        assert table(comparison(), form) == []
        assert render(comparison(), form).count("\n") == 1
