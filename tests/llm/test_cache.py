"""The response cache: what it keeps, for how long, and what it does without a whole file."""

import gc
import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from claimcompare.llm import cache
from claimcompare.llm.answers import answer_key
from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.cachefile import opened as open_file
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request
from tests.llm.server import cost, prompt

MOST = 1_000_000_000
ULM = Completion(text='{"name": "Ulm"}', finish_reason="stop", usage=cost())
BODY: dict[str, Any] = {
    "model": "m",
    "temperature": 0.0,
    "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
    "response_format": {"json_schema": {"schema": {"type": "object", "required": ["name"]}}},
}
OTHERS: dict[str, dict[str, Any]] = {
    "model": {"model": "n"},
    "temperature": {"temperature": 0.1},
    "seed": {"seed": 1},
    "prompt": {"messages": [BODY["messages"][0], {"role": "user", "content": "v"}]},
    "schema": {"response_format": {"json_schema": {"schema": {"type": "object"}}}},
}
ASKED = Request(prompt(), BODY)
PUTTING = """
import sys
from pathlib import Path
from claimcompare.llm.cache import ResponseCache
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request
from tests.llm.server import prompt
ASKED = Request(prompt(), {"model": "m"})
cache = ResponseCache(Path(sys.argv[1]), 10**9)
for number in range(40):
    text = f"{sys.argv[2]} {number}"
    cache.put(text, ASKED, Completion(text=text))
    assert cache.get(text, ASKED).text == text
cache.close()
"""


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[ResponseCache]:
    """An empty cache."""
    with closing(ResponseCache(tmp_path, MOST)) as opened:
        yield opened


def put(into: ResponseCache, key: str, answer: Completion = ULM) -> None:
    into.put(key, ASKED, answer)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    "answer",
    [
        ULM,
        Completion(text="“Ulm” \u2028 \x00 \U0001f3f0", usage=cost()),
        Completion(text="", logprobs={"sup": -0.1, " den": -9999.0, "é": 0.0}, usage=cost()),
        Completion(text='{"na', finish_reason="length"),
    ],
    ids=["whole", "odd letters", "log-probabilities", "cut off"],
)
def test_an_answer_comes_back_as_it_was_put(kept: ResponseCache, answer: Completion) -> None:
    put(kept, "a", answer)
    assert kept.get("a", ASKED) == answer


def test_an_unknown_key_brings_nothing(kept: ResponseCache) -> None:
    put(kept, "a")
    assert kept.get("b", ASKED) is None


def test_a_later_answer_takes_the_place_of_the_first(kept: ResponseCache) -> None:
    for text in ("first", "second"):
        put(kept, "a", Completion(text=text))
    assert kept.get("a", ASKED) == Completion(text="second")


def test_answers_outlive_the_process(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(ResponseCache(tmp_path / "new" / "folder", MOST)) as opened:
            before = opened.get("a", ASKED)
            put(opened, "a")
    assert before == ULM


def test_an_answer_is_there_for_others_at_once(kept: ResponseCache, tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as other:
        assert other.get("a", ASKED) is None
        put(kept, "a")
        assert other.get("a", ASKED) == ULM


def test_a_closed_cache_neither_keeps_nor_complains(
    kept: ResponseCache, caplog: pytest.LogCaptureFixture
) -> None:
    kept.close()
    put(kept, "a")
    assert kept.get("a", ASKED) is None
    assert not warnings(caplog)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_key_depends_on_all_that_is_asked(other: dict[str, Any]) -> None:
    assert answer_key("e", BODY | other) != answer_key("e", BODY)


def test_the_key_depends_on_the_endpoint() -> None:
    assert answer_key("http://a/v1/", BODY) != answer_key("http://b/v1/", BODY)


def test_the_key_does_not_depend_on_the_order_of_fields() -> None:
    turned = {name: BODY[name] for name in reversed(BODY)}
    turned["messages"] = [dict(reversed(one.items())) for one in BODY["messages"]]
    assert answer_key("e", turned) == answer_key("e", BODY)


def test_the_key_depends_on_the_order_of_messages() -> None:
    turned = BODY | {"messages": BODY["messages"][::-1]}
    assert answer_key("e", turned) != answer_key("e", BODY)


def test_what_is_kept_can_be_read_by_people(kept: ResponseCache) -> None:
    put(kept, "a", Completion(text="“Ulm”"))
    with closing(sqlite3.connect(kept.path)) as file:
        ((model, asked, answer),) = file.execute("SELECT model, prompt, answer FROM answers")
    assert (model, asked) == ("m", f"extract {'0' * 64}")
    assert "“Ulm”" in answer
    assert json.loads(answer)["text"] == "“Ulm”"


def test_beyond_its_size_the_oldest_answers_go(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, 200_000)) as bounded:
        for number in range(101):
            put(bounded, str(number), Completion(text="x" * 4_000))
        there = [number for number in range(101) if bounded.get(str(number), ASKED)]
    assert there == list(range(there[0], 101))
    assert 30 < len(there) < 60


def test_an_answer_put_again_is_no_longer_old(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, 200_000)) as bounded:
        for number in (*range(99), 0, 100):
            put(bounded, str(number), Completion(text="x" * 4_000))
        assert bounded.get("0", ASKED)
        assert not bounded.get("1", ASKED)


def test_threads_share_a_cache(kept: ResponseCache) -> None:
    def back(number: int) -> bool:
        put(kept, str(number), Completion(text=str(number)))
        return kept.get(str(number), ASKED) == Completion(text=str(number))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(back, range(80)))


def test_processes_share_a_cache(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", PUTTING, str(tmp_path)]
    root = Path(__file__).parents[2]
    both = [
        subprocess.Popen([*command, name], cwd=root, stderr=subprocess.PIPE, text=True)
        for name in "ab"
    ]
    assert [process.communicate(timeout=60)[1] for process in both] == ["", ""]
    with closing(ResponseCache(tmp_path, MOST)) as opened:
        assert all(opened.get(f"{name} {number}", ASKED) for name in "ab" for number in range(40))


def test_a_new_file_may_be_opened_by_many_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def open_with_others(_: int) -> None:
        together.wait(5)
        with closing(ResponseCache(tmp_path, MOST)) as opened:
            put(opened, "a")

    together = Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(open_with_others, range(6)))
    assert not warnings(caplog)


def test_a_cache_that_nobody_holds_any_more_closes_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(path: Path) -> sqlite3.Connection:
        made.append(open_file(path))
        return made[-1]

    made: list[sqlite3.Connection] = []
    monkeypatch.setattr(cache, "opened", noted)
    put(ResponseCache(tmp_path, MOST), "a")
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")
