"""A disk that takes no answers costs the cache, not the run."""

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from claimcompare import Comparison, compare
from claimcompare.llm import cache
from claimcompare.llm.cachefile import opened
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess
from tests.faults.runs import PATIENCE, endpoint, failed, model_at

EVENTS = 12
ROOM = 40_000


@pytest.fixture(scope="module")
def server() -> Iterator[EndpointProcess]:
    with endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def expected(server: EndpointProcess) -> Comparison:
    with model_at(server, timeout=PATIENCE) as llm:
        return compare(articles(2 * EVENTS), llm=llm)


def compared(server: EndpointProcess, folder: Path) -> Comparison:
    with model_at(server, timeout=PATIENCE, cache=True, cache_folder=folder) as llm:
        return compare(articles(2 * EVENTS), llm=llm)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = [one for one in caplog.records if one.name.startswith("claimcompare")]
    assert all(one.levelno == logging.WARNING for one in ours)
    return [one.getMessage() for one in ours]


def stored(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "answers.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(file.execute("SELECT count(*) FROM answers").fetchone()[0])


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """As on a full disk, writing beyond so many bytes fails."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def opened_so(patch: pytest.MonkeyPatch, statement: str) -> None:
    """Make every cache run a statement when it is opened."""

    def prepared(path: Path) -> sqlite3.Connection:
        file = opened(path)
        file.execute(statement)
        return file

    patch.setattr(cache, "opened", prepared)


def test_the_run_goes_on_when_the_disk_is_full(
    server: EndpointProcess,
    expected: Comparison,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened_so(monkeypatch, "PRAGMA max_page_count = 6")
    assert compared(server, tmp_path) == expected
    (warning,) = warnings(caplog)
    assert "answers.sqlite3: going on without the response cache" in warning
    assert "full" in warning
    assert stored(tmp_path) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit the size of files")
def test_the_run_goes_on_when_the_system_takes_no_more(
    server: EndpointProcess, expected: Comparison, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with no_file_above(ROOM):
        assert compared(server, tmp_path) == expected
    (warning,) = warnings(caplog)
    assert "going on without the response cache" in warning
    assert all(file.stat().st_size <= ROOM for file in tmp_path.iterdir())
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        assert compare(articles(2 * EVENTS), llm=llm) == expected
    assert len(warnings(caplog)) == 1


def test_the_run_goes_on_where_the_folder_is_a_file(
    server: EndpointProcess, expected: Comparison, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_bytes(b"")
    assert compared(server, tmp_path / "cache") == expected
    assert len(warnings(caplog)) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such a folder")
def test_the_run_goes_on_where_nobody_may_write(
    server: EndpointProcess, expected: Comparison, caplog: pytest.LogCaptureFixture
) -> None:
    assert compared(server, Path("/proc/claimcompare")) == expected
    assert len(warnings(caplog)) == 1


def test_the_run_goes_on_where_the_cache_may_only_be_read(
    server: EndpointProcess,
    expected: Comparison,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with model_at(server, cache=True, cache_folder=tmp_path) as llm:
        compare(articles(2), llm=llm)
    before = stored(tmp_path)
    opened_so(monkeypatch, "PRAGMA query_only = ON")
    assert compared(server, tmp_path) == expected
    (warning,) = warnings(caplog)
    assert "readonly" in warning
    assert stored(tmp_path) == before > 0


def test_the_run_goes_on_where_the_cache_is_no_database(
    server: EndpointProcess, expected: Comparison, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    (tmp_path / "answers.sqlite3").write_bytes(b"not a database" * 1_000)
    assert compared(server, tmp_path) == expected
    assert len(warnings(caplog)) == 1


def test_no_answer_is_missing_from_the_run_to_compare_with(expected: Comparison) -> None:
    assert len(expected.disputes) == EVENTS
    assert failed(expected.ledger) == []
