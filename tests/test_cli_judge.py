"""`--judge`: another model, perhaps with an endpoint and a key of its own, to place claims."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.llm.server import KEY, FakeServer, Reply, Seen, fails, says
from tests.test_cli import MODEL, one_line, run

JUDGE = "some-judge-70b"
JUDGE_KEY = "sk-JUDGE-0123456789"


def reads(seen: Seen) -> Reply:
    """A reader that finds two claims in an article, and one dispute between them."""
    schema = seen.body.get("response_format", {}).get("json_schema", {}).get("schema", {})
    answers = {
        "claims": [_claim(1, "Una Brock", "dry"), _claim(2, "Oskar Bray", "not dry")],
        "same": [],
        "disputes": [
            {
                "proposition": "The quay of Aldmere is dry.",
                "form": "plain",
                "support": [1],
                "deny": [2],
                "withdrawn": [],
            }
        ],
    }
    wanted = schema.get("properties", {})
    return says(json.dumps({name: answers[name] for name in wanted if name in answers}))


def _claim(passage: int, speaker: str, state: str) -> dict[str, object]:
    text = f"The quay of Aldmere is {state}."
    return {
        "passages": [passage],
        "speaker": speaker,
        "mention": speaker,
        "via": [],
        "kind": "assertion",
        "text": text,
    }


@pytest.fixture
def reader() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(reads)) as made:
        yield made


@pytest.fixture
def judge() -> Iterator[FakeServer]:
    """Refuses to judge, in whatever form it is asked: it is enough to see that it was."""
    with closing(FakeServer().will_always(fails(400, "not today"))) as made:
        yield made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(
        "The quay of Aldmere is dry, Una Brock said. The quay of Aldmere is not dry, Oskar Bray "
        "said.",
        encoding="utf-8",
    )
    return file


def test_the_judge_is_asked_at_its_own_endpoint_with_its_own_key(
    reader: FakeServer, judge: FakeServer, article: Path
) -> None:
    done = run(
        "compare", article, "-m", MODEL, "--base-url", reader.url, "--judge", JUDGE,
        "--judge-url", judge.url, "--judge-key-env", "MINE", "-f", "json",
        OPENAI_API_KEY=KEY, MINE=JUDGE_KEY,
    )  # fmt: skip
    assert {seen.body["model"] for seen in reader.seen} == {MODEL}
    assert {seen.headers["authorization"] for seen in reader.seen} == {f"Bearer {KEY}"}
    assert judge.seen
    assert {seen.headers["authorization"] for seen in judge.seen} == {f"Bearer {JUDGE_KEY}"}
    assert {seen.body.get("model", JUDGE) for seen in judge.seen} == {JUDGE}
    assert done.returncode == 1, "claims that nobody judged are failures"
    assert json.loads(done.stdout)["provenance"]["judge"] == JUDGE
    assert JUDGE_KEY.encode() not in done.stdout + done.stderr


def test_without_an_endpoint_of_its_own_the_judge_is_asked_at_the_readers(
    reader: FakeServer, article: Path
) -> None:
    run(
        "compare", article, "-m", MODEL, "--base-url", reader.url, "--judge", JUDGE,
        OPENAI_API_KEY=KEY,
    )  # fmt: skip
    models = {str(seen.body.get("model")) for seen in reader.seen}
    assert {MODEL, JUDGE} <= models


def test_a_key_that_is_not_there_is_named_in_one_line_and_nothing_is_sent(
    reader: FakeServer, article: Path
) -> None:
    done = run(
        "compare", article, "-m", MODEL, "--base-url", reader.url, "--judge", JUDGE,
        "--judge-key-env", "MINE", OPENAI_API_KEY=KEY,
    )  # fmt: skip
    assert "MINE is not set" in one_line(done)
    assert reader.seen == []


@pytest.mark.parametrize("option", ["--judge-url", "--judge-key-env"])
def test_what_belongs_to_a_judge_needs_one(article: Path, option: str) -> None:
    done = run("compare", article, option, "x")
    assert done.returncode == 2
    assert b"go with --judge MODEL" in done.stderr


def test_a_dry_run_knows_the_judge_and_contacts_nobody(reader: FakeServer, article: Path) -> None:
    done = run(
        "compare", article, "-m", MODEL, "--base-url", reader.url, "--judge", JUDGE, "--dry-run",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert b"  classify: about" in done.stdout
    assert reader.seen == []
