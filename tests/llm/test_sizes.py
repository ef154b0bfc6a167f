"""Small models are known by their name, by what their server says, or by a setting."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.sizes import named_size
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
    class Listed(Listing):
        listed = 0

    Listed.served = served
    with ThreadingHTTPServer(("127.0.0.1", 0), Listed) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        with LLM("house-model", base_url=url, api_key="none") as llm:
            assert not llm.seems_small
            assert [llm.run(llm.ais_small()) for _ in range(3)] == [small] * 3
            assert llm.seems_small == small
        server.shutdown()
    assert Listed.listed == 1


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
