"""Reading in another process: the same articles, ended in time, and no secret goes along."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcompare.articles import ReadSettings, outside, read_articles
from claimcompare.articles.inside import read_inside
from claimcompare.articles.kinds import Kind
from claimcompare.articles.outside import Worker
from claimcompare.articles.records import Extracted, Source
from claimcompare.errors import ArticleError
from tests.articles.docxs import docx, p
from tests.articles.pdfs import pdf
from tests.articles.slow import doubling

PDF = pdf([["Una Brock said no."]], info={"Title": "Quay"})


def source(raw: bytes, suffix: str = ".pdf") -> Source:
    return Source(f"a{suffix}", "a", raw, suffix)


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(ReadSettings()) as made:
        yield made


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("pdf", PDF),
        ("docx", docx(p("Una Brock said no."), about=("Quay", ""))),
        ("html", b"<html lang=en><h1>Quay</h1><p>Una Brock said \xff no."),
        ("feed", b"<rss><channel><item><title>One said</title></item><item/></channel></rss>"),
        ("pdf", b"%PDF-1.7"),
    ],
)
def test_what_comes_back_is_what_is_read_here(worker: Worker, kind: Kind, raw: bytes) -> None:
    def told(found: list[Extracted | ArticleError]) -> list[object]:
        return [(str(one), one.row) if isinstance(one, ArticleError) else one for one in found]

    try:
        here = list(read_inside(source(raw), kind, ReadSettings()))
    except ArticleError as error:
        here = [error]
    assert told(worker.read(source(raw), kind)) == told(here)


def test_one_process_reads_one_file_after_the_other(worker: Worker) -> None:
    seen = set()
    for _ in range(3):
        assert worker.read(source(PDF), "pdf")
        assert worker._running is not None
        seen.add(worker._running.process.pid)
    assert len(seen) == 1


def test_what_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with Worker(ReadSettings(seconds=0.5)) as worker:
        with pytest.raises(ArticleError, match=r"a\.pdf: took longer than 0\.5 s to read; save it"):
            worker.read(source(doubling()), "pdf")
        assert worker._running is None
        worker.settings = ReadSettings()
        (found,) = worker.read(source(PDF), "pdf")
        assert isinstance(found, Extracted)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits memory")
def test_what_takes_too_much_memory_says_so() -> None:
    page = b"<p>" + b"<b>x</b> " * 1_500_000
    with Worker(ReadSettings(max_memory=500_000_000)) as worker:
        try:
            (found,) = worker.read(source(page, ".html"), "html")
        except ArticleError as error:
            found = error
    assert isinstance(found, ArticleError)
    assert "memory" in str(found)


def test_a_process_that_ends_by_itself_is_told_of(worker: Worker) -> None:
    worker.read(source(PDF), "pdf")
    assert worker._running is not None
    worker._running.requests.write(b"{}\n")
    worker._running.requests.flush()
    with pytest.raises(ArticleError, match=r"a\.pdf: cannot be read.*\(code 1, KeyError: 'size'"):
        worker.read(source(PDF), "pdf")
    assert worker.read(source(PDF), "pdf")


def test_a_process_that_was_killed_between_two_files_is_replaced(worker: Worker) -> None:
    worker.read(source(PDF), "pdf")
    assert worker._running is not None
    worker._running.process.kill()
    worker._running.process.wait()
    assert worker.read(source(PDF), "pdf")


def test_no_key_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("ANY_TOKEN", "secret")
    kept = outside._environment()
    assert "secret" not in json.dumps(kept)
    assert "PATH" in kept


def test_modules_in_the_folder_of_the_articles_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    with Worker(ReadSettings()) as worker:
        assert worker.read(source(PDF), "pdf")


def test_a_program_without_python_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with Worker(ReadSettings()) as worker, pytest.raises(ArticleError, match="seconds=None"):
        worker.read(source(PDF), "pdf")


def test_without_a_bound_it_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / "a.pdf").write_bytes(PDF)
    (found,) = read_articles(tmp_path, settings=ReadSettings(seconds=None))
    assert found.title == "Quay"


def test_a_script_without_a_guard_reads_and_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    script = tmp_path / "read.py"
    script.write_text(
        "import subprocess, sys\nfrom claimcompare import read_articles\n"
        "from claimcompare.articles import outside\n"
        "started = []\nmake = outside.Popen\n"
        "outside.Popen = lambda *a, **k: started.append(make(*a, **k)) or started[-1]\n"
        "print(read_articles(sys.argv[1])[0].title)\n"
        "print(*(one.poll() is None for one in started))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script, tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["Quay", "False"]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent in another way")
def test_ctrl_c_ends_both(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(doubling())
    code = (
        # Whoever runs tests in the background may have them ignore the signal.
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys\nfrom claimcompare.articles import outside, read_article\n"
        "asked = outside._asked\n"
        "def tell(running, *rest):\n"
        "    print(running.process.pid, flush=True)\n    return asked(running, *rest)\n"
        "outside._asked = tell\nread_article(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.pdf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout
        pid = int(reading.stdout.readline())
        reading.send_signal(signal.SIGINT)
        _, told = reading.communicate()
    assert told.decode().strip().endswith("KeyboardInterrupt")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_page_of_very_many_links_is_read_or_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<html><body>" + b"<p>x <a href=/x>y</a></p>" * 400_000)
    told: list[ArticleError] = []
    found = list(read_articles(page, settings=ReadSettings(seconds=2), skip=told.append))
    assert len(found) + len(told) == 1
    assert found or "took longer than 2 s to read" in str(told[0])
