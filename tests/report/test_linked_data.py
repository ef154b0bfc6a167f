"""JSON-LD: the shape of ClaimReview, and no verdict anywhere."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from claimcompare.report import render
from claimcompare.schema import Comparison
from tests.report import LOCK, comparison, hostile
from tests.report.test_outlets import COPIED


def graph(made: Comparison) -> list[dict[str, Any]]:
    read = json.loads(render(made, "jsonld"))
    assert read["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = read["@graph"]
    return nodes


def inside(node: Any) -> Iterator[Any]:
    yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(part)


def test_a_dispute_is_a_review_of_what_some_assert() -> None:
    review = graph(LOCK)[0]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "The north lock is sound."
    item = review["itemReviewed"]
    assert (item["@type"], item["text"]) == ("Claim", "The north lock is sound.")
    assert item["author"] == [{"name": "Ines Quill"}, {"name": "Lena Marsh"}]
    assert item["appearance"] == [{"@type": "Article", "identifier": "post"}]
    assert review["reviewBody"] == (
        "Ines Quill: asserts it. Oskar Bray: denies Ines Quill. "
        "Milo Strand: not placed, no stance: support 40%, denial 30%, context 30%. "
        "Lena Marsh: asserts it. No verdict."
    )


def test_what_is_cited_has_its_stance_its_speaker_and_its_words() -> None:
    cited = graph(LOCK)[0]["citation"]
    assert [one["keywords"] for one in cited] == ["support", "denial", "context", "support"]
    assert cited[1]["author"] == {"name": "Oskar Bray"}
    assert cited[0]["isBasedOn"] == [{"@type": "Quotation", "text": "“It is sound,” Quill said."}]
    assert "author" not in cited[2]


def test_nobody_is_told_who_is_right() -> None:
    nodes = [one for one in inside(graph(LOCK)) if isinstance(one, dict)]
    assert not any("reviewRating" in one for one in nodes)


def test_claims_in_no_dispute_follow() -> None:
    assert [one["identifier"] for one in graph(LOCK)[1:]] == ["post:6"]
    assert graph(comparison()) == []


def test_a_claim_appears_wherever_its_words_were_printed() -> None:
    cited = graph(COPIED)[0]["citation"]
    where = [[one["publisher"]["name"] for one in claim["appearance"]] for claim in cited]
    assert where == [["Fenwick Post", "Echo"], ["Fenwick Post"]]


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("url", "https://a.example/lock", True),
        ("url", "javascript:alert(1)", False),
        ("published", "2026-03-01T08:00:00Z", True),
        ("published", "last Monday", False),
        ("language", "pt-BR", True),
        ("language", "the one of Dorran", False),
    ],
)
def test_a_field_is_kept_only_as_what_it_is(field: str, text: str, *, kept: bool) -> None:
    articles = (LOCK.articles[0].model_copy(update={field: text}),)
    made = LOCK.model_copy(update={"articles": articles})
    assert (text in list(inside(graph(made)))) is kept


def test_it_can_stand_in_a_script_element() -> None:
    text = render(hostile("</script><!--<script>&"), "jsonld")
    assert not {"<", ">", "&"} & set(text)
    assert "</script><!--<script>&" in list(inside(json.loads(text)))
