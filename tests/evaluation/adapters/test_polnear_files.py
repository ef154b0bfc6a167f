"""Which files of a PolNeAR folder are read, and which are not."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare import GoldError
from claimcompare.evaluation.adapters import read_attributions
from tests.evaluation.adapters.files import QUAY, write
from tests.evaluation.adapters.test_polnear import (
    LINES,
    SAID,
    reasons,
    written,
)


def test_of_several_annotators_the_first_by_name_counts(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    write(tmp_path / "attributions" / "quay_0000.ann", "")
    assert read_attributions(tmp_path).items[0].attributions == ()


def test_an_article_s_name_may_begin_another_s(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    written(tmp_path, [], name="quay_0_more", text="Nobody said anything.")
    gold = read_attributions(tmp_path)
    assert {one.id: len(one.attributions) for one in gold.items} == {"quay": 1, "quay_0_more": 0}


def test_files_without_their_other_half_are_named(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    write(tmp_path / "text" / "alone.txt", "Nobody said a word.")
    write(tmp_path / "attributions" / "gone_a1b2.ann", "")
    assert sorted(reasons(read_attributions(tmp_path))) == [
        ("alone.txt", 1, "has no file in attributions/"),
        ("gone_a1b2.ann", 1, "has no article 'gone' in text/"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Caf\xe9", "byte 3 is not utf-8"),
        (b"", "holds no words"),
        (b"It is a\0 day.", "holds NUL"),
    ],
)
def test_an_unreadable_article_is_named(content: bytes, reason: str, tmp_path: Path) -> None:
    written(tmp_path, LINES)
    written(tmp_path, [], name="bad")
    write(tmp_path / "text" / "bad.txt", content)
    gold = read_attributions(tmp_path)
    ((name, row, said),) = reasons(gold)
    assert (name, row) == ("bad.txt", 1)
    assert said.startswith(reason)


def test_an_article_with_a_byte_order_mark_fits(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    write(tmp_path / "text" / "quay.txt", codecs.BOM_UTF8 + QUAY.encode())
    write(tmp_path / "attributions" / "quay_a1b2.ann", codecs.BOM_UTF8 + "\n".join(LINES).encode())
    gold = read_attributions(tmp_path)
    assert (gold.items[0].attributions, gold.bad_rows) == ((SAID,), ())


def test_the_same_article_twice_counts_once(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    written(tmp_path, [], name="reprint", text=QUAY.upper().replace("\n", "\n\n"))
    gold = read_attributions(tmp_path)
    assert ([one.id for one in gold.items], gold.copies) == (["quay"], 1)


def test_a_list_names_the_articles_to_read(tmp_path: Path) -> None:
    for name in "abc":
        written(tmp_path, [], name=name, text=f"Nothing is said in {name}.")
    write(tmp_path / "attributions" / "gone_a1b2.ann", "")
    names = b"c.txt\r\n\r\na.txt\n../text/b.txt\nb\na.txt\n\xe9.txt\n"
    gold = read_attributions(write(tmp_path / "some.txt", names))
    assert [one.id for one in gold.items] == ["c", "a"]
    assert reasons(gold) == [
        ("some.txt", 4, "'../text/b.txt' is not in text/"),
        ("some.txt", 5, "'b' is not in text/"),
        ("some.txt", 6, "'a.txt' is listed twice"),
        ("some.txt", 7, "is not UTF-8"),
    ]


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    with pytest.raises(GoldError, match=r"some\.txt: holds no row"):
        read_attributions(write(tmp_path / "some.txt", "\n"))


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    with pytest.raises(GoldError, match="holds no row"):
        read_attributions(tmp_path)


@given(st.lists(st.text(st.sampled_from("TE19 :;\tContent\n0"), max_size=25), max_size=6))
def test_no_lines_crash_and_good_ones_survive(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    gold = read_attributions(written(tmp_path_factory.mktemp("any"), [*LINES, *lines]))
    assert gold.items[0].attributions[0] == SAID


@given(st.text(min_size=5, max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_every_span_has_the_article_s_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, one: int, other: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    start, end = sorted((one, other))
    marked = " ".join(text[start:end].split())
    text = f"Word {text}".replace("\0", " ")
    lines = [f"T1\tContent {start + 5} {end + 5}\t{marked}", "E1\tAttribution:T2 Content:T1"]
    try:
        gold = read_attributions(written(folder, lines, text=text))
    except GoldError as error:
        assert "no row is good" in str(error)  # noqa: PT017 - either outcome is right
        return
    for span in gold.items[0].attributions[0].evidence:
        assert gold.items[0].article.text[span.start : span.end] == span.text
