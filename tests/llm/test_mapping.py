"""Answers kept in a mapping: as in our own file, and whatever the mapping does."""

import json
import logging
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path

import pytest

from claimcompare import ClaimCompareError, LLMError, LLMSettings, PluginError
from claimcompare.llm import LLM
from claimcompare.llm.cache import cache_info
from claimcompare.llm.completion import Completion
from claimcompare.llm.mapping import MappingAnswers
from claimcompare.llm.requests import Request
from tests.llm.server import KEY, ULM, ULM_JSON, City, FakeServer, cost, model_at, prompt, says
from tests.plugins import Installed

Opened = Callable[[object], MutableMapping[str, str]]
SHARED = """
from tests.llm.test_mapping import Shared
SHARED = Shared()
def shared(settings): return SHARED
def seven(settings): return 7
"""
TEAM = "team-secret-0123456789"


class Shared(dict[str, str]):
    """A mapping that says what was done with it."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


class Failing(MutableMapping[str, str]):
    """A mapping that fails at one kind of work, and counts what it is asked for."""

    def __init__(self, at: str) -> None:
        self.at = at
        self.asked = 0

    def _do(self, work: str) -> None:
        self.asked += 1
        if work == self.at:
            raise ConnectionError("redis://desk:pass@word@store.example.org is\ngone")

    def __getitem__(self, key: str) -> str:
        self._do("get")
        raise KeyError(key)

    def __setitem__(self, key: str, value: str) -> None:
        self._do("put")

    def __delitem__(self, key: str) -> None:
        raise AssertionError

    def __iter__(self) -> Iterator[str]:
        raise AssertionError

    def __len__(self) -> int:
        return 0

    def close(self) -> None:
        self._do("close")


def model(server: FakeServer, store: str | Opened, **settings: object) -> LLM:
    return model_at(server, cache=True, store=store, **settings)  # type: ignore[arg-type]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_second_run_asks_nothing_and_no_file_is_made(server: FakeServer, tmp_path: Path) -> None:
    shared = Shared()
    server.will(says(ULM_JSON))
    for spent in (1, 0):
        with model(server, lambda _: shared, cache_folder=tmp_path) as llm:
            answer = llm.ask(prompt(), City)
            assert (answer.value, answer.usage) == (ULM, cost())
            assert llm.spent.calls == spent
    assert len(server.seen) == 1
    assert shared.closed == 2
    assert cache_info(tmp_path).answers == 0


def test_without_a_cache_a_store_is_left_alone(server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    shared = Shared()
    model_at(server, store=lambda _: shared).ask(prompt(), City)
    assert not shared


@pytest.mark.parametrize("answer", [says("none"), says("", finish="content_filter")])
def test_an_answer_of_no_use_is_not_kept(server: FakeServer, answer: object) -> None:
    shared = Shared()
    server.will_always(answer)  # type: ignore[arg-type]
    with model(server, lambda _: shared) as llm, pytest.raises(ClaimCompareError):
        llm.ask(prompt(), City)
    assert not shared


def test_only_an_answer_that_lasts_is_put() -> None:
    shared = Shared()
    answers = MappingAnswers("shared", lambda: shared)
    asked = Request(prompt(), {"model": "m"})
    filtered = Completion(text=ULM_JSON, finish_reason="content_filter")
    for told in (filtered, LLMError("no luck"), Completion(text=ULM_JSON)):
        assert answers.get("a", asked) is None
        answers.put("a", asked, told)
    assert answers.get("a", asked) == told


@pytest.mark.parametrize(
    "odd",
    ["", "{", "null", "[]", "{}", "\ud800", b"\xff", 7, '{"text": ""}', '{"text": "a", "b": 1}'],
)
def test_a_value_that_cannot_be_read_costs_itself_alone(
    server: FakeServer, odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    shared = Shared()
    server.will_always(says(ULM_JSON))
    with model(server, lambda _: shared) as llm:
        for user in ("Which city?", "Which other?"):
            llm.ask(prompt(user), City)
        whole = dict(shared)
        shared[next(iter(shared))] = odd
        for user in ("Which city?", "Which other?") * 2:
            llm.ask(prompt(user), City)
    assert len(server.seen) == 3
    assert shared == whole
    assert not warnings(caplog)


@pytest.mark.parametrize(("at", "asked"), [("get", 2), ("put", 4), ("close", 7)])
def test_a_fault_of_the_mapping_ends_the_store_and_not_the_run(
    server: FakeServer, at: str, asked: int, caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(at)
    server.will_always(says(ULM_JSON))
    with model(server, lambda _: failing) as llm:
        for user in ("Which city?", "Which other?"):
            assert llm.ask(prompt(user), City).usage == cost()
    (warning,) = warnings(caplog)
    assert "going on without it" in warning
    assert "ConnectionError: redis://***@store.example.org is gone" in warning
    assert failing.asked == asked


def test_a_store_that_cannot_be_opened_ends_itself(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: object) -> MutableMapping[str, str]:
        raise TimeoutError("no answer from the store")

    server.will_always(says(ULM_JSON))
    with model(server, away) as llm:
        for _ in range(2):
            llm.ask(prompt(), City)
    (warning,) = warnings(caplog)
    assert "TimeoutError: no answer from the store" in warning
    assert len(server.seen) == 2


def test_a_store_is_named(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Installed(tmp_path, monkeypatch)
    installed.add("sharing", "stores", {"shared": "shared", "seven": "seven"}, SHARED)
    server.will(says(ULM_JSON))
    for _ in range(2):
        with model(server, "shared") as llm:
            llm.ask(prompt(), City)
    assert len(server.seen) == 1
    with pytest.raises(PluginError, match="the store 'seven' is int, and no MutableMapping"):
        model(server, "seven").ask(prompt(), City)
    with pytest.raises(PluginError, match=r"nobody brings the store 'none' \(seven, shared\)"):
        model(server, "none").ask(prompt(), City)


def test_nothing_but_hashes_and_answers_reaches_the_store(server: FakeServer) -> None:
    told: list[object] = []
    shared = Shared()

    def opened(settings: object) -> Shared:
        told.append(settings)
        return shared

    server.will(says(ULM_JSON))
    with model(server, opened, headers={"x-team": TEAM}, votes=7) as llm:
        llm.ask(prompt(), City)
    ((key, value),) = shared.items()
    assert len(key) == 64
    assert json.loads(value)["text"] == ULM_JSON
    assert all(secret not in f"{key}{value}" for secret in (KEY, TEAM))
    (settings,) = told
    assert isinstance(settings, LLMSettings)
    assert (settings.votes, settings.headers) == (7, {})


def test_settings_write_a_store_by_its_name() -> None:
    dumped = json.loads(LLMSettings(store=Failing).model_dump_json())
    assert dumped["store"] == "tests.llm.test_mapping:Failing"
    assert LLMSettings.model_validate(dumped).store == dumped["store"]
