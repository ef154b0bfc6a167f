"""Cassettes: what a file that people read holds."""

import copy
import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from claimcompare.errors import LLMError, RecordingError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    prompt,
    says,
)
from tests.llm.tapes import echo, names_of, record_and_fail, recorded


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """Where a recording goes; its folder is not there yet."""
    return tmp_path / "cassettes" / "run.yaml"


def test_equal_requests_are_sent_once(llm: LLM, server: FakeServer, tape: Path) -> None:
    server.will(says("{}"), says(ULM_JSON))
    with record(tape):
        first = [llm.ask(prompt(), City) for _ in range(2)]
    server.close()
    with replay(tape):
        assert [llm.ask(prompt(), City) for _ in range(2)] == first
    assert names_of(first) == ["Ulm", "Ulm"]
    assert len(server.seen) == 2


def test_equal_requests_of_an_older_cassette_get_their_answers_one_after_the_other(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    recorded(llm, server, tape, ["Ulm"])
    whole = yaml.safe_load(tape.read_text(encoding="utf-8"))
    (one,) = whole["interactions"]
    other = copy.deepcopy(one)
    other["response"]["body"]["string"] = one["response"]["body"]["string"].replace("Ulm", "Bonn")
    whole["interactions"].append(other)
    tape.write_text(yaml.safe_dump(whole), encoding="utf-8")
    with replay(tape):
        assert names_of([llm.ask(prompt("Ulm"), City) for _ in range(2)]) == ["Ulm", "Bonn"]


def test_a_recording_holds_neither_headers_nor_host(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    recorded(llm, server, tape, ["Ulm"])
    text = tape.read_text(encoding="utf-8").casefold()
    assert "ulm" in text
    seen = server.seen[0].headers
    sent = {*seen, seen["user-agent"], seen["authorization"]} - {"content-type"}
    assert {"authorization", "host", "user-agent"} <= sent
    for secret in (*sent - {"host"}, "bearer", "127.0.0.1", "localhost", server.url):
        assert secret.casefold() not in text
    assert f":{urlsplit(server.url).port}" not in text


def test_a_compressed_answer_is_recorded_readably(llm: LLM, server: FakeServer, tape: Path) -> None:
    plain = says(ULM_JSON)
    server.will(
        Reply(gzip.compress(plain.body), 200, {**plain.headers, "content-encoding": "gzip"})
    )
    with record(tape):
        first = llm.ask(prompt(), City)
    assert "126000" in tape.read_text(encoding="utf-8")
    with replay(tape):
        assert llm.ask(prompt(), City) == first


def test_recording_no_request_is_an_error_and_makes_no_file(tape: Path) -> None:
    with pytest.raises(RecordingError, match="nothing was recorded"), record(tape):
        pass
    assert not tape.exists()


def test_a_new_recording_replaces_the_old_one(llm: LLM, server: FakeServer, tape: Path) -> None:
    server.will_always(echo)
    for user in ("old", "new"):
        with record(tape):
            llm.ask(prompt(user), City)
    with replay(tape):
        assert llm.ask(prompt("new"), City).value.name == "new"
        with pytest.raises(RecordingError):
            llm.ask(prompt("old"), City)


def test_an_interrupted_recording_leaves_the_old_one_alone(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    server.will_always(echo)
    with record(tape):
        llm.ask(prompt("whole"), City)
    before = tape.read_bytes()
    with pytest.raises(LLMError, match="gone"):
        record_and_fail(llm, tape, LLMError("gone"))
    assert tape.read_bytes() == before


def test_what_an_interrupted_recording_left_is_not_in_the_next(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    server.will_always(echo)
    with pytest.raises(KeyboardInterrupt):
        record_and_fail(llm, tape, KeyboardInterrupt())
    assert not tape.exists()
    with record(tape):
        llm.ask(prompt("whole"), City)
    assert "interrupted" not in tape.read_text(encoding="utf-8")
    assert "whole" in tape.read_text(encoding="utf-8")


def test_bodies_are_compared_as_json(llm: LLM, server: FakeServer, tape: Path) -> None:
    (first,) = recorded(llm, server, tape, ["Ulm"])
    text = tape.read_text(encoding="utf-8")
    assert '"model":"m"' in text
    tape.write_text(text.replace('"model":"m"', '"model": "m"'), encoding="utf-8")
    with replay(tape):
        assert llm.ask(prompt("Ulm"), City) == first
