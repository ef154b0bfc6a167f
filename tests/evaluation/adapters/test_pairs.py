"""Pairs: ClaimDiff, our own, relations and disputes as pairs."""

import json
from pathlib import Path

import pytest

from claimcompare import GoldError
from claimcompare.evaluation.adapters import read_pairs
from tests.evaluation.adapters.files import (
    Json,
    claim,
    gold,
    write,
    write_csv,
    write_gold,
    write_lines,
)

CLAIMDIFF: Json = {
    "topic": "Quay at Aldmere",
    "date": "2031-05-01",
    "claim_a": "The quay is dry.",
    "claim_b": "Tam Weir saw it flood.",
    "article_a": "Dry",
    "article_b": "Wet",
}


def test_claimdiff_in_words(tmp_path: Path) -> None:
    relations = ["weaken", "strengthen", "neither", "Weaken"]
    rows = [
        {**CLAIMDIFF, "id": f"r{at}", "claim_a": f"Claim {at}.", "relation": relation}
        for at, relation in enumerate(relations)
    ]
    found = read_pairs(write_lines(tmp_path / "c.jsonl", rows))
    assert [(one.id, one.document, one.one, one.other, one.opposed) for one in found.items] == [
        ("r0", "Quay at Aldmere", "Claim 0.", "Tam Weir saw it flood.", True),
        ("r1", "Quay at Aldmere", "Claim 1.", "Tam Weir saw it flood.", False),
        ("r2", "Quay at Aldmere", "Claim 2.", "Tam Weir saw it flood.", False),
    ]
    assert [(bad.row, bad.reason) for bad in found.bad_rows] == [
        (4, "relation 'Weaken' is none of weaken, strengthen, neither")
    ]


def published(relations: list[object]) -> str:
    rows = [
        {**CLAIMDIFF, "pair_id": f"r{at}", "claim_a": f"Claim {at}.", "relation": relation}
        for at, relation in enumerate(relations)
    ]
    return json.dumps({"data": rows})


@pytest.mark.parametrize("name", ["ClaimDiff-weak-test.json", "ClaimDiff-W/test.json"])
def test_published_claimdiff_says_1_for_weaken(name: str, tmp_path: Path) -> None:
    found = read_pairs(write(tmp_path / name, published([1, 0, 2, True, None])))
    assert [(one.id, one.opposed) for one in found.items] == [("r0", True), ("r1", False)]
    assert [(bad.row, bad.reason) for bad in found.bad_rows] == [
        (3, "relation 2 is neither 0 nor 1"),
        (4, "relation is no text"),
        (5, "has no relation"),
    ]


@pytest.mark.parametrize("name", ["ClaimDiff-strength-test.json", "ClaimDiff-S/a.json", "a.json"])
def test_numbers_that_may_say_strengthen_are_refused(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, published([1, 0]))
    with pytest.raises(GoldError, match="does not say that 1 is weaken"):
        read_pairs(path)


def test_a_pair_and_its_reverse_are_both_kept(tmp_path: Path) -> None:
    one, other = CLAIMDIFF["claim_a"], CLAIMDIFF["claim_b"]
    rows = [
        {**CLAIMDIFF, "id": "r", "relation": "weaken"},
        {**CLAIMDIFF, "id": "r_rev", "relation": "weaken", "claim_a": other, "claim_b": one},
        {**CLAIMDIFF, "id": "again", "relation": "weaken", "claim_a": one.upper()},
        {**CLAIMDIFF, "id": "else", "relation": "neither"},
    ]
    found = read_pairs(write_lines(tmp_path / "c.jsonl", rows))
    assert [one.id for one in found.items] == ["r", "r_rev", "else"]
    assert found.copies == 1


@pytest.mark.parametrize(
    ("opposed", "expected"),
    [(True, True), (False, False), ("true", True), ("FALSE", False), ("False", False)],
)
def test_our_own_pairs(tmp_path: Path, *, opposed: bool | str, expected: bool) -> None:
    row = {"one": "It is dry.", "other": "It floods.", "opposed": opposed}
    found = read_pairs(write_lines(tmp_path / "mine.jsonl", [row]))
    assert [(one.id, one.document, one.opposed) for one in found.items] == [
        ("row 1", "row 1", expected)
    ]


def test_our_own_pairs_as_csv(tmp_path: Path) -> None:
    rows = [
        {"id": "p", "document": "d", "one": "Dry.", "other": "Wet.", "opposed": "True"},
        {"id": "q", "document": "", "one": "Dry.", "other": "Dusty.", "opposed": "false"},
        {"id": "r", "document": "d", "one": "Dry.", "other": "", "opposed": "false"},
        {"id": "s", "document": "d", "one": "Dry.", "other": "Wet?", "opposed": "1"},
        {"id": "p", "document": "d", "one": "Dry.", "other": "Wet!", "opposed": "true"},
    ]
    found = read_pairs(write_csv(tmp_path / "mine.csv", rows))
    assert [(one.id, one.document, one.opposed) for one in found.items] == [
        ("p", "d", True),
        ("q", "q", False),
    ]
    assert [(bad.row, bad.reason) for bad in found.bad_rows] == [
        (4, "other is empty"),
        (5, "opposed '1' is neither true nor false"),
        (6, "the id 'p' is that of an earlier one"),
    ]


@pytest.mark.parametrize(
    ("opposed", "reason"), [(1, "opposed is no text"), (None, "has no opposed")]
)
def test_only_true_and_false_say_whether(tmp_path: Path, opposed: object, reason: str) -> None:
    row = {"one": "It is dry.", "other": "It floods.", "opposed": opposed}
    with pytest.raises(GoldError, match=reason):
        read_pairs(write_lines(tmp_path / "mine.jsonl", [row]))


def test_relations_are_pairs_opposed_if_denied(tmp_path: Path) -> None:
    row = {"id": "1", "claim": "It is dry.", "evidence": "It floods.", "label": "REFUTES"}
    rows = [row, {**row, "id": "2", "label": "SUPPORTS"}, {**row, "id": "3", "label": "?"}]
    found = read_pairs(write_lines(tmp_path / "p.jsonl", rows))
    assert [(one.id, one.one, one.other, one.opposed) for one in found.items] == [
        ("1", "It is dry.", "It floods.", True),
        ("2", "It is dry.", "It floods.", False),
    ]
    assert [bad.row for bad in found.bad_rows] == [3]


def test_claims_in_a_dispute_are_paired(tmp_path: Path) -> None:
    value = gold()
    value["claims"] += [claim(f"c{at}", "bell", "Tam Weir", (0, 31)) for at in (5, 6)]
    value["disputes"][0]["assertions"].append({"claim_id": "c5", "stance": "context"})
    found = read_pairs(write_gold(tmp_path, value))
    assert {one.id: one.opposed for one in found.items} == {
        "quay/c1-c2": True,
        "quay/c1-c3": False,
        "quay/c1-c4": False,
        "quay/c1-c5": False,
        "quay/c2-c3": False,
        "quay/c2-c4": True,
        "quay/c2-c5": False,
        "quay/c3-c4": False,
        "quay/c4-c5": False,
    }
    first = found.items[0]
    assert (first.one, first.other) == ("What c1 says of the quay.", "What c2 says of the quay.")
    assert {one.document for one in found.items} == {"quay"}


def test_what_one_dispute_opposes_no_other_unites(tmp_path: Path) -> None:
    value = gold()
    stances = {"c1": "support", "c4": "denial"}
    assertions = [{"claim_id": name, "stance": stance} for name, stance in stances.items()]
    value["disputes"].append({"proposition": "It is safe.", "assertions": assertions})
    found = read_pairs(write_gold(tmp_path, value))
    assert [one.opposed for one in found.items if one.id == "quay/c1-c4"] == [True]


def test_other_forms_are_refused(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "p.jsonl", [{"article": {}, "attributions": []}])
    with pytest.raises(GoldError, match=r"found columns article, attributions; .*ClaimDiff.*pairs"):
        read_pairs(path)
