"""Attributions in our own forms."""

from pathlib import Path

import pytest

from claimcompare import GoldError
from claimcompare.evaluation.adapters import read_attributions
from tests.evaluation.adapters.files import QUAY, Json, gold, write, write_gold, write_lines

ARTICLE: Json = {"id": "post", "text": QUAY, "publisher": "Aldmere Post"}
SAID: Json = {"speaker": "Una Brock", "cue": "said", "evidence": [{"start": 15, "end": 30}]}


def row(**changes: object) -> Json:
    return {"article": ARTICLE, "attributions": [SAID], **changes}


def test_our_own_lines(tmp_path: Path) -> None:
    voice = {"speaker": None, "evidence": [{"start": 64, "end": 76, "text": "She laughed."}]}
    found = read_attributions(write_lines(tmp_path / "a.jsonl", [row(attributions=[SAID, voice])]))
    (item,) = found.items
    assert (item.id, item.document) == ("post", "post")
    assert item.article.publisher == "Aldmere Post"
    assert [(one.speaker, one.cue, one.evidence[0].text) for one in item.attributions] == [
        ("Una Brock", "said", "the quay is dry"),
        (None, None, "She laughed."),
    ]


def evidence(*spans: Json) -> Json:
    return row(attributions=[SAID, {**SAID, "evidence": list(spans)}])


PLACE = "attributions[1].evidence[0]"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (evidence({"start": 5, "end": 5}), f"{PLACE}: 5 to 5 is no stretch of 76 characters"),
        (evidence({"start": -2, "end": 5}), f"{PLACE}: -2 to 5 is no stretch"),
        (evidence({"start": 0, "end": 77}), f"{PLACE}: 0 to 77 is no stretch"),
        (
            evidence({"start": 0, "end": 9, "text": "Tam Weir"}),
            f"{PLACE}: the article has other text at 0 to 9",
        ),
        (evidence({"start": "0", "end": 9}), f"{PLACE}.start: Input should be a valid integer"),
        (evidence({"start": True, "end": 9}), f"{PLACE}.start: Input should be a valid integer"),
        (evidence({"start": 0}), f"{PLACE}.end: Field required"),
        (evidence(), "attributions[1].evidence: Tuple should have at least 1 item"),
        (row(attributions=[{**SAID, "speaker": ""}]), "attributions[0].speaker: String should"),
        (row(attributions=[{"cue": "a"}]), "attributions[0].speaker: Field required (and 1 more)"),
        (row(attributions=None), "attributions: Input should be a valid tuple"),
        (row(article={"id": "b", "text": " "}), "article.text: is empty, or holds NUL"),
        (row(article={"id": "b", "text": "a\0"}), "article.text: is empty, or holds NUL"),
        (row(article={"id": "", "text": "a"}), "article.id: String should have at least 1"),
        (row(article={"text": "a"}), "article.id: Field required"),
        (row(sure=True), "sure: Extra inputs are not permitted"),
        ({"article": ARTICLE}, "attributions: Field required"),
        (row(), "the id 'post' is that of an earlier one"),
    ],
)
def test_a_bad_row_is_named_with_its_place(bad: Json, reason: str, tmp_path: Path) -> None:
    found = read_attributions(write_lines(tmp_path / "a.jsonl", [row(), bad]))
    assert [one.id for one in found.items] == ["post"]
    ((number, said),) = [(one.row, one.reason) for one in found.bad_rows]
    assert number == 2
    assert said.startswith(reason)


def test_the_same_article_twice_counts_once(tmp_path: Path) -> None:
    reprint = {"id": "bell", "text": QUAY.replace(" ", "  ")}
    rows = [row(), row(article=reprint, attributions=[])]
    found = read_attributions(write_lines(tmp_path / "a.jsonl", rows))
    assert ([one.id for one in found.items], found.copies) == (["post"], 1)


def test_a_comparison_s_claims_are_attributions_but_for_the_article_s_own(tmp_path: Path) -> None:
    path = write_gold(tmp_path, gold())
    write(tmp_path / "bell.txt", QUAY + "\nMore follows.")
    found = read_attributions(path)
    assert [(one.id, one.document) for one in found.items] == [
        ("quay/post", "quay"),
        ("quay/bell", "quay"),
    ]
    assert [[said.speaker for said in one.attributions] for one in found.items] == [
        ["Una Brock", "Tam Weir"],
        ["Una Brock"],
    ]
    assert found.items[0].attributions[0].evidence[0].text == QUAY[:31]


def test_what_is_no_such_gold_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "proposition,claim,stance\na,b,support\n")
    with pytest.raises(GoldError, match=r"p\.csv: found columns proposition, claim, stance; .*Pol"):
        read_attributions(path)


@pytest.mark.parametrize("names", [[], ["text"], ["attributions"], ["text/a.txt", "other"]])
def test_a_folder_of_something_else_is_refused(names: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for name in names:
        write(folder / name / "a.txt", "x")
    with pytest.raises(GoldError, match=r"found an? (empty )?folder.* reads .*PolNeAR"):
        read_attributions(folder)


def test_a_text_file_without_the_folders_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"some\.txt: found no row; this task reads"):
        read_attributions(write(tmp_path / "some.txt", "a.txt\n"))
