"""What the caller hears when an endpoint says no, or nothing."""

import logging
import traceback
from pathlib import Path
from threading import Event

import openai
import pytest

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable
from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.recording import record
from tests.llm.addresses import refused_url
from tests.llm.server import (
    HANG_UP,
    KEY,
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    fails,
    model_at,
    prompt,
    says,
)

PATIENT = LLMSettings(attempts=3, max_wait=0, cache=False)
TRANSIENT = {str(status): fails(status, "no luck") for status in (408, 409, 429, 500, 502, 503)}


def retries(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name.startswith("claimcompare")]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_rejection_comes_at_once_in_the_servers_words(
    llm: LLM, server: FakeServer, status: int
) -> None:
    server.will(fails(status, "this model\nis not yours"), says(ULM_JSON))
    with pytest.raises(LLMError, match="this model is not yours") as caught:
        llm.ask(prompt(), City)
    assert type(caught.value) is LLMError
    assert isinstance(caught.value.__cause__, openai.APIStatusError)
    assert len(server.seen) == 1


@pytest.mark.parametrize("reply", [*TRANSIENT.values(), HANG_UP], ids=[*TRANSIENT, "hang up"])
def test_a_passing_failure_is_retried_as_often_as_set(
    llm: LLM, server: FakeServer, reply: Reply
) -> None:
    server.will(*[reply] * 3, says(ULM_JSON))
    with pytest.raises(LLMUnavailable, match="after 3 attempts") as caught:
        llm.ask(prompt(), City)
    assert caught.value.attempts == 3
    assert isinstance(caught.value.__cause__, openai.APIError)
    assert len(server.seen) == 3


@pytest.mark.parametrize("reply", [*TRANSIENT.values(), HANG_UP], ids=[*TRANSIENT, "hang up"])
def test_a_failure_that_passes_is_survived(llm: LLM, server: FakeServer, reply: Reply) -> None:
    server.will(reply, reply, says(ULM_JSON))
    answer = llm.ask(prompt(), City)
    assert answer.value == ULM
    assert answer.usage.calls == 1


def test_retries_do_not_change_the_request(llm: LLM, server: FakeServer) -> None:
    server.will(fails(429), says(ULM_JSON))
    llm.ask(prompt(), City)
    assert server.seen[0].body == server.seen[1].body


def test_an_unavailable_endpoint_is_quoted(llm: LLM, server: FakeServer) -> None:
    server.will_always(fails(503, "the model is loading"))
    with pytest.raises(LLMUnavailable, match="the model is loading"):
        llm.ask(prompt(), City)


def test_one_attempt_means_no_retry(server: FakeServer) -> None:
    server.will(fails(429), says(ULM_JSON))
    with pytest.raises(LLMUnavailable) as caught:
        model_at(server, attempts=1).ask(prompt(), City)
    assert caught.value.attempts == 1
    assert len(server.seen) == 1


def test_a_refused_connection_is_retried_and_warned_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="claimcompare")
    llm = LLM("m", base_url=refused_url(), api_key=KEY, settings=PATIENT)
    with pytest.raises(LLMUnavailable) as caught:
        llm.ask(prompt(), City)
    assert caught.value.attempts == 3
    assert isinstance(caught.value.__cause__, openai.APIConnectionError)
    assert [record.levelno for record in retries(caplog)] == [logging.WARNING, logging.INFO]


def test_an_answer_that_does_not_come_in_time_is_retried(server: FakeServer) -> None:
    over = Event()

    def late(_: Seen) -> Reply:
        over.wait(timeout=5)
        return says(ULM_JSON)

    llm = model_at(server.will_always(late), attempts=2, timeout=0.5)
    try:
        with pytest.raises(LLMUnavailable) as caught:
            llm.ask(prompt(), City)
    finally:
        over.set()
    assert isinstance(caught.value.__cause__, openai.APITimeoutError)
    assert len(server.seen) == 2


def test_without_a_key_the_error_says_what_to_set() -> None:
    llm = LLM("m", settings=PATIENT)
    with pytest.raises(LLMError, match=r"OPENAI_API_KEY.*OPENAI_BASE_URL.*'local'"):
        llm.ask(prompt(), City)


def test_key_and_address_come_from_the_environment(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    server.will(says(ULM_JSON))
    assert LLM("m", settings=PATIENT).ask(prompt(), City).value == ULM
    assert server.seen[0].headers["authorization"] == "Bearer sk-environment"


def test_a_given_key_and_address_win_over_the_environment(
    llm: LLM, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", refused_url())
    server.will(says(ULM_JSON))
    llm.ask(prompt(), City)
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_key_is_not_shown_by_the_model(llm: LLM, server: FakeServer) -> None:
    server.will(says(ULM_JSON))
    llm.ask(prompt(), City)
    assert KEY in server.seen[0].headers["authorization"]
    assert KEY not in f"{llm} {llm!r} {llm.settings!r}"


@pytest.mark.parametrize("reply", [fails(401), fails(429), HANG_UP, says(""), says("{}")], ids=str)
def test_the_key_is_in_no_exception_and_no_log(
    llm: LLM, server: FakeServer, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG, logger="claimcompare")
    server.will_always(reply)
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    logged = [f"{record.getMessage()} {record.__dict__}" for record in retries(caplog)]
    shown = [*traceback.format_exception(caught.value), repr(caught.value), *logged]
    assert KEY in server.seen[0].headers["authorization"]
    assert KEY not in "\n".join(shown)


def test_the_key_is_in_no_recording(llm: LLM, server: FakeServer, tmp_path: Path) -> None:
    server.will(fails(429), says(""), says(ULM_JSON))
    with record(tmp_path / "run.yaml"):
        with pytest.raises(LLMOutputError):
            llm.ask(prompt(), City)
        llm.ask(prompt(), City)
    assert KEY in server.seen[-1].headers["authorization"]
    for file in tmp_path.iterdir():
        assert KEY.encode() not in file.read_bytes()


def test_an_endpoint_that_is_not_there_is_named(caplog: pytest.LogCaptureFixture) -> None:
    settings = LLMSettings(cache=False, attempts=2, max_wait=0)
    llm = LLM("m", base_url="http://user:pw-7@127.0.0.1:9/v1", api_key=KEY, settings=settings)
    with pytest.raises(LLMUnavailable) as caught:
        llm.ask(prompt(), City)
    assert "http://127.0.0.1:9/v1/chat/completions" in str(caught.value)
    assert "http://127.0.0.1:9/v1/: attempt 1 failed" in caplog.text
    assert "pw-7" not in f"{caught.value} {caplog.text}"


@pytest.mark.parametrize("port", ["99999", "eighty"])
def test_a_port_that_there_cannot_be_is_refused_at_once(port: str) -> None:
    with pytest.raises(LLMError, match="the base URL cannot be read: "):
        LLM("m", base_url=f"http://127.0.0.1:{port}/v1", api_key=KEY)
