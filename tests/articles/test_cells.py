"""CSV: what the csv module writes is read, and a stray quote costs one line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.articles.cells import records

CELLS = st.text(st.sampled_from('a,"\r\n \u2028é\0'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4)), st.sampled_from(["\r\n", "\n", "\r"]))
def test_what_the_csv_module_writes_is_read(rows: list[list[str]], line_end: str) -> None:
    out = io.StringIO(newline="")
    # Otherwise the module leaves a bare carriage return unquoted in files with other line ends.
    csv.writer(out, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(records(out.getvalue())) == [tuple(row) for row in rows]


@given(st.text(st.sampled_from('ab,"\n'), max_size=40))
def test_any_text_ends_and_good_records_are_those_of_the_csv_module(text: str) -> None:
    found = list(records(text))
    if None not in found:
        expected = [tuple(row) or ("",) for row in csv.reader(io.StringIO(text, newline=""))]
        assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", [("a",)]),
        ("a,", [("a", "")]),
        ("a\r\n\r\nb\r\n", [("a",), ("",), ("b",)]),
        ("a\rb\nc", [("a",), ("b",), ("c",)]),
        ('5" pipe,b', [('5" pipe', "b")]),
        ('"a\r\nb","c""d"\n', [("a\r\nb", 'c"d')]),
    ],
)
def test_cells(text: str, expected: list[tuple[str, ...]]) -> None:
    assert list(records(text)) == expected


def test_a_quote_that_is_never_closed_costs_its_line_only() -> None:
    assert list(records('a,b\n"c,d\ne,f\n')) == [("a", "b"), None, ("e", "f")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_after_a_closing_quote_costs_its_line_only(line_end: str) -> None:
    lines = ["a,b", '"c"x,d', "e,f"]
    assert list(records(line_end.join(lines))) == [("a", "b"), None, ("e", "f")]


def test_a_cell_of_a_million_characters_is_read() -> None:
    long = 'é"' * 500_000
    quoted = '"' + long.replace('"', '""') + '"'
    assert list(records(f"{quoted},b")) == [(long, "b")]
