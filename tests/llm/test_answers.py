"""Folders of recorded answers: what they hold, and how they grow."""

import json
import math
from pathlib import Path

import pytest

from claimcompare.errors import LLMError, LLMOutputError, RecordingError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from claimcompare.schema import Prompt
from tests.llm.server import City, FakeServer, fails, model_at, prompt, says
from tests.llm.tapes import NAMES, all_at_once, echo, names_of, recorded

KEY = "sk-marked-0123456789"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where answers go; not there yet."""
    return tmp_path / "recordings"


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
    with replay(folder), pytest.raises(RecordingError, match=r"\.jsonl, line \d+: no recorded"):
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
            "though the prompt is as it was: the data, the model",
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


def test_failures_that_pass_are_not_recorded(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(fails(503))
    with record(folder), pytest.raises(LLMError):
        llm.ask(prompt(), City)
    assert not folder.exists() or not files_in(folder)


@pytest.mark.parametrize("logprob", [math.nan, -0.25])
def test_a_probability_is_kept_as_it_came(server: FakeServer, folder: Path, logprob: float) -> None:
    llm = model_at(server, votes=1)
    server.will_always(says("support", logprobs={"support": logprob, "denial": -2.5}))
    with record(folder):
        first = outcome(llm)
    server.close()
    with replay(folder):
        assert outcome(llm) == first


def outcome(llm: LLM) -> object:
    try:
        return llm.choose(prompt(), ("support", "denial"))
    except LLMError as error:
        return str(error)


def test_neither_request_nor_host_nor_key_is_kept(server: FakeServer, folder: Path) -> None:
    server.will_always(says('{"name": "Bonn", "people": 1}'))
    llm = LLM("m", base_url=server.url, api_key=KEY)
    with record(folder):
        llm.ask(prompt("a secret question"), City)
    llm.close()
    (written,) = files_in(folder).values()
    for secret in ("secret question", "You know cities", "127.0.0.1", KEY):
        assert secret not in written.decode()


def test_what_it_cost_is_worked_out_anew(llm: LLM, server: FakeServer, folder: Path) -> None:
    (first,) = recorded(llm, server, folder, ["Ulm"])
    with replay(folder):
        again = LLM("gpt-4o-mini").cost(first.usage)
        assert llm.ask(prompt("Ulm"), City).usage.cost is None
    assert again is not None
    (written,) = files_in(folder).values()
    assert b"cost" not in written


def test_a_folder_that_cannot_be_written_is_named(
    llm: LLM, server: FakeServer, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    server.will_always(echo)
    with (
        pytest.raises(RecordingError, match=r"a file.*: cannot be"),
        record(blocked),
    ):
        llm.ask(prompt("Ulm"), City)


def test_an_answer_of_another_version_is_named(llm: LLM, server: FakeServer, folder: Path) -> None:
    recorded(llm, server, folder, ["Ulm"])
    (name,) = files_in(folder)
    (folder / name).write_text(
        (folder / name).read_text(encoding="utf-8").replace('"text"', '"words"'), encoding="utf-8"
    )
    with replay(folder), pytest.raises(RecordingError, match="this version cannot read"):
        llm.ask(prompt("Ulm"), City)
