"""Runs that are stopped, limited or repeated, on the command line."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.llm.server import KEY, FakeServer, fails, says
from tests.test_cli import MODEL, one_line, run

CLAIM = {
    "passages": [1],
    "speaker": "Una Brock",
    "mention": "Una Brock",
    "via": [],
    "kind": "assertion",
    "text": "The quay of Aldmere is dry.",
}
ANSWER = json.dumps({"claims": [CLAIM]})
FOUND = says(ANSWER)
DEAR = says(ANSWER, usage={"prompt_tokens": 900, "completion_tokens": 100})


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(FOUND)) as made:
        yield made


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three articles in a folder, each with its own text."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "b", "c"):
        text = f"The quay of Aldmere is dry, Una Brock said in {name.upper()}."
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def extract(server: FakeServer, *arguments: str | Path) -> CompletedProcess[bytes]:
    return run("extract", *arguments, "-m", MODEL, "--base-url", server.url, OPENAI_API_KEY=KEY)


def test_a_dry_run_sends_nothing_and_tells_what_it_would_take(
    server: FakeServer, articles: Path
) -> None:
    done = extract(server, articles, "--dry-run", "--price", "1", "4")
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, server.seen) == (0, [])
    assert lines[0] == "articles: 3; sentences: 3"
    assert lines[1].startswith("  extract: about 3 calls, ")
    assert lines[-1].endswith("if no answer is known yet")
    assert "$0.0000" not in lines[1]


def test_a_dry_run_needs_no_key(articles: Path) -> None:
    done = run("compare", articles, "-m", "gpt-5-mini", "--dry-run")
    assert done.returncode == 0, done.stderr.decode()


def test_a_repeated_run_sends_nothing_and_says_what_is_paid(
    server: FakeServer, articles: Path
) -> None:
    first = extract(server, articles)
    again = extract(server, articles)
    assert len(server.seen) == 3
    assert first.stdout == again.stdout != b""
    assert b"paid now" not in first.stderr
    assert b"3 answers were known; paid now: 0 calls" in again.stderr


def test_without_the_cache_every_run_asks(server: FakeServer, articles: Path) -> None:
    for _ in range(2):
        extract(server, articles, "--no-cache")
    assert len(server.seen) == 6


def test_what_a_budget_leaves_out_is_named_and_a_larger_one_goes_on(
    server: FakeServer, articles: Path
) -> None:
    server.will_always(DEAR)
    short = extract(server, articles, "--max-tokens", "6000", "--concurrency", "1")
    sent = len(server.seen)
    enough = extract(server, articles, "--max-tokens", "50000")
    assert 0 < sent < 3
    assert short.returncode == 1
    assert short.stderr.count(b"raise max_tokens to go on") == 3 - sent
    assert (enough.returncode, len(server.seen)) == (0, 3)


def test_a_budget_too_small_for_one_call_is_an_error_in_one_line(
    server: FakeServer, articles: Path
) -> None:
    message = one_line(extract(server, articles, "--max-tokens", "10"))
    assert "0 of 10 tokens" in message
    assert server.seen == []


def test_a_budget_without_a_price_says_how_to_give_it(server: FakeServer, articles: Path) -> None:
    assert "--price" in one_line(extract(server, articles, "--max-cost", "1"))


def test_an_article_that_cannot_be_read_costs_itself(server: FakeServer, articles: Path) -> None:
    (articles / "b.txt").write_bytes(b"The harbour\xff is closed.")
    done = extract(server, articles)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert b"b.txt: byte 11" in done.stderr


def test_a_rejected_call_costs_its_article(server: FakeServer, articles: Path) -> None:
    server.will_always(lambda seen: fails(400, "not this one") if "in B" in seen.user else FOUND)
    done = extract(server, articles)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert b"failed: b, sentence 1: the endpoint rejected the request (400)" in done.stderr


def test_usage_is_shown_by_stage_and_article(server: FakeServer, articles: Path) -> None:
    lines = extract(server, articles, "--usage").stderr.decode().splitlines()
    assert "used: 3 calls, 33 prompt tokens (21 cached), 15 completion tokens" in lines[0]
    assert lines[1].startswith("  extract: 3 calls")
    assert [line.split(":")[0] for line in lines[-3:]] == [f"  extract, {name}" for name in "abc"]


def test_an_output_that_cannot_be_written_is_told_before_anything_is_sent(
    server: FakeServer, articles: Path
) -> None:
    assert "cannot be written" in one_line(extract(server, articles, "-o", articles))
    assert server.seen == []


def test_the_cache_is_counted_and_cleared(server: FakeServer, articles: Path) -> None:
    extract(server, articles)
    assert b": 3 answers, " in run("cache", "info").stdout
    assert b": 3 answers forgotten" in run("cache", "clear").stdout
    assert b": 0 answers, " in run("cache", "info").stdout
    extract(server, articles)
    assert len(server.seen) == 6


def test_a_cache_that_is_none_is_told_of_once_and_can_be_cleared(
    server: FakeServer, articles: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "answers.sqlite3").write_text("no database", encoding="utf-8")
    done = extract(server, articles, "--cache-folder", folder)
    assert done.returncode == 0
    assert done.stderr.count(b"going on without the response cache") == 1
    assert "cannot be read" in one_line(run("cache", "info", "--cache-folder", folder))
    assert run("cache", "clear", "--cache-folder", folder).returncode == 0
    assert b": 0 answers" in run("cache", "info", "--cache-folder", folder).stdout


@pytest.mark.parametrize("url", ["no-url", "http://[::1"])
def test_a_base_url_that_is_none_is_an_error_in_one_line(articles: Path, url: str) -> None:
    done = run("extract", articles, "-m", MODEL, "--base-url", url, OPENAI_API_KEY=KEY)
    assert "URL" in one_line(done)
