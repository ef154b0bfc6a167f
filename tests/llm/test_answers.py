"""Folders of recorded answers: what they hold, and how they grow."""

import json
from pathlib import Path

import pytest

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, RecordingError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from claimcompare.schema import Prompt
from tests.llm.server import City, FakeServer, fails, model_at, prompt, says
from tests.llm.tapes import NAMES, all_at_once, echo, names_of

KEY = "sk-marked-0123456789"


def edition(version: str, template: str) -> Prompt:
    return prompt("Ulm").model_copy(update={"version": version, "template": template * 64})


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_shard_is_named_by_prompt_version_and_request(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    server.will_always(echo)
    with record(folder):
        llm.ask(edition("3", "a"), City)
    ((name, line),) = files_in(folder).items()
    request = json.loads(line)["request"]
    assert name == f"extract-v3-aaaaaaaa/{request[0]}.jsonl"


def test_only_what_is_missing_is_asked_for(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(echo)
    for users in (["a", "b"], ["b", "c"], ["a", "b", "c"]):
        with record(folder):
            answers = [llm.ask(prompt(user), City) for user in users]
        assert names_of(answers) == users
    assert [request.user for request in server.seen] == ["a", "b", "c"]


def test_the_order_of_answers_leaves_no_trace(
    llm: LLM, server: FakeServer, folder: Path, tmp_path: Path
) -> None:
    server.will_always(echo)
    with record(folder):
        llm.run(all_at_once(llm, NAMES))
    other = tmp_path / "others"
    for users in (NAMES[6:][::-1], NAMES[:6]):
        with record(other):
            llm.run(all_at_once(llm, users))
    assert files_in(folder) == files_in(other)


def test_every_answer_is_on_disk_at_once(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(echo)
    with record(folder):
        llm.ask(prompt("a"), City)
        (written,) = files_in(folder).values()
        assert b"people" in written
        with pytest.raises(LLMError, match="gone"):
            stop(llm)
    with replay(folder):
        assert names_of([llm.ask(prompt(user), City) for user in ("a", "b")]) == ["a", "b"]


def stop(llm: LLM) -> None:
    llm.ask(prompt("b"), City)
    raise LLMError("gone")


def test_a_line_that_a_killed_process_left_is_asked_for_again(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    server.will_always(echo)
    with record(folder):
        llm.run(all_at_once(llm, NAMES))
    whole = files_in(folder)
    name = min(whole)
    torn = folder / name
    torn.write_bytes(whole[name][:-9])
    with replay(folder), pytest.raises(RecordingError, match=r"\.jsonl, line \d+: no answer that"):
        llm.run(all_at_once(llm, NAMES))
    with record(folder):
        llm.run(all_at_once(llm, NAMES))
    assert files_in(folder) == whole
    assert len(server.seen) == len(NAMES) + 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            edition("2", "b"),
            "recorded are extract-v1-aaaaaaaa, and this is extract-v2-bbbbbbbb; ",
        ),
        (edition("1", "b"), "the prompt 'extract' has changed"),
        (
            edition("1", "a").model_copy(update={"user": "Bonn"}),
            "though the prompt is as it was: the nearest differs in text; add",
        ),
        (
            edition("1", "a").model_copy(update={"name": "pair"}),
            "nothing is recorded for the prompt 'pair'",
        ),
    ],
    ids=["version", "text", "data", "other"],
)
def test_a_stale_recording_says_what_changed(
    llm: LLM, server: FakeServer, folder: Path, asked: Prompt, why: str
) -> None:
    server.will_always(echo)
    with record(folder):
        llm.ask(edition("1", "a"), City)
    with replay(folder), pytest.raises(RecordingError, match=why) as caught:
        llm.ask(asked, City)
    assert caught.value.prompt == asked.name
    assert len(server.seen) == 1


def test_what_a_server_does_not_take_is_learnt_again(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    server.will(fails(400, "json_schema is not supported"), says('{"name": "Ulm", "people": 1}'))
    with record(folder):
        first = llm.ask(prompt(), City)
    server.close()
    with replay(folder):
        assert model_at(server).ask(prompt(), City) == first


def test_a_filtered_prompt_is_filtered_again(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(fails(400, "The response was filtered.", "content_filter"))
    with record(folder), pytest.raises(LLMOutputError) as first:
        llm.ask(prompt(), City)
    server.close()
    with replay(folder), pytest.raises(LLMOutputError) as again:
        llm.ask(prompt(), City)
    assert str(again.value) == str(first.value)
    assert (again.value.fault, again.value.usage) == (first.value.fault, first.value.usage)


def test_a_complaint_is_asked_about_again_while_recording(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    server.will(fails(401, f"Incorrect API key: {KEY}"))
    with record(folder), pytest.raises(LLMError, match="401"):
        llm.ask(prompt("Ulm"), City)
    server.will_always(echo)
    with record(folder):
        first = llm.ask(prompt("Ulm"), City)
    server.close()
    with replay(folder):
        assert llm.ask(prompt("Ulm"), City) == first


def test_what_was_unavailable_is_unavailable_again_and_asked_for_anew(
    server: FakeServer, folder: Path
) -> None:
    llm = model_at(server.will_always(fails(503)), attempts=2)
    with record(folder), pytest.raises(LLMUnavailable) as first:
        llm.ask(prompt("Ulm"), City)
    with replay(folder), pytest.raises(LLMUnavailable) as again:
        llm.ask(prompt("Ulm"), City)
    assert (str(again.value), again.value.attempts) == (str(first.value), 2)
    server.will_always(echo)
    with record(folder):
        assert llm.ask(prompt("Ulm"), City).value.name == "Ulm"
