"""Servers that answer, but not as the API says."""

import asyncio
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    KEY,
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    ballot,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

OPTIONS = ("support", "denial", "context")


def without_logprobs(seen: Seen) -> Reply:
    return fails(400, "logprobs are not supported") if "logprobs" in seen.body else ballot("denial")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b"<html>busy</html>", headers={"content-type": "text/html"}), "base URL"),
        (Reply(b'{"choices": ['), r"base URL right\? \(JSON: "),
        (replies_json([]), "base URL"),
        (replies_json({"error": {"message": "credits out"}}), "credits out"),
        (replies_json({"error": "model not found"}, 404), "model not found"),
        (replies_json({"detail": "no such route"}, 404), "no such route"),
    ],
    ids=["page", "broken JSON", "list", "error with 200", "plain error", "detail"],
)
def test_what_the_server_says_is_an_error_of_ours(
    server: FakeServer, llm: LLM, reply: Reply, words: str
) -> None:
    server.will(reply)
    with pytest.raises(LLMError, match=words):
        llm.ask(prompt(), City)


def test_a_key_that_the_server_quotes_is_quoted_nowhere(server: FakeServer, llm: LLM) -> None:
    server.will(fails(401, f"Incorrect API key: {KEY}"))
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("text", [" ", ""])
def test_a_blank_first_token_does_not_hide_the_alternatives(
    server: FakeServer, llm: LLM, text: str
) -> None:
    server.will(says(text, finish="length", logprobs={" ": -0.1, "denial": -3.0}))
    assert llm.choose(prompt(), OPTIONS).probabilities["denial"] == 1


def test_an_empty_vote_counts_for_nothing(server: FakeServer) -> None:
    server.will(ballot("denial"), says(""), ballot("denial"), ballot("support"), ballot("denial"))
    choice = model_at(server, logprobs=False, concurrency=1).choose(prompt(), OPTIONS)
    assert choice.probabilities == {"support": 0.25, "denial": 0.75, "context": 0}
    assert choice.usage.calls == len(server.seen)


def test_a_run_without_logprobs_can_be_replayed(server: FakeServer, tmp_path: Path) -> None:
    server.will_always(without_logprobs)
    with record(tmp_path / "run.yaml"):
        recorded = model_at(server).choose(prompt(), OPTIONS)
    server.close()
    with replay(tmp_path / "run.yaml"):
        assert model_at(server).choose(prompt(), OPTIONS) == recorded


def test_after_a_replay_in_the_same_loop_the_key_is_the_users(
    server: FakeServer, tmp_path: Path
) -> None:
    server.will_always(says(ULM_JSON))
    with record(tmp_path / "run.yaml"):
        model_at(server).ask(prompt(), City)

    async def replayed_then_live() -> None:
        llm = model_at(server)
        with replay(tmp_path / "run.yaml"):
            await llm.aask(prompt(), City)
        await llm.aask(prompt("And now?"), City)
        await llm.aclose()

    asyncio.run(replayed_then_live())
    assert server.seen[-1].headers["authorization"] == f"Bearer {KEY}"


def test_threads_share_a_model(server: FakeServer, llm: LLM) -> None:
    server.will_always(says(ULM_JSON))
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: llm.ask(prompt(), City).value, range(12)))
    assert answers == [ULM] * 12
