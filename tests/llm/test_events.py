"""What those who watch a model are told, and what they never are."""

import logging
from pathlib import Path
from threading import current_thread

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM, CallEvent
from tests.llm.server import (
    HANG_UP,
    KEY,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    cost,
    fails,
    model_at,
    prompt,
    says,
)

PROMPT = "MARKED: which city?"


class Listener:
    """Hears of a model's calls."""

    def __init__(self) -> None:
        self.heard: list[CallEvent] = []
        self.threads: set[str] = set()

    def __call__(self, event: CallEvent) -> None:
        """Hear."""
        self.heard.append(event)
        self.threads.add(current_thread().name)

    @property
    def told(self) -> list[tuple[str, int]]:
        """The kinds of events, and the attempts that they are about."""
        return [(event.kind, event.attempt) for event in self.heard]


@pytest.fixture
def listener() -> Listener:
    """Hears of nothing yet."""
    return Listener()


@pytest.fixture
def watched(server: FakeServer, listener: Listener) -> LLM:
    """A model that is watched."""
    return model_at(server, on_event=listener)


def failing(llm: LLM) -> None:
    with pytest.raises(LLMError):
        llm.ask(prompt(PROMPT), City)


def test_an_answer_follows_its_request(
    server: FakeServer, watched: LLM, listener: Listener
) -> None:
    server.will(says(ULM_JSON))
    watched.ask(prompt(), City)
    sent, answered = listener.heard
    assert listener.told == [("sent", 1), ("answered", 1)]
    assert sent.usage.calls == 0
    assert answered.usage == cost()
    assert answered.seconds > 0


def test_events_name_their_prompt(server: FakeServer, watched: LLM, listener: Listener) -> None:
    server.will(says(ULM_JSON))
    watched.ask(prompt(name="pair"), City)
    assert {(event.prompt, event.sha256) for event in listener.heard} == {("pair", "0" * 64)}


def test_each_attempt_has_its_number(server: FakeServer, watched: LLM, listener: Listener) -> None:
    server.will(fails(503), HANG_UP, says(ULM_JSON))
    watched.ask(prompt(), City)
    waits = [("sent", 1), ("waiting", 1), ("sent", 2), ("waiting", 2)]
    assert listener.told == [*waits, ("sent", 3), ("answered", 3)]
    reasons = [event.reason for event in listener.heard if event.kind == "waiting"]
    assert reasons == ["InternalServerError 503", "APIConnectionError"]


@pytest.mark.usefixtures("clock")
def test_a_wait_is_told_with_its_length(
    server: FakeServer, watched: LLM, listener: Listener
) -> None:
    server.will(fails(429, retry_after="7"), says(ULM_JSON))
    watched.ask(prompt(), City)
    assert listener.heard[1].kind == "waiting"
    assert listener.heard[1].seconds == 7


@pytest.mark.parametrize("status", [400, 503])
def test_a_failure_is_the_last_that_is_told(server: FakeServer, status: int) -> None:
    listener = Listener()
    llm = model_at(server.will(fails(status, "the hall is dark")), on_event=listener, attempts=1)
    failing(llm)
    assert listener.told == [("sent", 1), ("failed", 0)]
    assert listener.heard[1].reason.endswith(f" {status}")


def test_a_call_that_is_not_made_only_fails(server: FakeServer, listener: Listener) -> None:
    failing(model_at(server, on_event=listener, max_tokens=0))
    assert listener.told == [("failed", 0)]
    assert listener.heard[0].reason == "BudgetExceeded"


def test_an_answer_from_the_cache_is_told_with_what_it_cost(
    server: FakeServer, listener: Listener, tmp_path: Path
) -> None:
    llm = model_at(server, on_event=listener, cache=True, cache_folder=tmp_path)
    server.will(says(ULM_JSON))
    for _ in range(2):
        llm.ask(prompt(), City)
    assert listener.told == [("sent", 1), ("answered", 1), ("cached", 0)]
    assert listener.heard[2].usage == cost()


def test_an_invalid_answer_is_an_answer(
    server: FakeServer, watched: LLM, listener: Listener
) -> None:
    server.will(says("{}"), says(ULM_JSON))
    watched.ask(prompt(), City)
    assert listener.told == [("sent", 1), ("answered", 1)] * 2


def test_events_come_on_the_thread_that_makes_the_requests(
    server: FakeServer, watched: LLM, listener: Listener
) -> None:
    server.will(says(ULM_JSON))
    watched.ask(prompt(), City)
    assert listener.threads == {"claimcompare"}


@pytest.mark.parametrize(
    "reply",
    [fails(401, f"Incorrect key: {KEY}"), fails(503), HANG_UP, says("{}"), says(PROMPT)],
    ids=["rejected", "unavailable", "hang up", "invalid", "echo"],
)
def test_no_event_and_no_log_of_it_quotes_the_prompt_or_the_key(
    server: FakeServer, listener: Listener, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG, logger="claimcompare")
    failing(model_at(server.will_always(reply), on_event=listener))
    logged = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    shown = "\n".join([*map(repr, listener.heard), *logged])
    assert "extract" in shown
    assert KEY not in shown
    assert "MARKED" not in shown


def test_no_event_quotes_an_endpoint_that_quotes_the_prompt(
    server: FakeServer, listener: Listener
) -> None:
    server.will_always(lambda request: fails(422, f"cannot read {request.user!r}"))
    failing(model_at(server, on_event=listener))
    assert "MARKED" not in repr(listener.heard)


def test_a_complaint_that_teaches_something_is_no_failure(
    server: FakeServer, watched: LLM, listener: Listener
) -> None:
    server.will(fails(400, "json_schema is not supported"), says(ULM_JSON))
    watched.ask(prompt(), City)
    assert "failed" not in [event.kind for event in listener.heard]
