"""Where results go: never over what is read, and into streams that may take nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimcompare.report import render
from tests.report import LOCK
from tests.test_cli import CASSETTE, SEED, one_line, run

Done = subprocess.CompletedProcess[bytes]
REPLAY: tuple[str | Path, ...] = ("--replay", CASSETTE)
HOSTILE = "a\x1b]0;owned\x07\nb\x9b2J"
only_on_posix = pytest.mark.skipif(sys.platform == "win32", reason="streams of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where commands are run, with an article twice and a comparison."""
    shutil.copy(SEED, tmp_path / "quay.txt")
    (tmp_path / "news").mkdir()
    shutil.copy(SEED, tmp_path / "news" / "quay.txt")
    (tmp_path / "made.json").write_text(render(LOCK, "json"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("command", "source", "output"),
    [
        ("extract", "quay.txt", "quay.txt"),
        ("compare", "quay.txt", "news/../quay.txt"),
        ("compare", "news", "news/quay.txt"),
        ("extract", "news", "news/new.txt"),
        ("extract", "news/*.txt", "news/quay.txt"),
        ("compare", "news/*.txt", "news/new.txt"),
    ],
)
def test_no_output_replaces_what_is_read(
    here: Path, command: str, source: str, output: str
) -> None:
    before = held(here)
    line = one_line(run(command, source, "-o", output, *REPLAY))
    assert "is one of the files to read" in line
    assert held(here) == before


@only_on_posix
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_an_output_that_leads_to_what_is_read_is_refused(
    here: Path, link: Callable[[str, str], None]
) -> None:
    link("quay.txt", "other.txt")
    before = held(here)
    assert "other.txt: is one of" in one_line(run("extract", "quay.txt", "-o", "other.txt"))
    assert held(here) == before


@only_on_posix
def test_what_stands_behind_standard_input_is_not_written_over(here: Path) -> None:
    with (here / "quay.txt").open("rb") as article:
        done = subprocess.run(
            [sys.executable, "-m", "claimcompare", "extract", "-", "-o", "quay.txt"],
            stdin=article, capture_output=True, check=False,
        )  # fmt: skip
    assert "is one of the files to read" in one_line(done)
    assert (here / "quay.txt").read_bytes() == SEED.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "made.json", "-f", "json", "-o", "made.json"),
        ("eval", "diff", "made.json", "quay.txt", "-o", "made.json"),
        ("eval", "stance", "--data", "made.json", "-o", "made.json"),
        ("eval", "stance", "--data", "quay.txt", "--baseline", "made.json", "-o", "made.json"),
        ("compare", "quay.txt", "--replay", "made.json", "-o", "made.json"),
        ("extract", "quay.txt", "--gguf", "made.json", "-o", "made.json"),
    ],
)
def test_no_other_input_is_written_over(here: Path, arguments: tuple[str, ...]) -> None:
    before = held(here)
    assert one_line(run(*arguments))
    assert held(here) == before


def test_a_file_beside_those_that_are_read_is_written(here: Path) -> None:
    assert one_line(run("extract", "news", "-o", "news/claims.jsonl", *REPLAY))
    done = run("extract", "news", "-o", "claims.jsonl", *REPLAY)
    assert done.returncode == 0, done.stderr.decode()
    assert (here / "claims.jsonl").read_bytes().startswith(b"{")


@pytest.mark.parametrize(
    ("command", "given"), [("extract", [""]), ("compare", ["quay.txt", ""]), ("compare", [" "])]
)
def test_an_empty_path_is_no_folder(command: str, given: list[str]) -> None:
    assert "PATH is empty" in one_line(run(command, *given, *REPLAY))


@only_on_posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", HOSTILE),
        ("report", HOSTILE),
        ("report", "made.json", "-o", f"made.json/{HOSTILE}"),
        ("extract", "quay.txt", "--prompts", HOSTILE),
        ("extract", "quay.txt", "--replay", HOSTILE),
        ("eval", "stance", "--data", HOSTILE),
    ],
)
def test_a_name_moves_no_cursor_and_breaks_no_line(arguments: tuple[str, ...]) -> None:
    assert one_line(run(*arguments)).isprintable()


def test_a_usage_error_moves_no_cursor() -> None:
    told = run("extract", "quay.txt", "--field", f"{HOSTILE}=body").stderr.decode()
    assert "a ]0;owned b 2J: give it as OURS=THEIRS" in told
    assert all(line.isprintable() for line in told.split(os.linesep))


def into(stdout: Any, *arguments: str | Path, before: Callable[[], None] | None = None) -> Done:
    """A command that writes its results there."""
    return subprocess.run(
        [sys.executable, "-m", "claimcompare", *map(str, arguments)],
        stdout=stdout, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False,
        preexec_fn=before,
    )  # fmt: skip


def full(*arguments: str | Path) -> Done:
    with Path("/dev/full").open("wb") as nowhere:
        return into(nowhere, *arguments)


def closed(*arguments: str | Path) -> Done:
    return into(None, *arguments, before=lambda: os.close(1))


def broken(*arguments: str | Path) -> Done:
    reads, writes = os.pipe()
    os.close(reads)
    try:
        return into(writes, *arguments)
    finally:
        os.close(writes)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /dev/full")
@pytest.mark.parametrize(
    ("way", "words"),
    [(full, "No space left"), (closed, "is closed"), (broken, "Broken pipe")],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "made.json"),
        ("extract", "quay.txt", *REPLAY),
        ("compare", "quay.txt", "--dry-run"),
        ("schema",),
        ("cache", "info", "--cache-folder", "kept"),
    ],
)
def test_standard_output_that_takes_nothing_is_said_in_one_line(
    way: Callable[..., Done], words: str, arguments: tuple[str, ...]
) -> None:
    done = way(*arguments)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("claimcompare: standard output: ")
    assert words in line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("report", "--help"), ("--version",)])
def test_so_is_help_that_cannot_be_printed(arguments: tuple[str, ...]) -> None:
    done = full(*arguments)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@only_on_posix
def test_a_closed_standard_output_is_no_matter_where_a_file_is_named(here: Path) -> None:
    assert closed("report", "made.json").returncode == 2
    done = closed("report", "made.json", "-o", "made.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (here / "made.txt").read_text(encoding="utf-8") == render(LOCK, "text")


@only_on_posix
def test_a_closed_standard_input_is_said() -> None:
    done = into(subprocess.PIPE, "compare", "-", before=lambda: os.close(0))
    assert one_line(done) == "claimcompare: standard input: is closed"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /dev/full")
def test_the_exit_code_stands_where_nobody_can_be_told() -> None:
    with Path("/dev/full").open("wb") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "claimcompare", "report", "gone.json"],
            stderr=nowhere, stdout=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
