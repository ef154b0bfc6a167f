"""Columns: pages are read as people read them, whatever order they were drawn in."""

import pytest

from claimcompare.articles.columns import Word, is_tangled, lines_of, without_copies
from claimcompare.articles.pdf import read_pdf
from claimcompare.articles.records import Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError
from tests.articles.layouts import Line, by_row, columns, content, wrapped
from tests.articles.pdfs import pdf
from tests.benchmarks.pdfs import flat, kinds, scores

# A quotation and a caption stand within a sentence of the column that they are in.
APART = {"pull quote in a column": 0.9, "picture and caption": 0.9}
EM = 10
KINDS = kinds()
# What stands in a row where no columns are: cells, names, numbers.
CELLS = [["North Quay", "412", "388"], ["Mill Bank", "97", "1,204"], ["Old Town", "6", "640"]] * 4


def read(*lines: Line, before: str = "") -> str:
    raw = pdf([content(lines, before=before)])
    return read_pdf(Source("a.pdf", "a", raw, ".pdf"), ReadSettings()).text


def word(text: str, left: float, top: float, height: float = EM) -> Word:
    return Word(text, left, top - height, left + 5 * len(text), top)


@pytest.mark.parametrize("kind", list(KINDS))
def test_sentences_are_read_whole_and_in_their_order(kind: str) -> None:
    for raw, gold in KINDS[kind]:
        text = read_pdf(Source("a.pdf", "a", raw, ".pdf"), ReadSettings()).text
        whole, order = scores(text, gold)
        assert whole >= APART.get(kind, 1), [one for one in gold if flat(one) not in flat(text)]
        assert kind in APART or order == 1


def test_the_case_that_was_reported() -> None:
    left = (
        "The council said on Monday that the dam is safe, and that",
        "nobody need leave the valley. Una Brock, who runs it, said",
        "so. She had walked over it on Sunday, she said, and saw no",
        "crack in it. The water was low on that day.",
    )
    right = (
        "Oskar Beck denied it. He had seen a crack on the same",
        "day that the dam was closed to walkers, he said, and had",
        "sent a picture of it to the council, which it never",
        "answered. Nobody there remembers a picture.",
    )
    rows = zip(left, right, strict=True)
    drawn = [
        Line(50 + 280 * side, 700 - 12 * at, text)
        for at, row in enumerate(rows)
        for side, text in enumerate(row)
    ]
    assert read(*drawn) == f"{' '.join(left)}\n\n{' '.join(right)}"


@pytest.mark.parametrize("gutter", [6, 8, 10])
def test_short_columns_with_little_between_them_are_not_spliced(gutter: int) -> None:
    told = [
        (
            "The keeper of the dam said on Monday that the dam was safe and would hold for "
            "years to come. She added that no money was needed for it now. Una Brock agreed "
            "with her at the meeting of the council, which lasted three hours and ended in a "
            "quarrel over the bill."
        ),
        (
            "Oskar Beck denied that the dam was sound. Cracks were found in March, he said, "
            "and the keeper knew of them well before the summer. Residents asked for a second "
            "report before the autumn floods arrive, and for a copy of the first, which "
            "nobody has seen so far."
        ),
        (
            "Nobody at the council would say who had paid for the first report or why it was "
            "kept. The clerk said she had not read it and could not comment on it. The "
            "engineer who wrote it has left the county and did not answer letters sent to him "
            "in April and in May."
        ),
    ]
    wide = (520 - 2 * gutter) / 3
    drawn = [
        Line(40 + side * (wide + gutter), 700 - 12 * at, line)
        for side, text in enumerate(told)
        for at, line in enumerate(wrapped(text, wide))
    ]
    assert read(*sorted(drawn, key=lambda line: -line.y)).split() == " ".join(told).split()


def test_tables_are_read_row_by_row() -> None:
    words = [
        word(part, 50 + 150 * at + 35 * number, 700 - 14 * down)
        for down, row in enumerate(CELLS)
        for at, cell in enumerate(row)
        for number, part in enumerate(cell.split())
    ]
    assert lines_of(words) == [" ".join(row) for row in CELLS]


def test_what_is_drawn_at_right_angles_is_read_after_the_rest() -> None:
    upright = [
        Line(50, 700 - 12 * at, f"Una Brock said no for the {at}th time.") for at in range(4)
    ]
    raw = content([Line(300, -580, "Kessavar Post")], before="q 0 1 -1 0 0 0 cm") + b" Q "
    raw += content(upright)
    text = read_pdf(Source("a.pdf", "a", pdf([raw]), ".pdf"), ReadSettings()).text
    assert text.startswith("Una Brock said no for the 0th time.")
    assert text.endswith("Kessavar Post")


def test_what_is_drawn_twice_is_read_once() -> None:
    line = Line(50, 700, "Una Brock said no.")
    assert read(line, line._replace(x=50.4)) == "Una Brock said no."
    twice = [word("no", 50, 700), word("no", 51, 700), word("no", 70, 700)]
    assert [one.left for one in without_copies(twice)] == [50, 70]


def test_text_on_text_is_an_error_that_names_the_page() -> None:
    over = [Line(50, 700, "Una Brock said that the quay is dry."),
            Line(54, 701, "Oskar Bray denied in town what she had.")]  # fmt: skip
    with pytest.raises(ArticleError, match=r"a\.pdf: page 1: its lines lie on one another"):
        read(*over)


@pytest.mark.parametrize("made", [[], [word("", 0, 0, 0)], [word("no", 1e7, -1e7, 1e-9)]])
def test_odd_pages_end(made: list[Word]) -> None:
    assert not is_tangled(made)
    assert len(lines_of(made)) == len(made)


def test_numbers_and_names_within_hebrew_keep_their_direction() -> None:
    told = ["ברוק", "אמרה", "Kessavar", "Post", "ביום", "שני"]
    at, words = 500.0, []
    for one in [*told[:2], "Post", "Kessavar", *told[4:]]:
        at -= 5 * len(one) + 5
        words.append(word(one, at, 700))
    assert lines_of(words) == [" ".join(told)]


def test_the_foot_of_a_page_is_no_line_of_a_column() -> None:
    told = ["She said that the dam is safe and that it had been for years. " * 8] * 3
    rows = by_row(columns(told, 2))
    low = min(one.y for one in rows) - 40
    assert read(*rows, Line(50, low, "Kessavar Post, 3 May")).endswith("Kessavar Post, 3 May")
