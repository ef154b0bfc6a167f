"""What a folder of recorded answers keeps of a request, and what not."""

import math
from pathlib import Path

import pytest

from claimcompare.errors import LLMError, RecordingError
from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.recording import record, replay
from tests.llm.server import City, FakeServer, model_at, prompt, says
from tests.llm.tapes import all_at_once, echo, names_of, recorded
from tests.llm.test_answers import KEY, edition, files_in


@pytest.mark.parametrize("version", ["../../../up", "a/b", "C:\\x", "1\n2"])
def test_a_version_names_no_other_folder(
    llm: LLM, server: FakeServer, folder: Path, version: str
) -> None:
    server.will_always(echo)
    with record(folder):
        llm.ask(edition(version, "a"), City)
    (name,) = files_in(folder)
    assert name.count("/") == 1
    assert name.startswith("extract-v")


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
    with (
        replay(folder),
        pytest.raises(RecordingError, match="line 1: no answer that this version can read"),
    ):
        llm.ask(prompt("Ulm"), City)


@pytest.mark.parametrize(
    "line", [b"\xff\n", b"[1]\n", b'{"request": [1]}\n', b'{"request": "a"}\n', b'{"error": "x"}\n']
)
def test_a_line_that_is_no_answer_is_named(
    llm: LLM, server: FakeServer, folder: Path, line: bytes
) -> None:
    recorded(llm, server, folder, ["Ulm"])
    (name,) = files_in(folder)
    (folder / name).write_bytes(line)
    with replay(folder), pytest.raises(RecordingError, match=r"\.jsonl, line 1: no answer"):
        llm.ask(prompt("Ulm"), City)


def test_a_folder_in_a_shard_s_place_is_named(llm: LLM, server: FakeServer, folder: Path) -> None:
    recorded(llm, server, folder, ["Ulm"])
    (name,) = files_in(folder)
    (folder / name).unlink()
    (folder / name).mkdir()
    with replay(folder), pytest.raises(RecordingError, match=r"\.jsonl: cannot be read"):
        llm.ask(prompt("Ulm"), City)


def test_a_last_line_without_its_end_is_kept(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(echo)
    with record(folder):
        llm.ask(prompt("Ulm"), City)
    (name,) = files_in(folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole.rstrip(b"\n"))
    with record(folder):
        llm.ask(prompt("Ulm"), City)
    assert (folder / name).read_bytes() == whole
    assert len(server.seen) == 1


def test_equal_requests_at_once_are_asked_once(llm: LLM, server: FakeServer, folder: Path) -> None:
    server.will_always(echo)
    with record(folder):
        assert names_of(llm.run(all_at_once(llm, ["Ulm"] * 8))) == ["Ulm"] * 8
    assert len(server.seen) == 1


def test_another_file_of_the_embedded_model_is_another_model(tmp_path: Path) -> None:
    models = [LLM("local"), LLM("local", settings=LLMSettings(gguf=tmp_path / "other.gguf"))]
    assert [one.identity for one in models] == ["local", "local (other.gguf)"]
    keys = [one._gateway._store.recorded_key({"messages": []}) for one in models]
    assert keys[0] != keys[1]
