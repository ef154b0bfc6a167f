"""What a result says of how it was made: when, and with which settings that are not the default."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claimcompare import LLM, Article, CompareSettings, Comparison, LLMSettings, compare
from claimcompare.llm import recording
from claimcompare.prompts import copy_prompts
from claimcompare.provenance import _now
from tests.conftest import NOW
from tests.llm.server import KEY, FakeServer, says

POST = Article(id="post", text="The lock of Dorran is shut.")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(says(json.dumps({"claims": []})))) as made:
        yield made


def made(server: FakeServer, settings: CompareSettings | None = None, **own: Any) -> Comparison:
    answering = LLMSettings(cache=False, **own)
    with LLM("m", base_url=server.url, api_key=KEY, settings=answering) as llm:
        return compare([POST], llm=llm, judge=llm, settings=settings)


def test_a_result_tells_when_it_was_made(server: FakeServer) -> None:
    comparison = made(server)
    assert comparison.provenance.made == NOW
    assert '"made":"2026-03-01T12:00:00Z"' in comparison.model_dump_json()
    assert Comparison.model_validate_json(comparison.model_dump_json()) == comparison


def test_it_is_the_time_in_utc_to_the_second() -> None:
    now = _now()
    assert abs(datetime.now(UTC) - now) < timedelta(days=1)
    assert (now.utcoffset(), now.microsecond) == (timedelta(0), 0)


def test_a_replay_is_of_no_time(server: FakeServer, tmp_path: Path) -> None:
    with recording.record(tmp_path / "tape"):
        recorded = made(server)
    with recording.replay(tmp_path / "tape"):
        replayed = made(server)
    assert recorded.provenance.made == NOW
    assert replayed.provenance.made is None


def test_defaults_are_not_repeated(server: FakeServer) -> None:
    assert made(server, CompareSettings()).provenance.settings == {}


def test_what_changes_answers_is_told_and_nothing_of_the_user_or_the_machine(
    server: FakeServer, tmp_path: Path
) -> None:
    copy_prompts(tmp_path / "mine")
    comparison = made(
        server,
        CompareSettings(prompts=tmp_path / "mine", nearest=3),
        temperature=0.5,
        body={"seed": 7},
        headers={"x-key": "SECRET"},
        timeout=9.0,
        cache_folder=tmp_path,
    )
    told = {"temperature": 0.5, "body": {"seed": 7}}
    assert comparison.provenance.settings == {
        "compare": {"prompts": "mine", "nearest": 3},
        "llm": told,
        "judge": told,
    }
    text = comparison.model_dump_json()
    assert str(tmp_path) not in text
    assert "SECRET" not in text
    assert KEY not in text


def test_results_of_before_are_read(server: FakeServer) -> None:
    old = json.loads(made(server).model_dump_json())
    del old["provenance"]["made"], old["provenance"]["settings"]
    assert Comparison.model_validate(old).provenance.made is None
