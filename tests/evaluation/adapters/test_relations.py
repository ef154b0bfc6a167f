"""Claims with stances: every published form, and what becomes of rows that hold none."""

from pathlib import Path
from typing import Any

import pytest

from claimcompare.evaluation.adapters import read_relations
from claimcompare.evaluation.gold import Gold, RelationItem
from tests.evaluation.adapters.files import Json, write_csv, write_lines

PAIR: Json = {"id": "7/Quay:1", "claim": "The quay is dry.", "evidence": "No.", "label": "REFUTES"}


def rows_with(*changes: Json) -> list[Json]:
    """A good row first, then one for each change, each with an id and evidence of its own."""
    changed = [
        {**PAIR, "id": f"8/{at}", "evidence": f"Evidence {at}.", **one}
        for at, one in enumerate(changes)
    ]
    return [PAIR, *changed]


def relations(gold: Gold[RelationItem]) -> list[tuple[str, str, str, str, str]]:
    return [(one.id, one.document, one.proposition, one.claim, one.relation) for one in gold.items]


def reasons(gold: Gold[RelationItem]) -> list[tuple[str, int, str]]:
    return [(Path(bad.path).name, bad.row, bad.reason) for bad in gold.bad_rows]


def test_flat_fever_pairs(tmp_path: Path) -> None:
    other = {**PAIR, "id": 12, "label": "SUPPORTS"}
    third = {**PAIR, "id": "/x", "label": "NOT_ENOUGH_INFO"}
    gold = read_relations(write_lines(tmp_path / "pairs.jsonl", [PAIR, other, third]))
    assert relations(gold) == [
        ("7/Quay:1", "7", "The quay is dry.", "No.", "denial"),
        ("12", "The quay is dry.", "The quay is dry.", "No.", "support"),
        ("/x", "The quay is dry.", "The quay is dry.", "No.", "context"),
    ]
    assert (gold.bad_rows, gold.copies) == ((), 0)


def climate(**changes: Any) -> Json:
    evidence = [
        {"evidence_id": "Quay:1", "evidence_label": "SUPPORTS", "article": "Quay", "evidence": "Y"},
        {"evidence_id": "Quay:2", "evidence_label": "REFUTES", "article": "Quay", "evidence": "N"},
    ]
    row = {"claim_id": "7", "claim": "It is dry.", "claim_label": "DISPUTED", "evidences": evidence}
    return row | changes


def test_published_climate_fever_takes_the_labels_of_the_evidence(tmp_path: Path) -> None:
    gold = read_relations(write_lines(tmp_path / "climate.jsonl", [climate()]))
    assert relations(gold) == [
        ("7/Quay:1", "7", "It is dry.", "Y", "support"),
        ("7/Quay:2", "7", "It is dry.", "N", "denial"),
    ]


def test_bad_evidence_costs_only_itself(tmp_path: Path) -> None:
    evidences: list[object] = [*climate()["evidences"], "loose", {"evidence_id": "Quay:3"}]
    rows = [climate(evidences=evidences), climate(claim_id="8", evidences=[]), climate()]
    gold = read_relations(write_lines(tmp_path / "climate.jsonl", rows))
    assert [one.id for one in gold.items] == ["7/Quay:1", "7/Quay:2"]
    assert reasons(gold) == [
        ("climate.jsonl", 1, "evidence 3 is no JSON object"),
        ("climate.jsonl", 1, "has no evidence"),
        ("climate.jsonl", 2, "evidences is no list with something in it"),
        ("climate.jsonl", 3, "the id '7/Quay:1' is that of an earlier one"),
        ("climate.jsonl", 3, "the id '7/Quay:2' is that of an earlier one"),
    ]


HEALTHVER = {
    "id": "3",
    "evidence": "Salt, it was found, dries.",
    "claim": "Salt dries quays ",
    "label": "Supports",
    "topic_ip": "4",
    "question": "Does salt help?",
}
EMERGENT = {
    "": "0",
    "claimHeadline": "Quay floods",
    "articleHeadline": "No flood at quay, keeper says",
    "claimId": "k1",
    "articleId": "a1",
    "articleHeadlineStance": "against",
}


def test_healthver_keeps_the_rows_of_a_question_together(tmp_path: Path) -> None:
    second = {**HEALTHVER, "id": "4", "label": "Refutes"}
    third = {**HEALTHVER, "id": "5", "label": "Neutral"}
    gold = read_relations(write_csv(tmp_path / "h.csv", [HEALTHVER, second, third]))
    question, claim, evidence = "Does salt help?", "Salt dries quays", HEALTHVER["evidence"]
    assert relations(gold) == [
        ("3", question, claim, evidence, "support"),
        ("4", question, claim, evidence, "denial"),
        ("5", question, claim, evidence, "context"),
    ]


def test_emergent_headlines(tmp_path: Path) -> None:
    second = {**EMERGENT, "articleId": "a2", "articleHeadlineStance": "for"}
    third = {**EMERGENT, "articleId": "a3", "articleHeadlineStance": "observing"}
    unknown = {**EMERGENT, "articleId": "a4", "articleHeadlineStance": "ignoring"}
    gold = read_relations(write_csv(tmp_path / "e.csv", [EMERGENT, second, third, unknown]))
    said = "No flood at quay, keeper says"
    assert relations(gold) == [
        ("k1/a1", "k1", "Quay floods", said, "denial"),
        ("k1/a2", "k1", "Quay floods", said, "support"),
        ("k1/a3", "k1", "Quay floods", said, "context"),
    ]
    assert reasons(gold) == [
        ("e.csv", 5, "articleHeadlineStance 'ignoring' is none of for, against, observing")
    ]


def test_our_own_rows_need_no_id_and_no_document(tmp_path: Path) -> None:
    row = {"proposition": "It is dry.", "claim": "It floods.", "stance": "denial"}
    full = {**row, "id": 3, "document": 9, "speaker": "Tam Weir", "stance": "unrelated"}
    gold = read_relations(write_lines(tmp_path / "mine.jsonl", [row, full]))
    assert relations(gold) == [
        ("row 1", "It is dry.", "It is dry.", "It floods.", "denial"),
        ("3", "9", "It is dry.", "It floods.", "unrelated"),
    ]
    assert [one.speaker for one in gold.items] == [None, "Tam Weir"]


def test_our_own_rows_as_csv(tmp_path: Path) -> None:
    row = {"proposition": "Dry.", "claim": "Floods.", "speaker": "", "stance": "context"}
    gold = read_relations(write_csv(tmp_path / "mine.csv", [row]))
    assert relations(gold) == [("row 2", "Dry.", "Dry.", "Floods.", "context")]
    assert gold.items[0].speaker is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"label": "supports"}, "label 'supports' is none of SUPPORTS, REFUTES, NOT_ENOUGH_INFO"),
        ({"label": None}, "has no label"),
        ({"label": 1}, "label is no text"),
        ({"claim": " \n "}, "claim is empty"),
        ({"evidence": ["No."]}, "evidence is no text"),
        ({"evidence": "a\0b"}, "evidence holds NUL"),
        ({"id": True}, "id is no text"),
        ({"id": ""}, "id is empty"),
        ({"id": PAIR["id"]}, "the id '7/Quay:1' is that of an earlier one"),
        ({"label": "\x1b[31m" + "x" * 99}, r"label '\x1b[31mxxx"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_reason(
    change: Json, reason: str, tmp_path: Path
) -> None:
    gold = read_relations(write_lines(tmp_path / "p.jsonl", rows_with({}, change, {})))
    assert [one.id for one in gold.items] == ["7/Quay:1", "8/0", "8/2"]
    ((name, row, said),) = reasons(gold)
    assert (name, row) == ("p.jsonl", 3)
    assert said.startswith(reason)
    assert len(said) < 160
    assert said.isprintable()
