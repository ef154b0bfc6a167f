"""Our gold files: checked to the last span, and kept in their folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimcompare import GoldError
from claimcompare.evaluation.adapters import (
    gold_schema,
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
)
from tests.evaluation.adapters.files import QUAY, Json, claim, gold, write, write_gold, write_lines
from tests.gold import SEEDS

READERS: list[Callable[[Path], Any]] = [
    read_attributions,
    read_comparisons,
    read_pairs,
    read_relations,
]


@pytest.mark.parametrize("name", ["quay.gold.json", "quay.json"])
def test_a_gold_file_is_a_comparison(name: str, tmp_path: Path) -> None:
    found = read_comparisons(write_gold(tmp_path, gold(), name))
    (event,) = found.items
    assert (event.id, event.document) == ("quay", "quay")
    assert [(one.id, one.text) for one in event.articles] == [("post", QUAY), ("bell", QUAY)]
    assert (event.articles[0].publisher, event.articles[1].title) == ("Aldmere Post", "Quay")
    assert [one.id for one in event.claims] == ["c1", "c2", "c3", "c4"]
    assert [one.stance for one in event.disputes[0].assertions] == [
        "support",
        "denial",
        "context",
        "support",
    ]


def test_its_assertions_are_relations(tmp_path: Path) -> None:
    found = read_relations(write_gold(tmp_path, gold()))
    assert [(one.id, one.document, one.speaker, one.relation) for one in found.items] == [
        ("quay/1/c1", "quay", "Una Brock", "support"),
        ("quay/1/c2", "quay", "Tam Weir", "denial"),
        ("quay/1/c3", "quay", None, "context"),
        ("quay/1/c4", "quay", "Una Brock", "support"),
    ]
    assert {one.proposition for one in found.items} == {"The quay is dry."}
    assert found.items[0].claim == "What c1 says of the quay."


def at(*steps: str | int) -> Callable[[Json, object], None]:
    def put(value: Json, new: object) -> None:
        inner: Any = value
        for step in steps[:-1]:
            inner = inner[step]
        inner[steps[-1]] = new

    return put


ASSERTIONS: tuple[str | int, ...] = ("disputes", 0, "assertions")
EVIDENCE: tuple[str | int, ...] = ("claims", 1, "evidence", 0)
OUT = "leads out of the gold file's folder"


@pytest.mark.parametrize(
    ("put", "new", "reason"),
    [
        (at("articles"), [], "articles: Tuple should have at least 1 item"),
        (at("notes"), "x", "notes: Extra inputs are not permitted"),
        (at("claims", 0, "stance"), "x", "claims[0].stance: Extra inputs are not permitted"),
        (at("articles", 0, "id"), "bell", "articles: 'bell' is there twice"),
        (at("articles", 0, "path"), "../post.txt", f"articles[0].path: '../post.txt' {OUT}"),
        (at("articles", 0, "path"), "/etc/hostname", f"articles[0].path: '/etc/hostname' {OUT}"),
        (at("articles", 0, "path"), "link.txt", f"articles[0].path: 'link.txt' {OUT}"),
        (at("articles", 0, "path"), "a\0b", r"articles[0].path: 'a\x00b' is no path"),
        (at("articles", 0, "path"), "loop", "articles[0].path: "),
        (at("articles", 0, "path"), "x" * 5000, "articles[0].path: "),
        (at("articles", 0, "path"), ".", "articles[0].path: "),
        (at("articles", 0, "path"), "gone.txt", "articles[0].path: "),
        (at("articles", 0, "path"), "nul.txt", "articles[0].path: 'nul.txt' holds NUL"),
        (at("articles", 0, "path"), "", "articles[0].path: String should have at least 1"),
        (at("claims", 1, "id"), "c1", "claims: 'c1' is there twice"),
        (at("claims", 1, "text"), " ", "claims[1].text: is empty, or holds NUL"),
        (at("claims", 1, "text"), "a\0", "claims[1].text: is empty, or holds NUL"),
        (at("claims", 1, "speaker"), "", "claims[1].speaker: is empty; null stands for"),
        (at("claims", 1, "article_id"), "sun", "claims[1].article_id: 'sun' is the id of no art"),
        (at("claims", 1, "evidence"), [], "claims[1].evidence: Tuple should have at least 1"),
        (at(*EVIDENCE, "start"), 31, "claims[1].evidence[0]: the article has other text at 31"),
        (at(*EVIDENCE, "start"), "32", "claims[1].evidence[0].start: Input should be a valid int"),
        (at(*EVIDENCE, "end"), 999, "claims[1].evidence[0]: the article has other text at 32"),
        (at(*EVIDENCE), {"start": 3, "end": 3, "text": ""}, "claims[1].evidence[0]: the article"),
        (at("disputes", 0, "proposition"), "", "disputes[0].proposition: is empty"),
        (at(*ASSERTIONS, 0, "claim_id"), "c9", "disputes[0].assertions[0].claim_id: 'c9' is no"),
        (at(*ASSERTIONS, 0, "claim_id"), "c2", "disputes[0].assertions: 'c2' is there twice"),
        (at(*ASSERTIONS, 0, "stance"), "unrelated", "disputes[0].assertions[0].stance: Input sh"),
        (at(*ASSERTIONS, 1, "stance"), "context", "disputes[0].assertions: none has the stance d"),
        (at(*ASSERTIONS), [], "disputes[0].assertions: none has the stance support, so nothing"),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_a_fault_is_one_line_with_its_place(
    read: Callable[[Path], Any],
    put: Callable[[Json, object], None],
    new: object,
    reason: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "gold"
    value = gold()
    put(value, new)
    path = write_gold(folder, value)
    write(tmp_path / "post.txt", QUAY)
    write(folder / "nul.txt", "a\0 word and more")
    (folder / "link.txt").symlink_to(tmp_path / "post.txt")
    (folder / "loop").symlink_to(folder / "loop")
    with pytest.raises(GoldError) as caught:
        read(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: no row is good; the first: {path}, row 1: {reason}")
    assert said.isprintable()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Invalid JSON"),
        (b"{", "Invalid JSON"),
        (b"[]", "Input should be an object"),
        (b'{"articles": "\xff"}', "Invalid JSON"),
        (b"[" * 100_000, "Invalid JSON: recursion limit"),
        (b"{}", "articles: Field required (and 2 more)"),
    ],
)
def test_a_file_that_is_no_gold_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gold.json", content)
    with pytest.raises(GoldError) as caught:
        read_comparisons(path)
    assert reason in str(caught.value)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.gold.json", "No such file or directory"),
        ("x" * 5000, "File name too long"),
        ("a\0b", "embedded null byte"),
    ],
)
def test_a_path_that_is_nowhere_is_refused(
    read: Callable[[Path], Any], name: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(GoldError) as caught:
        read(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}: cannot be read ({reason})"


def test_a_folder_gives_all_its_events_and_names_the_bad_ones(tmp_path: Path) -> None:
    for name in ("b", "a"):
        value = gold()
        value["articles"][0]["path"] = f"{name}.txt"
        write_gold(tmp_path, value, f"{name}.gold.json")
        write(tmp_path / f"{name}.txt", f"{QUAY} Thus {name}.")
    write(tmp_path / "c.gold.json", "{}")
    write(tmp_path / "notes.json", "{}")
    found = read_comparisons(tmp_path)
    assert [one.id for one in found.items] == ["a", "b"]
    ((path, row),) = [(Path(bad.path).name, bad.row) for bad in found.bad_rows]
    assert (path, row) == ("c.gold.json", 1)
    assert len(read_relations(tmp_path).bad_rows) == 1


def test_an_event_told_twice_counts_once(tmp_path: Path) -> None:
    write_gold(tmp_path, gold(), "a.gold.json")
    write_gold(tmp_path, gold(), "b.gold.json")
    found = read_comparisons(tmp_path)
    assert ([one.id for one in found.items], found.copies) == (["a"], 1)


def test_the_place_of_the_schema_may_be_named(tmp_path: Path) -> None:
    path = write_gold(tmp_path, {"$schema": "gold.schema.json", **gold()})
    assert len(read_comparisons(path).items) == 1


def test_other_forms_are_no_comparison(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "p.jsonl", [{"one": "a", "other": "b", "opposed": True}])
    with pytest.raises(GoldError, match=r"found columns one, other, opposed; this task reads comp"):
        read_comparisons(path)
    with pytest.raises(GoldError, match=r"found a folder with p\.jsonl; this task reads comp"):
        read_comparisons(tmp_path)


def test_the_schema_is_that_of_the_file() -> None:
    schema = gold_schema()
    assert set(schema["properties"]) == {"$schema", "articles", "claims", "disputes"}
    assert set(schema["required"]) == {"articles", "claims", "disputes"}
    assert schema["additionalProperties"] is False
    assert all(one["additionalProperties"] is False for one in schema["$defs"].values())
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("read", READERS)
def test_the_events_in_seeds_are_gold(read: Callable[[Path], Any]) -> None:
    found = read(SEEDS)
    assert found.bad_rows == ()
    assert {one.document for one in found.items} == {
        path.name.removesuffix(".gold.json") for path in SEEDS.glob("*.gold.json")
    }


def test_a_claim_may_be_in_no_dispute(tmp_path: Path) -> None:
    value = gold()
    value["claims"].append(claim("c9", "post", None, (0, 3)))
    assert len(read_relations(write_gold(tmp_path, value)).items) == 4
