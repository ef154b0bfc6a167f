"""A model that reads gives claims; the reader keeps, doubts or refuses each, and loses none."""

import json
from typing import Any

from claimcompare import Article
from claimcompare.stages.extract import ModelReader, WireClaims
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Reading
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import Seen, fails, says
from tests.stages.events import POST, asking


def wire(text: str, *passages: int, **more: Any) -> dict[str, Any]:
    fields = {"speaker": "Ines Vale", "mention": "", "via": [], "kind": "assertion"}
    return {"passages": list(passages or (2,)), **fields, "text": text, **more}


def read(
    script: Any, article: Article = POST, size: int = 12_000, known: frozenset[int] = frozenset()
) -> tuple[Reading, list[Seen]]:
    with asking(script) as (llm, seen):
        settings = CompareSettings(characters_per_call=size)
        reader = ModelReader(llm, settings, Count("extract", None))
        return llm.run(reader.read(article, known)), seen


def outcomes(reading: Reading) -> list[str]:
    return [row.outcome for row in reading.log.ledger]


def test_claims_stay_as_given_in_the_order_of_the_text() -> None:
    given = [
        wire("Nobody tested the dam at Corrow.", 3, speaker="Tom Beck", via=["the Quay Post"]),
        wire("The dam at Corrow is safe.", 1, 2, mention="Mayor Ines Vale", kind="opinion"),
    ]
    reading, seen = read({"claims": given})
    assert [(one.id, one.speaker, one.text, one.kind) for one in reading.claims] == [
        ("post:1", "Ines Vale", "The dam at Corrow is safe.", "opinion"),
        ("post:2", "Tom Beck", "Nobody tested the dam at Corrow.", "assertion"),
    ]
    assert reading.claims[1].via == ("the Quay Post",)
    assert reading.claims[0].mention.text == "Mayor Ines Vale"  # type: ignore[union-attr]
    assert outcomes(reading) == ["kept", "kept", "kept"]
    assert len(seen) == 1


def test_the_articles_own_voice_has_no_speaker() -> None:
    reading, _ = read({"claims": [wire("The dam at Corrow is old.", speaker="")]})
    assert reading.claims[0].speaker is None


def test_each_claim_that_was_given_has_a_row() -> None:
    given = [
        wire("The dam at Corrow is safe."),
        wire("The dam at Corrow has 12 gates."),
        wire("The dam at Corrow is safe.", 40),
        wire("The dam at Corrow is safe.", speaker="Emil Zell"),
    ]
    reading, _ = read({"claims": given})
    assert outcomes(reading) == ["kept", "kept", "doubted", "refused", "refused"]
    assert [len(one.doubts) for one in reading.claims] == [0, 1]
    assert "Emil Zell" in reading.log.ledger[-1].reason


def test_the_same_claim_twice_is_one_with_more_evidence() -> None:
    given = [wire("The dam at Corrow is safe.", 2), wire("The dam at Corrow is safe.", 1)]
    reading, _ = read({"claims": given})
    assert len(reading.claims) == 1
    assert len(reading.claims[0].evidence) == 2


def test_the_schema_is_the_same_for_every_article() -> None:
    _, one = read({"claims": []})
    _, other = read({"claims": []}, POST.model_copy(update={"text": "It rained. " * 40}))
    assert one[0].body["response_format"] == other[0].body["response_format"]
    assert one[0].body["messages"][0] == other[0].body["messages"][0]
    schema = json.dumps(WireClaims.model_json_schema())
    assert "title" not in schema
    assert "description" not in schema


def test_a_long_article_is_read_in_windows() -> None:
    long = POST.model_copy(update={"text": "\n\n".join([POST.text] * 3)})
    reading, seen = read({"claims": []}, long, size=len(POST.text))
    assert len(seen) == 3
    assert "Before: " in seen[-1].user or "Before: " in seen[0].user
    assert reading.answered


def test_an_answer_that_is_cut_off_is_read_in_halves() -> None:
    def script(seen: Seen) -> Any:
        if "[1]" in seen.user and "[3]" in seen.user:
            return says('{"claims":[', finish="length")
        number = 3 if "[3]" in seen.user else 1
        return {"claims": [wire("The dam at Corrow is safe.", number)]}

    reading, seen = read(script)
    assert len(seen) == 3
    assert len(reading.claims[0].evidence) == 2


def test_a_call_that_fails_is_a_row_and_an_error() -> None:
    reading, _ = read(fails(400, "no such model"))
    assert outcomes(reading) == ["failed"]
    assert reading.error is not None
    assert not reading.answered


def test_an_invalid_answer_costs_its_window_alone() -> None:
    reading, seen = read(says("I cannot do that."))
    assert len(seen) == 2
    assert outcomes(reading) == ["failed"]
    assert reading.error is None


def test_what_counts_elsewhere_is_not_asked_about() -> None:
    reading, seen = read({"claims": []}, known=frozenset({1, 2, 3}))
    assert (reading.claims, seen) == ((), [])
