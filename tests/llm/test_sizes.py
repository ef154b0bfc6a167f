"""Small models are known by their name, by what their server says, or by a setting."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.recording import record
from claimcompare.llm.sizes import Size, named_size
from tests.llm.addresses import refused_url
from tests.llm.server import Reply


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("qwen2.5-coder-1.5b-instruct", 1.5e9),
        ("Qwen/Qwen3-30B-A3B", 30e9),
        ("llama3.2:3b", 3e9),
        ("SmolLM2_360M_Instruct.gguf", 360e6),
        ("gpt-5-mini", None),
        ("mistral-large-2411", None),
        ("phi-4bit", None),
        ("v1.5", None),
        ("gpt-6-1m", None),
        ("qwen3-1m-instruct", None),
        ("llama-4-10m", None),
        ("glm-5-128k", None),
        ("qwen2.5-7b-instruct-1m", 7e9),
        ("internlm2_5-1m-7b", 7e9),
        ("qwen3-30b-a3b-1m", 30e9),
        ("qwen3-0.5b", 0.5e9),
        ("smollm2-135m", 135e6),
        ("gemma-3-270m-it", 270e6),
        ("pythia-14m", 14e6),
    ],
)
def test_a_name_may_tell_the_size(name: str, size: float | None) -> None:
    assert named_size(name) == size


class Listing(BaseHTTPRequestHandler):
    """What a server says of its models."""

    served: Reply
    listed: int

    def do_GET(self) -> None:
        type(self).listed += 1
        if self.served.status:
            self.send_response(self.served.status)
            self.end_headers()
            self.wfile.write(self.served.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


def models(*rows: dict[str, object]) -> Reply:
    return Reply(json.dumps({"object": "list", "data": rows}).encode())


def row(name: str, parameters: float | None) -> dict[str, object]:
    meta = {} if parameters is None else {"meta": {"n_params": parameters, "n_ctx": 4096}}
    return {"id": name, "object": "model", **meta}


FAILURES = {
    "refused": None,
    "hung up": Reply(status=0),
    "500": Reply(b'{"error": "no luck"}', 500),
    "no key": Reply(b'{"error": "who are you?"}', 401),
    "broken": Reply(b"[1, 2"),
}


@contextmanager
def listing(served: Reply | None) -> Iterator[tuple[str, type[Listing]]]:
    """The base URL of a server with that list of models; without one, nobody listens there."""

    class Listed(Listing):
        listed = 0

    if served is None:
        yield refused_url(), Listed
        return
    Listed.served = served
    with ThreadingHTTPServer(("127.0.0.1", 0), Listed) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1", Listed
        server.shutdown()


@pytest.mark.parametrize(
    ("served", "small"),
    [
        (models(row("/models/x.gguf", 1_777_088_000)), True),
        (models(row("/models/x.gguf", 32_000_000_000)), False),
        (models(row("/models/x.gguf", None)), False),
        (models(row("other", 7e9), row("house-model", 1e9)), True),
        (models(row("other", 1e9), row("another", 1e9)), False),
        (models(), False),
        (Reply(b"<html>not found</html>", 404), False),
        (Reply(b"[1, 2"), False),
        (Reply(b'{"data": [{"id": "x", "meta": {"n_params": "many"}}]}'), False),
        (Reply(status=0), False),
    ],
)
def test_a_server_may_tell_the_size(served: Reply, *, small: bool) -> None:
    with listing(served) as (url, listed), model(url) as llm:
        assert not llm.seems_small
        assert [llm.run(llm.ais_small()) for _ in range(3)] == [small] * 3
        assert llm.seems_small == small
    assert listed.listed == 1


def model(url: str) -> LLM:
    return LLM("house-model", base_url=url, api_key="none")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.WARNING]


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_look_up_that_fails_settles_it_and_is_told_of_once(
    caplog: pytest.LogCaptureFixture, failure: Reply | None
) -> None:
    with listing(failure) as (url, listed), model(url) as llm:
        assert not llm.run(llm.ais_small())
        # What the server says later would change what is asked in the middle of a run.
        listed.served = models(row("house-model", 1e9))
        found = [llm.run(llm.ais_small()), asyncio.run(asking(llm))]
    assert found == [False, False]
    assert listed.listed <= 1
    (warning,) = warnings(caplog)
    assert warning.startswith("house-model is taken for no small model: ")


async def asking(llm: LLM) -> bool:
    try:
        return await llm.ais_small()
    finally:
        await llm.aclose()


def test_all_event_loops_hear_the_same(caplog: pytest.LogCaptureFixture) -> None:
    """The first to hear an answer settles it, also for those who have asked before."""
    size = Size("house", named=None)

    async def late() -> float:
        await size.settle(fails)
        return 1e9

    async def fails() -> float:
        raise LLMError("no list")

    asyncio.run(size.settle(late))
    assert size.is_settled
    assert not size.is_small
    assert len(warnings(caplog)) == 1


def test_many_calls_at_once_look_up_once() -> None:
    async def many(llm: LLM) -> list[bool]:
        return await asyncio.gather(*(llm.ais_small() for _ in range(8)))

    with listing(models(row("house-model", 1e9))) as (url, listed), model(url) as llm:
        assert llm.run(many(llm)) == [True] * 8
    assert listed.listed == 1


@pytest.mark.parametrize(
    "served",
    [models(row("house-model", None)), Reply(b"<html>not found</html>", 404), Reply(status=405)],
)
def test_a_server_that_does_not_say_is_no_failure(
    caplog: pytest.LogCaptureFixture, served: Reply
) -> None:
    with listing(served) as (url, _), model(url) as llm:
        assert not llm.run(llm.ais_small())
    assert not warnings(caplog)


def test_what_was_learnt_before_a_recording_counts_in_it(tmp_path: Path) -> None:
    with listing(models(row("house-model", 1e9))) as (url, _), model(url) as llm:
        assert llm.run(llm.ais_small())
        with record(tmp_path / "answers"):
            assert llm.run(llm.ais_small())
        assert llm.run(llm.ais_small())


@pytest.mark.parametrize(
    ("llm", "small"),
    [
        (LLM("local"), True),
        (LLM("gpt-5-mini"), False),
        (LLM("llama3.2:3b", base_url="http://127.0.0.1:9/v1"), True),
        (LLM("qwen3-32b", base_url="http://127.0.0.1:9/v1"), False),
        (LLM("x", base_url="http://127.0.0.1:9/v1", settings=LLMSettings(small=True)), True),
        (LLM("local", settings=LLMSettings(small=False)), False),
        (
            LLM("x", base_url="http://127.0.0.1:9", settings=LLMSettings(api_version="2024-10-21")),
            False,
        ),
    ],
    ids=lambda value: value.model if isinstance(value, LLM) else str(value),
)
def test_a_server_is_not_asked_what_is_known(llm: LLM, *, small: bool) -> None:
    """Nobody listens at that address."""
    assert llm.seems_small == small
    assert llm.run(llm.ais_small()) == small
