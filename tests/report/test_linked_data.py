"""JSON-LD: claims of speakers who are sure to make them, and no verdict anywhere."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from claimcompare.report import render
from claimcompare.schema import Assertion, Comparison
from claimcompare.stages.review import reviewed
from tests.report import LOCK, assertion, comparison, dispute, hostile, read
from tests.report.test_outlets import COPIED
from tests.reviewing import lock, mark, marks


def graph(made: Comparison) -> list[dict[str, Any]]:
    read = json.loads(render(made, "jsonld"))
    assert read["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = read["@graph"]
    return nodes


def inside(node: Any) -> Iterator[Any]:
    yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(part)


def test_a_claim_is_its_speakers_with_a_stance_and_its_words() -> None:
    claim = graph(LOCK)[0]
    assert (claim["@type"], claim["text"]) == ("Claim", "The lock is not sound.")
    assert claim["author"] == {"name": "Oskar Bray"}
    assert claim["keywords"] == "denial"
    assert claim["about"] == {"@type": "Thing", "name": "The north lock is sound."}
    assert claim["appearance"] == [{"@type": "Article", "identifier": "post"}]
    assert claim["isBasedOn"] == [{"@type": "Quotation", "text": "The lock is not sound."}]
    assert claim["creditText"] == "Read by tiny with claimcompare 0; not a verdict"


UNSURE = (
    assertion("post:1", "support", 0.89),
    assertion("post:1", None, 0.95),
    read("post:1", "support", 1, 1),
    read("post:1", "support", 2, 3),
    read("post:1", "support").model_copy(update={"withdrawn_by": "post:3"}),
    Assertion(claim_id="post:1", stance="support"),
)
SURE = (
    assertion("post:1", "support", 0.9),
    read("post:1", "context"),
    Assertion(claim_id="post:1", stance="denial", reason="by review"),
)


@pytest.mark.parametrize("one", UNSURE)
def test_a_stance_that_is_not_sure_is_left_out(one: Assertion) -> None:
    made = comparison(LOCK.claims, (dispute("It is.", one, read("post:3", "denial")),))
    assert [node["identifier"] for node in graph(made)] == ["post:3"]


@pytest.mark.parametrize("one", SURE)
def test_a_stance_that_is_sure_is_told(one: Assertion) -> None:
    made = comparison(LOCK.claims, (dispute("It is.", one, read("post:3", "denial")),))
    assert [node["keywords"] for node in graph(made)] == [one.stance, "denial"]


def test_nobody_is_told_who_is_right_and_no_software_is_an_author() -> None:
    nodes = [one for one in inside(graph(LOCK)) if isinstance(one, dict)]
    assert {one.get("@type") for one in nodes} == {
        *("Claim", "Article", "Quotation", "Thing", None)
    }
    assert not any("reviewRating" in one for one in nodes)
    assert {json.dumps(one["author"]) for one in nodes if "author" in one} == {
        *('{"name": "Oskar Bray"}', '{"name": "Lena Marsh"}')
    }


def test_what_has_no_speaker_or_no_dispute_is_left_out() -> None:
    told = [one["identifier"] for one in graph(LOCK)]
    assert told == ["post:3", "post:4"]
    own = comparison(
        LOCK.claims, (dispute("It is.", read("post:2", "support"), read("post:3", "denial")),)
    )
    assert [one["identifier"] for one in graph(own)] == ["post:3"]
    assert graph(comparison()) == []


def test_a_claim_that_a_reader_marked_wrong_is_left_out() -> None:
    made = lock()
    told = {one["identifier"] for one in graph(made)}
    left = reviewed(made, marks(mark(made, "post:2", "wrong")))
    assert told - {one["identifier"] for one in graph(left)} == {"post:2"}


def test_a_claim_appears_wherever_its_words_were_printed() -> None:
    where = [[one["publisher"]["name"] for one in claim["appearance"]] for claim in graph(COPIED)]
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
