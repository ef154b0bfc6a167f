"""Recordings in several threads at once, and what a recording run asks."""

import errno
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx2
import pytest
from vcr import VCR

from claimcompare.errors import RecordingError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from tests.llm.deciding import by_path, question
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    ballot,
    fails,
    model_at,
    prompt,
    says,
)
from tests.llm.tapes import echo, recorded
from tests.llm.test_sizes import FAILURES, listing, model, models, row

SMALL = models(row("house-model", 1e9), row("other", 7e9))
ROUNDS = 5
THREADS = 8
ALL = "abcdefghijklmnopqrst"


@pytest.fixture(params=["run.yaml", "answers"])
def tape(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return tmp_path / "recordings" / str(request.param)


def beside(tape: Path, name: str) -> Path:
    return tape.with_name(f"{name}{tape.suffix}")


def test_threads_record_and_replay_at_the_same_time(
    llm: LLM, server: FakeServer, tape: Path
) -> None:
    together = Barrier(3)

    def recording(name: str) -> list[str]:
        with record(beside(tape, name)):
            return asked(name)

    def replaying(name: str) -> list[str]:
        with replay(beside(tape, name)):
            return asked(name)

    def asked(name: str) -> list[str]:
        found = []
        for number in range(ROUNDS):
            together.wait(10)
            found.append(llm.ask(prompt(f"{name} {number}"), City).value.name)
        return found

    def all_at_once(*work: tuple[Callable[[str], list[str]], str]) -> None:
        with ThreadPoolExecutor(3) as threads:
            running = [(name, threads.submit(one, name)) for one, name in work]
            for name, done in running:
                assert done.result() == [f"{name} {number}" for number in range(ROUNDS)]

    server.will_always(echo)
    all_at_once((recording, "a"), (recording, "b"), (asked, "c"))
    all_at_once((replaying, "a"), (recording, "d"), (replaying, "b"))
    server.close()
    all_at_once((replaying, "a"), (replaying, "b"), (replaying, "d"))
    # Three times the first round, and once the recording of the second.
    assert len(server.seen) == 4 * ROUNDS


def test_threads_may_record_to_one_folder(llm: LLM, server: FakeServer, folder: Path) -> None:
    together = Barrier(2)

    def recording(names: str) -> None:
        with record(folder):
            together.wait(10)
            for name in names:
                llm.ask(prompt(name), City)
            together.wait(10)

    server.will_always(echo)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(recording, [ALL[::2], ALL[1::2]]))
    with replay(folder):
        assert [llm.ask(prompt(name), City).value.name for name in ALL] == [*ALL]


def test_recordings_of_one_folder_may_end_at_the_same_moment(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    together = Barrier(THREADS)

    def recording(name: str) -> None:
        for number in range(ROUNDS):
            with record(folder):
                llm.ask(prompt("shared"), City)
                llm.ask(prompt(f"{name}{number}"), City)
                together.wait(10)

    server.will_always(echo)
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(recording, ALL[:THREADS]))
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".jsonl"}
    lines = [line for path in kept for line in path.read_bytes().splitlines()]
    assert len(lines) == len({*lines}) == THREADS * ROUNDS + 1


@pytest.mark.parametrize("before", [False, True], ids=["new", "has learnt"])
def test_what_a_server_tells_of_the_size_is_recorded(tape: Path, *, before: bool) -> None:
    with listing(SMALL) as (url, listed), model(url) as llm:
        if before:
            llm.run(llm.ais_small())
        with record(tape):
            assert [llm.run(llm.ais_small()) for _ in range(2)] == [True, True]
    assert listed.listed == 1
    with replay(tape), LLM("house-model", base_url=url, api_key="none") as again:
        assert again.run(again.ais_small())
        assert not again.seems_small


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_look_up_that_fails_is_in_no_recording(tmp_path: Path, failure: Reply | None) -> None:
    with listing(failure) as (url, _), model(url) as llm:
        with record(tmp_path / "answers"):
            assert not llm.run(llm.ais_small())
        with replay(tmp_path / "answers"):
            assert not llm.run(llm.ais_small())
    assert not [*(tmp_path / "answers").iterdir()]


def test_a_look_up_that_fails_changes_no_later_request(
    llm: LLM, server: FakeServer, folder: Path
) -> None:
    """The server takes no GET at all."""
    server.will_always(echo)
    with record(folder):
        llm.ask(prompt("a"), City)
        assert not llm.run(llm.ais_small())
        llm.ask(prompt("b"), City)
    first, second = (one.body | {"messages": None} for one in server.seen)
    assert first == second


def test_two_models_of_one_cassette_keep_their_sizes(tmp_path: Path) -> None:
    with listing(SMALL) as (url, _):
        names = ("other", "house-model")
        both = [LLM(name, base_url=url, api_key="none") for name in names]
        with record(tmp_path / "run.yaml"):
            assert [llm.run(llm.ais_small()) for llm in both] == [False, True]
        with replay(tmp_path / "run.yaml"):
            for llm in (*both, *both[::-1]):
                assert llm.run(llm.ais_small()) == (llm.model == "house-model")
        for llm in both:
            llm.close()


def test_a_recording_run_asks_what_a_plain_run_asks(server: FakeServer, tape: Path) -> None:
    measured = says("support", logprobs={"support": -0.25, "denial": -2.5})

    def run() -> tuple[object, list[object]]:
        llm, before = model_at(server), len(server.seen)
        found = [llm.decide(prompt(user), [question()]) for user in "abca"]
        return found, [(one.path, one.body) for one in server.seen[before:]]

    server.will_always(by_path(chat=measured))
    _, plain = run()
    with record(tape):
        first, asked = run()
    # An equal request is known to the recording, as it is to the response cache.
    assert asked == plain[:-1]
    with replay(tape):
        assert run() == (first, [])


def test_votes_of_a_server_without_seeds_are_replayed(server: FakeServer, tape: Path) -> None:
    votes = iter(["support", "denial", "denial", "denial"])

    def no_seeds(seen: Any) -> Reply:
        if "seed" in seen.body:
            return fails(400, "Unsupported parameter: 'seed'")
        return ballot(next(votes))

    server.will_always(no_seeds)
    with record(tape):
        first = model_at(server, logprobs=False, votes=4).choose(prompt(), ("support", "denial"))
    with replay(tape):
        for _ in range(2):
            again = model_at(server, logprobs=False, votes=4)
            assert again.choose(prompt(), ("support", "denial")) == first
    assert first.probabilities == {"support": 0.25, "denial": 0.75}


def test_plain_vcrpy_replays_a_cassette(llm: LLM, server: FakeServer, tmp_path: Path) -> None:
    tape = tmp_path / "run.yaml"
    server.will(fails(400, "json_schema is not supported"), says(ULM_JSON))
    with record(tape):
        first = llm.ask(prompt(), City)
    server.close()
    sent = [one.body for one in server.seen]
    player = VCR(record_mode="none", match_on=("method", "path", "body"))
    with player.use_cassette(str(tape)), httpx2.Client(base_url="http://endpoint") as client:
        told = [client.post("/v1/chat/completions", json=body) for body in sent]
    assert [one.status_code for one in told] == [400, 200]
    assert told[1].json()["choices"][0]["message"]["content"] == ULM_JSON
    with player.use_cassette(str(tape)):
        again = model_at(server).ask(prompt(), City)
    assert (again.value, again.usage) == (ULM, first.usage)


def test_a_cassette_says_in_what_the_nearest_request_differs(
    server: FakeServer, tmp_path: Path
) -> None:
    recorded(model_at(server), server, tmp_path / "run.yaml", ["Ulm"])
    with replay(tmp_path / "run.yaml"):
        with pytest.raises(RecordingError, match=r"run.yaml: .*differs in temperature\)"):
            model_at(server, temperature=0.5).ask(prompt("Ulm"), City)
        with pytest.raises(RecordingError, match=r"differs in model \(m, now n\), text\)"):
            model_at(server, "n").ask(prompt("Bonn"), City)


@pytest.mark.parametrize("text", ["", "no: interactions", "interactions: 1", "[", "\x00", "- 1"])
def test_a_file_that_is_no_cassette_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError, match=r"run\.yaml: cannot be read"):
        replay(tmp_path / "run.yaml").__enter__()


@pytest.mark.parametrize("name", ["run.yaml", "answers"])
def test_what_cannot_be_written_is_named_before_anything_is_asked(
    llm: LLM, server: FakeServer, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").touch()
    target = tmp_path / "file" / name
    with pytest.raises(RecordingError, match=rf"{name}: cannot be written"), record(target):
        llm.ask(prompt(), City)
    assert not server.seen


def test_a_folder_in_a_cassette_s_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").mkdir()
    with pytest.raises(RecordingError, match="cannot be written"):
        record(tmp_path / "run.yaml").__enter__()


def record_on_a_full_disk(llm: LLM, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *how: Any, **more: Any) -> Any:
        if target.parent in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, *how, **more)

    whole = Path.open
    with record(target):
        monkeypatch.setattr(Path, "open", full)
        llm.ask(prompt("Ulm"), City)


@pytest.mark.parametrize("name", ["run.yaml", "answers"])
def test_a_full_disk_is_named(
    llm: LLM, server: FakeServer, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will_always(echo)
    with pytest.raises(RecordingError, match=rf"{name}.*: cannot be written \(No space left"):
        record_on_a_full_disk(llm, tmp_path / name, monkeypatch)
