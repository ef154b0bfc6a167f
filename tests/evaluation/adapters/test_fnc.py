"""FNC-1: stances in one file, the bodies of the articles in another."""

from pathlib import Path

import pytest

from claimcompare import GoldError
from claimcompare.evaluation.adapters import read_pairs, read_relations
from tests.evaluation.adapters.files import write, write_csv

STANCES = [
    {"Headline": "Quay floods", "Body ID": "5", "Stance": "agree"},
    {"Headline": "Quay is dry", "Body ID": "5", "Stance": "disagree"},
    {"Headline": "Quay examined", "Body ID": "6", "Stance": "discuss"},
    {"Headline": "Mayor weds", "Body ID": "6", "Stance": "unrelated"},
]
BODIES = [
    {"Body ID": "5", "articleBody": "It floods.\r\n\r\nTam Weir saw it."},
    {"Body ID": "6", "articleBody": 'Una Brock looked at the quay, "closely".'},
]


def written(
    folder: Path,
    stances: list[dict[str, str]] = STANCES,
    bodies: list[dict[str, str]] = BODIES,
) -> Path:
    write_csv(folder / "train_bodies.csv", bodies)
    return write_csv(folder / "train_stances.csv", stances)


@pytest.mark.parametrize("as_folder", [True, False])
def test_each_body_is_held_against_a_headline(tmp_path: Path, *, as_folder: bool) -> None:
    path = written(tmp_path)
    gold = read_relations(tmp_path if as_folder else path)
    assert [(one.id, one.document, one.proposition, one.relation) for one in gold.items] == [
        ("row 2", "5", "Quay floods", "support"),
        ("row 3", "5", "Quay is dry", "denial"),
        ("row 4", "6", "Quay examined", "context"),
        ("row 5", "6", "Mayor weds", "unrelated"),
    ]
    assert gold.items[0].claim == "It floods.\r\n\r\nTam Weir saw it."
    assert gold.items[3].claim == 'Una Brock looked at the quay, "closely".'


def test_unrelated_pairs_are_not_opposed(tmp_path: Path) -> None:
    gold = read_pairs(written(tmp_path))
    assert [one.opposed for one in gold.items] == [False, True, False, False]
    assert (gold.items[1].one, gold.items[1].other) == ("Quay is dry", BODIES[0]["articleBody"])


def test_bad_rows_of_both_files_are_named(tmp_path: Path) -> None:
    stances = [
        *STANCES,
        {"Headline": "Quay", "Body ID": "7", "Stance": "agree"},
        {"Headline": "Quay", "Body ID": "5", "Stance": "Agree"},
        {"Headline": "", "Body ID": "5", "Stance": "agree"},
    ]
    bodies = [
        *BODIES,
        {"Body ID": "5", "articleBody": "Else."},
        {"Body ID": "8", "articleBody": ""},
    ]
    gold = read_relations(written(tmp_path, stances, bodies))
    assert len(gold.items) == 4
    assert gold.items[0].claim == BODIES[0]["articleBody"]
    assert [(Path(bad.path).name, bad.row, bad.reason) for bad in gold.bad_rows] == [
        ("train_bodies.csv", 4, "Body ID '5' is that of an earlier one"),
        ("train_bodies.csv", 5, "articleBody is empty"),
        ("train_stances.csv", 6, "Body ID '7' is not in train_bodies.csv"),
        ("train_stances.csv", 7, "Stance 'Agree' is none of agree, disagree, discuss, unrelated"),
        ("train_stances.csv", 8, "Headline is empty"),
    ]


def test_a_broken_row_of_bodies_is_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    write(tmp_path / "train_bodies.csv", 'Body ID,articleBody\r\n5,"open\r\n6,Closed.\r\n')
    gold = read_relations(path)
    assert [one.document for one in gold.items] == ["6", "6"]
    assert (Path(gold.bad_rows[0].path).name, gold.bad_rows[0].row) == ("train_bodies.csv", 2)


def test_the_bodies_of_the_same_name_are_taken(tmp_path: Path) -> None:
    path = written(tmp_path)
    write_csv(tmp_path / "a_bodies.csv", [{"Body ID": "5", "articleBody": "Of another part."}])
    assert read_relations(path).items[0].claim == BODIES[0]["articleBody"]


def test_the_only_bodies_are_taken_whatever_their_name(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "train_bodies.csv").rename(tmp_path / "other_bodies.csv")
    assert len(read_relations(path).items) == 4


def test_stances_without_bodies_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "train_bodies.csv").unlink()
    with pytest.raises(GoldError, match=r"train_stances\.csv: needs train_bodies\.csv beside it"):
        read_relations(path)


def test_stances_of_another_name_need_one_file_of_bodies(tmp_path: Path) -> None:
    path = written(tmp_path).rename(tmp_path / "mine.csv")
    assert len(read_relations(path).items) == 4
    write_csv(tmp_path / "b_bodies.csv", BODIES)
    with pytest.raises(GoldError, match=r"mine\.csv: needs one \*_bodies\.csv beside it"):
        read_relations(path)


def test_a_folder_of_several_parts_asks_for_one(tmp_path: Path) -> None:
    written(tmp_path)
    write_csv(tmp_path / "test_stances.csv", STANCES)
    with pytest.raises(GoldError, match=r"holds test_stances\.csv, train_stances\.csv; name one"):
        read_relations(tmp_path)


def test_unlabelled_stances_beside_them_are_not_counted(tmp_path: Path) -> None:
    written(tmp_path)
    write(tmp_path / "test_stances_unlabeled.csv", "Headline,Body ID\r\nA,5\r\n")
    assert len(read_relations(tmp_path).items) == 4


def test_two_articles_of_one_text_are_copies(tmp_path: Path) -> None:
    bodies = [*BODIES, {"Body ID": "9", "articleBody": "IT floods. Tam Weir saw it."}]
    stances = [*STANCES, {"Headline": "quay floods", "Body ID": "9", "Stance": "agree"}]
    gold = read_relations(written(tmp_path, stances, bodies))
    assert (len(gold.items), gold.copies) == (4, 1)
