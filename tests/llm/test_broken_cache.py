"""A cache file that cannot be used ends the cache, not the run; and what its owner can do."""

import logging
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.llm.cache import CacheInfo, ResponseCache, cache_info, clear_cache
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request
from tests.llm.server import ULM, ULM_JSON, City, FakeServer, model_at, prompt, says

MOST = 1_000_000_000
NAME = "answers.sqlite3"
ASKED = Request(prompt(), {"model": "m"})
Spoil = Callable[[Path], Path]


def no_database(folder: Path) -> Path:
    (folder / NAME).write_bytes(b"no database " * 1_000)
    return folder


def folder_in_its_place(folder: Path) -> Path:
    (folder / NAME).mkdir()
    return folder


def file_for_a_folder(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file"


def file_for_a_parent(folder: Path) -> Path:
    return file_for_a_folder(folder) / "deeper"


def other_table(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / NAME)) as file:
        file.execute("CREATE TABLE answers (number INTEGER)")
    return folder


def other_schema(folder: Path) -> Path:
    """What a later version may keep, under names of its own."""
    with closing(sqlite3.connect(folder / NAME)) as file:
        file.execute("CREATE TABLE told (number INTEGER)")
        file.execute("CREATE VIEW answers AS SELECT number FROM told")
    return folder


def torn(folder: Path) -> Path:
    with closing(ResponseCache(folder, MOST)) as cache:
        fill(cache, 50)
    whole = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(whole[:1_000] + b"\xff" * (len(whole) - 1_000))
    return folder


NO_FILE = [no_database, folder_in_its_place, file_for_a_folder, file_for_a_parent]
SPOILT = [*NO_FILE, other_table, torn]
CLEARABLE = [no_database, other_table, other_schema, torn]


def fill(cache: ResponseCache, count: int) -> None:
    for number in range(count):
        cache.put(str(number), ASKED, Completion(text="x" * 100))


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def full(llm: LLM) -> None:
    """Let the disk be full, as far as SQLite knows."""
    cache = llm._gateway._store._open_cache()
    assert isinstance(cache, ResponseCache)
    assert cache._file is not None
    (pages,) = cache._file.execute("PRAGMA page_count").fetchone()
    cache._file.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_file_is_told_of_once_and_nothing_is_raised(
    tmp_path: Path, spoil: Spoil, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(ResponseCache(spoil(tmp_path), MOST)) as cache:
        for _ in range(3):
            cache.get("0", ASKED)
            cache.put("0", ASKED, Completion(text="x"))
        assert cache.get("0", ASKED) is None
    (warning,) = warnings(caplog)
    assert NAME in warning
    assert "without the response cache" in warning


@pytest.mark.parametrize("spoil", SPOILT)
def test_with_a_spoilt_file_the_run_goes_on(
    tmp_path: Path, server: FakeServer, spoil: Spoil, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(says(ULM_JSON))
    with model_at(server, cache=True, cache_folder=spoil(tmp_path)) as llm:
        assert [llm.ask(prompt(name), City).value for name in "abc"] == [ULM] * 3
    assert len(warnings(caplog)) <= 1


def test_a_full_disk_is_told_of_once_and_the_run_goes_on(
    tmp_path: Path, server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(says(ULM_JSON.replace("Ulm", "Ulm" + "m" * 50_000)))
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        full(llm)
        assert [len(llm.ask(prompt(name), City).value.name) for name in "abc"] == [50_003] * 3
    (warning,) = warnings(caplog)
    assert "database or disk is full" in warning


def test_what_was_known_before_the_disk_was_full_is_known_to_the_next_run(
    tmp_path: Path, server: FakeServer
) -> None:
    server.will_always(says(ULM_JSON + " " * 50_000))
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        llm.ask(prompt("before"), City)
        full(llm)
        llm.ask(prompt("after"), City)
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        llm.ask(prompt("before"), City)
    assert [request.user for request in server.seen] == ["before", "after"]


def test_a_cache_is_described(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        empty = cache_info(tmp_path)
        fill(cache, 300)
        found = cache_info(tmp_path)
    assert (empty.path, empty.answers) == (tmp_path / NAME, 0)
    assert (found.path, found.answers) == (tmp_path / NAME, 300)
    assert found.size > empty.size + 300 * 100


@pytest.mark.parametrize("look", [cache_info, clear_cache])
def test_a_cache_that_is_not_there_is_empty_and_not_made(
    tmp_path: Path, look: Callable[[Path], CacheInfo]
) -> None:
    assert look(tmp_path / "none") == CacheInfo(tmp_path / "none" / NAME, 0, 0)
    assert not list(tmp_path.iterdir())


def test_a_cleared_cache_is_empty_small_and_of_use(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        empty = cache_info(tmp_path)
        fill(cache, 300)
        full = cache_info(tmp_path)
        assert clear_cache(tmp_path) == full
        assert cache_info(tmp_path) == empty
        assert cache.get("0", ASKED) is None
        fill(cache, 1)
        assert cache.get("0", ASKED)


@pytest.mark.parametrize("spoil", [no_database, torn])
def test_a_corrupt_cache_cannot_be_described(tmp_path: Path, spoil: Spoil) -> None:
    with pytest.raises(LLMError, match=rf"{NAME}: cannot be read"):
        cache_info(spoil(tmp_path))


@pytest.mark.parametrize("spoil", CLEARABLE)
def test_what_is_corrupt_or_of_another_version_is_cleared_and_of_use(
    tmp_path: Path, spoil: Spoil
) -> None:
    assert clear_cache(spoil(tmp_path)).path == tmp_path / NAME
    assert cache_info(tmp_path).answers == 0
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        fill(cache, 1)
        assert cache.get("0", ASKED)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_with_what_is_no_database_goes_what_sqlite_keeps_beside_it(tmp_path: Path) -> None:
    with closing(ResponseCache(tmp_path, MOST)) as cache:
        fill(cache, 1)
        assert cache._file is not None
        cache._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        no_database(tmp_path)
        assert len([*tmp_path.glob(f"{NAME}-*")]) == 2
        clear_cache(tmp_path)
        assert not [*tmp_path.glob(f"{NAME}*")]


def test_what_cannot_be_deleted_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, f"in use ({missing_ok})", str(path))

    no_database(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuses)
        with pytest.raises(LLMError, match=rf"{NAME}: cannot be deleted"):
            clear_cache(tmp_path)


@pytest.mark.parametrize(
    "odd", ["'{\"words\": 1}'", "'no JSON'", "x'ff00ff'", "CAST(x'ff00ff' AS TEXT)", "7", "NULL"]
)
def test_an_answer_that_cannot_be_read_is_asked_for_again_and_replaced(
    tmp_path: Path, server: FakeServer, caplog: pytest.LogCaptureFixture, odd: str
) -> None:
    server.will_always(says(ULM_JSON))
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        for name in "ab":
            llm.ask(prompt(name), City)
        with closing(sqlite3.connect(tmp_path / NAME)) as file:
            file.execute(f"UPDATE answers SET answer = {odd} WHERE rowid = 1")  # noqa: S608 - ours
            file.commit()
        for _ in range(2):
            assert [llm.ask(prompt(name), City).value for name in "ab"] == [ULM, ULM]
    assert [request.user for request in server.seen] == ["a", "b", "a"]
    assert not warnings(caplog)


@pytest.mark.parametrize("look", [cache_info, clear_cache])
def test_a_folder_in_the_place_of_a_cache_is_an_error_of_ours(
    tmp_path: Path, look: Callable[[Path], CacheInfo]
) -> None:
    folder_in_its_place(tmp_path)
    with pytest.raises(LLMError, match=rf"{NAME}: cannot be"):
        look(tmp_path)
    assert (tmp_path / NAME).is_dir()
