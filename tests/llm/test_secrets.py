"""Keys and headers reach the endpoint and nobody else."""

import logging
import traceback
from contextlib import closing
from pathlib import Path

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.recording import record
from tests.llm.server import (
    KEY,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

TEAM = "MARKED-team-secret"
QUOTING = {
    "rejected": fails(401, f"Incorrect API key: {KEY} of {TEAM}"),
    "detail": replies_json({"detail": [{"key": KEY, "team": TEAM}]}, 422),
    "unavailable": fails(503, f"no luck with {KEY} and {TEAM}"),
    "text": Reply(f"{KEY} {TEAM}".encode(), 500, {"content-type": "text/plain"}),
    "too long": fails(400, f"context size of {KEY}, {TEAM}"),
}


def failing(llm: LLM) -> LLMError:
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    return caught.value


def shown(error: BaseException, caplog: pytest.LogCaptureFixture) -> str:
    """All that a user, or who reads the logs, may come to see."""
    logged = [f"{one.getMessage()} {one.__dict__}" for one in caplog.records]
    return "\n".join([*traceback.format_exception(error), repr(error), *logged])


@pytest.mark.parametrize("reply", QUOTING.values(), ids=QUOTING)
def test_secrets_that_the_endpoint_quotes_are_quoted_nowhere(
    server: FakeServer, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG, logger="claimcompare")
    llm = model_at(server.will_always(reply), headers={"x-team": TEAM})
    found = shown(failing(llm), caplog)
    assert server.seen[0].headers["x-team"] == TEAM
    assert KEY not in found
    assert TEAM not in found


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_told_and_takes_nothing_elsewhere(server: FakeServer, status: int) -> None:
    with closing(FakeServer().will_always(says(ULM_JSON))) as other:
        there = f"{other.url}/chat/completions"
        llm = model_at(server.will_always(fails(status, "moved", location=there)))
        assert f"to ask at {there}, give that as the base URL" in str(failing(llm))
        assert not other.seen
    assert len(server.seen) == 1


def test_what_quotes_no_secret_keeps_its_cause(server: FakeServer) -> None:
    error = failing(model_at(server.will(fails(401, "no such user")), headers={"x-team": TEAM}))
    assert error.__cause__ is not None
    assert "***" not in str(error)


def test_headers_are_not_shown_by_the_settings(server: FakeServer) -> None:
    llm = model_at(server.will(says(ULM_JSON)), headers={"x-team": TEAM}, body={"user": "MARKED"})
    llm.ask(prompt(), City)
    assert server.seen[0].body["user"] == "MARKED"
    assert "MARKED" not in f"{llm} {llm!r} {llm.settings} {llm.settings!r}"


def test_no_log_of_anybody_holds_a_secret(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    llm = model_at(server.will(fails(503), says(ULM_JSON)), headers={"x-team": TEAM})
    llm.ask(prompt(), City)
    logged = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    assert "/chat/completions" in logged
    assert KEY not in logged
    assert TEAM not in logged


def test_a_password_in_the_base_url_is_shown_nowhere(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="claimcompare")
    server.will_always(fails(500, f"no luck with {TEAM}"))
    url = server.url.replace("//", f"//somebody:{TEAM}@")
    with LLM("m", base_url=url, api_key=KEY, settings=model_at(server).settings) as llm:
        found = shown(failing(llm), caplog)
    assert len(server.seen) == 3
    assert TEAM not in f"{found} {llm!r} {llm.base_url}"


def test_headers_are_in_no_recording(server: FakeServer, tmp_path: Path) -> None:
    llm = model_at(server.will(says(ULM_JSON)), headers={"x-team": TEAM})
    with record(tmp_path / "run.yaml"):
        llm.ask(prompt(), City)
    assert "Ulm" in (tmp_path / "run.yaml").read_text(encoding="utf-8")
    assert TEAM not in (tmp_path / "run.yaml").read_text(encoding="utf-8")


def test_the_cache_holds_no_secret(server: FakeServer, tmp_path: Path) -> None:
    server.will(says(ULM_JSON))
    with model_at(server, cache=True, cache_folder=tmp_path, headers={"x-team": TEAM}) as llm:
        llm.ask(prompt(), City)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Ulm" in stored
    assert KEY.encode() not in stored
    assert TEAM.encode() not in stored


def test_an_error_with_status_200_quotes_no_secret(
    llm: LLM, server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will(replies_json({"error": {"message": f"Incorrect API key: {KEY}"}}))
    assert KEY not in shown(failing(llm), caplog)


@pytest.mark.parametrize("kept", [8, len(KEY) - 1])
def test_a_secret_at_the_end_of_long_words_is_not_shown_in_part(
    llm: LLM, server: FakeServer, caplog: pytest.LogCaptureFixture, kept: int
) -> None:
    server.will(fails(401, "x" * (500 - kept) + KEY))
    assert KEY[:8] not in shown(failing(llm), caplog)


@pytest.mark.parametrize("end", ["\n", "\x00"])
def test_a_key_that_no_header_can_hold_is_not_quoted(
    server: FakeServer, caplog: pytest.LogCaptureFixture, end: str
) -> None:
    settings = LLMSettings(cache=False)
    with LLM("m", base_url=server.url, api_key=KEY + end, settings=settings) as llm:
        found = shown(failing(llm), caplog)
    assert KEY not in found
