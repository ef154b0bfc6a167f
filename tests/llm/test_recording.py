"""Recordings of either form: what they answer, and when they are refused."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from claimcompare.errors import RecordingError
from claimcompare.llm import LLM, Answer, Choice
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    ULM_JSON,
    City,
    FakeServer,
    fails,
    model_at,
    prompt,
    says,
)
from tests.llm.tapes import NAMES, all_at_once, echo, names_of, recorded

Recorder = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture(params=["run.yaml", "answers"])
def tape(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where a recording goes; its folder is not there yet."""
    return tmp_path / "recordings" / str(request.param)


def test_a_replay_gives_the_same_answers_without_the_endpoint(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    answers = recorded(llm, server, tape, ["Ulm", "Köln"])
    with replay(tape):
        assert [llm.ask(prompt(user), City) for user in ("Ulm", "Köln")] == answers


def test_a_replayed_choice_is_the_recorded_one(llm: LLM, server: FakeServer, tape: Path) -> None:
    server.will(says("sup", logprobs={"sup": -0.25, "denial": -2.5}))
    with record(tape):
        choice = llm.choose(prompt(), ("support", "denial"))
    server.close()
    with replay(tape):
        assert llm.choose(prompt(), ("support", "denial")) == choice
    assert isinstance(choice, Choice)


def test_a_replay_finds_answers_in_any_order(llm: LLM, server: FakeServer, tape: Path) -> None:
    recorded(llm, server, tape, NAMES)
    with replay(tape):
        answers = [llm.ask(prompt(user), City) for user in reversed(NAMES)]
    assert names_of(answers) == NAMES[::-1]


def test_recording_and_replaying_many_at_once_keeps_answers_apart(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    server.will_always(echo)
    with record(tape):
        first = llm.run(all_at_once(llm, NAMES))
    server.close()
    with replay(tape):
        again = llm.run(all_at_once(llm, NAMES[::-1]))
    assert names_of(first) == NAMES
    assert names_of(again) == NAMES[::-1]


def test_recording_and_replaying_work_inside_a_running_loop(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    async def in_a_notebook() -> Answer[City]:
        return llm.ask(prompt("Ulm"), City)

    server.will_always(echo)
    with record(tape):
        first = asyncio.run(in_a_notebook())
    server.close()
    with replay(tape):
        assert asyncio.run(in_a_notebook()) == first


@pytest.mark.parametrize(
    ("model", "user"), [("m", "Which river?"), ("another", "Which city?")], ids=["prompt", "model"]
)
def test_an_unrecorded_request_is_named(
    server: FakeServer, tape: Path, model: str, user: str
) -> None:
    recorded(model_at(server), server, tape, ["Which city?"])
    with replay(tape), pytest.raises(RecordingError, match="'pair'") as caught:
        model_at(server, model).ask(prompt(user, name="pair"), City)
    assert caught.value.prompt == "pair"


def test_an_unrecorded_request_is_not_tried_again(
    llm: LLM, server: FakeServer, tape: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorded(llm, server, tape, ["Ulm"])
    with replay(tape), pytest.raises(RecordingError):
        llm.ask(prompt("Bonn"), City)
    assert not [entry for entry in caplog.records if entry.name.startswith("claimcompare")]


def test_an_unrecorded_request_does_not_reach_the_endpoint(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    server.will_always(echo)
    with record(tape):
        llm.ask(prompt("Ulm"), City)
    with replay(tape), pytest.raises(RecordingError):
        llm.ask(prompt("Bonn"), City)
    assert [request.user for request in server.seen] == ["Ulm"]


def test_failures_are_not_recorded(llm: LLM, server: FakeServer, tape: Path) -> None:
    server.will(fails(429), fails(500), says(ULM_JSON))
    with record(tape):
        first = llm.ask(prompt(), City)
    server.close()
    with replay(tape):
        assert model_at(server, attempts=1).ask(prompt(), City) == first


def test_after_a_block_requests_reach_the_endpoint_again(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    server.will_always(echo)
    with record(tape):
        llm.ask(prompt("a"), City)
    with replay(tape):
        llm.ask(prompt("a"), City)
    llm.ask(prompt("b"), City)
    assert [request.user for request in server.seen] == ["a", "b"]
    with replay(tape), pytest.raises(RecordingError):
        llm.ask(prompt("b"), City)


@pytest.mark.parametrize("outer", [record, replay])
@pytest.mark.parametrize("inner", [record, replay])
def test_a_recording_inside_a_recording_is_refused(
    llm: LLM, server: FakeServer, tape: Path, outer: Recorder, inner: Recorder
) -> None:
    server.will_always(echo)
    with record(tape):
        llm.ask(prompt("Ulm"), City)
    with outer(tape):
        with pytest.raises(RecordingError, match="already open"), inner(tape):
            pass
        llm.ask(prompt("Ulm"), City)
    with replay(tape):
        assert llm.ask(prompt("Ulm"), City).value.name == "Ulm"


def test_a_missing_recording_is_named(tape: Path) -> None:
    with pytest.raises(RecordingError, match="no such recording"), replay(tape):
        pass


def test_the_local_model_is_replayed_without_its_extra(
    server: FakeServer, tape: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = model_at(server, "local", max_output_tokens=50)
    (first,) = recorded(endpoint, server, tape, ["Ulm"])
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    local = LLM("local", settings=endpoint.settings)
    with replay(tape):
        again = local.ask(prompt("Ulm"), City)
    assert again.value == first.value
    assert again.usage == first.usage.model_copy(update={"cost": 0})


def test_a_replay_needs_no_key(llm: LLM, server: FakeServer, tape: Path) -> None:
    (first,) = recorded(llm, server, tape, ["Ulm"])
    with replay(tape):
        assert LLM("m", settings=llm.settings).ask(prompt("Ulm"), City) == first


def test_recording_logs_nothing_of_ours(
    llm: LLM, server: FakeServer, tape: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recorded(llm, server, tape, ["Ulm"])
    with replay(tape):
        llm.ask(prompt("Ulm"), City)
    assert not [entry for entry in caplog.records if entry.levelno >= logging.WARNING]
