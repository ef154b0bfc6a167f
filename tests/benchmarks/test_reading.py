"""What the benchmark of reading counts, by hand."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from claimcompare import Article, extract
from claimcompare.llm.recording import record
from tests.benchmarks.reading import Spent, became, lines, read
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says

DRY = "Una Brock said that the quay of Aldmere is dry. It has 12 steps."
WET = "Tam Weir said that the quay of Aldmere is wet."
ARTICLES = [Article(id="dry", text=DRY), Article(id="wet", text=WET)]


def claim(speaker: str, text: str, *passages: int) -> dict[str, Any]:
    return {
        "passages": passages,
        "speaker": speaker,
        "mention": speaker,
        "via": [],
        "kind": "assertion",
        "text": text,
    }


# One is as it should be, one has another number, one stands in no passage, one is there twice.
OF_DRY = [
    claim("Una Brock", "The quay of Aldmere is dry.", 1),
    claim("Una Brock", "The quay of Aldmere has 13 steps.", 2),
    claim("Una Brock", "The quay of Aldmere is dry.", 1),
    claim("Una Brock", "The quay of Aldmere is old.", 9),
]
OF_WET = [claim("Ida Moor", "The quay of Aldmere is wet.", 1)]


def answer(seen: Seen) -> Reply:
    claims = OF_DRY if "12 steps" in seen.user else OF_WET
    return says(json.dumps({"claims": claims}))


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer()) as fake:
        yield fake.will_always(answer)


def written(server: FakeServer) -> int:
    """The characters of all requests, with their schemas."""
    bodies = (
        json.dumps(seen.body, ensure_ascii=False, separators=(",", ":")) for seen in server.seen
    )
    return sum(map(len, bodies))


def test_calls_and_whole_requests_are_counted(server: FakeServer) -> None:
    _, spent = read(server.url, ARTICLES, "m", small=False)
    assert spent == Spent(2, written(server))
    schema = server.seen[0].body["response_format"]["json_schema"]["schema"]
    assert "passages" in json.dumps(schema)


def test_a_recording_counts_as_the_endpoint_did(server: FakeServer, tmp_path: Path) -> None:
    with model_at(server, small=False) as llm, record(tmp_path / "tape"):
        extract(ARTICLES, llm=llm)
    server.close()
    extraction, spent = read(str(tmp_path / "tape"), ARTICLES, "m", small=False)
    assert spent == Spent(2, written(server))
    assert extraction.log.usage.completion_tokens == 10


def test_an_answer_that_was_asked_for_again_counts_twice(server: FakeServer) -> None:
    server.will(says("{}"), says('{"claims": []}'))
    _, spent = read(server.url, ARTICLES[:1], "m", small=False)
    assert spent == Spent(2, written(server))
    assert len({len(seen.user) for seen in server.seen}) == 2


def test_what_became_of_claims_is_counted_with_the_reasons(server: FakeServer) -> None:
    found = became(read(server.url, ARTICLES, "m", small=False)[0])
    assert (found.given, found.kept, found.doubted, found.refused) == (5, 2, 1, 2)
    assert found.merged == 1
    assert found.doubts["number"] == 1
    assert sum(found.reasons.values()) == 2
    assert found.failed == 0


def test_a_failed_call_is_counted_and_is_no_claim(server: FakeServer) -> None:
    server.will_always(lambda seen: fails(404) if "is wet" in seen.user else answer(seen))
    extraction, spent = read(server.url, ARTICLES, "m", small=False)
    assert (became(extraction).failed, became(extraction).given, spent.calls) == (1, 4, 1)


def test_the_lines_have_the_ratio_to_the_articles_own_tokens(server: FakeServer) -> None:
    extraction, spent = read(server.url, ARTICLES, "m", small=False)
    shown = list(lines(ARTICLES, extraction, spent))
    own, prompt = (len(DRY) + len(WET)) // 4, spent.characters // 4
    assert shown[0] == f"articles: 2, of {own} tokens"
    assert shown[1] == "calls: 2, failed: 0"
    assert shown[2] == f"prompt tokens: {prompt:,}, {prompt / own:.2f} times the articles' own"
    assert shown[3] == "completion tokens: 10, as the endpoint counts"
    assert shown[4] == "claims given: 5, of which told before: 1"
    assert "    number: 1" in shown
