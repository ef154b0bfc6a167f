"""`claimcompare eval` on data that is not all good, without numpy, and into a closed pipe."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.llm.server import FakeServer
from tests.test_eval_cli import (
    PLACES,
    _only_the_fake_endpoint,
    cli,
    data,
    judged,
    made,
    one_line,
    rows,
    server,
    written,
)

__all__ = ["_only_the_fake_endpoint", "data", "server"]
ROOT = Path(__file__).parents[1]
WITHOUT_NUMPY = "import sys; sys.modules['numpy'] = None; from claimcompare.cli import app; app()"
NOT_A_STANCE = {"id": "x", "proposition": "The quay is dry.", "claim": "So it is.", "stance": "?"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "found no row"),
        (b"{not json}\n", "row 1: is no JSON"),
        (b"[1, 2]\n", "row 1: is no JSON object"),
        (b'{"colour": "red"}\n', "found columns colour"),
        (json.dumps(NOT_A_STANCE).encode(), "row 1: "),
        (b"\xff\xfe{}\n", "row 1: "),
    ],
)
def test_data_without_a_good_row_is_one_line_with_file_and_row(
    server: FakeServer, tmp_path: Path, content: bytes, words: str
) -> None:
    data = tmp_path / "quays.jsonl"
    data.write_bytes(content)
    line = one_line(judged(server, "--data", data))
    assert "quays.jsonl" in line
    assert words in line
    assert server.seen == []


def test_data_that_is_not_there_is_named(server: FakeServer, tmp_path: Path) -> None:
    assert "gone.jsonl" in one_line(judged(server, "--data", tmp_path / "gone.jsonl"))


def test_data_of_another_task_says_what_this_one_reads(server: FakeServer, data: Path) -> None:
    line = one_line(judged(server, "--data", data, task="attribution"))
    assert "articles with attributions (article, attributions)" in line


@pytest.mark.parametrize("task", ["attribution", "stance", "pairs", "compare"])
def test_data_must_be_given(server: FakeServer, task: str) -> None:
    done = judged(server, task=task)
    assert done.exit_code == 2
    assert "Missing option '--data'" in done.stderr


def bad_rows_of(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if "bad row" in line]


def test_bad_rows_beside_good_ones_are_named_and_the_run_goes_on(
    server: FakeServer, tmp_path: Path
) -> None:
    first, *rest = rows(3)
    data = written(tmp_path / "quays.jsonl", [first, NOT_A_STANCE, *rest, 7])
    done = judged(server, "--data", data, "-f", "json")
    evaluation = made(done)
    assert [one.id for one in evaluation.outcomes] == PLACES[:3]
    assert [one.row for one in evaluation.data.bad_rows] == [2, 5]
    told = bad_rows_of(done.stderr)
    assert [line.partition(", row ")[2].partition(":")[0] for line in told] == ["2", "5"]
    assert all(line.startswith(f"bad row: {data.name}, row ") for line in told)


@pytest.mark.parametrize(("bad", "last"), [(10, "row 11: "), (11, "and 1 more bad rows")])
def test_ten_bad_rows_are_named_and_the_others_counted(
    server: FakeServer, tmp_path: Path, bad: int, last: str
) -> None:
    data = written(tmp_path / "quays.jsonl", [*rows(1), *range(bad)])
    told = bad_rows_of(judged(server, "--data", data).stderr)
    assert len(told) == bad
    assert last in told[-1]
    assert sum(line.startswith("bad row: ") for line in told) == 10


def test_json_names_every_bad_row(server: FakeServer, tmp_path: Path) -> None:
    data = written(tmp_path / "quays.jsonl", [*rows(1), *range(15)])
    evaluation = made(judged(server, "--data", data, "-f", "json"))
    assert [one.row for one in evaluation.data.bad_rows] == list(range(2, 17))


def test_copies_are_counted_in_the_text(server: FakeServer, tmp_path: Path) -> None:
    one, other = rows(2)
    data = written(tmp_path / "quays.jsonl", [one, other, {**one, "id": "again"}])
    assert "Left out: copies 1, bad rows 0, unrelated 0." in judged(server, "--data", data).stdout


def test_a_line_break_in_data_does_not_break_the_line_of_a_bad_row(
    server: FakeServer, tmp_path: Path
) -> None:
    odd = {**NOT_A_STANCE, "stance": "one\nFORGED"}
    data = written(tmp_path / "quays.jsonl", [*rows(1), odd])
    assert not [
        line
        for line in judged(server, "--data", data).stderr.splitlines()
        if line.startswith("FORGED")
    ]


def python(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [("stance", "--data", "quays.jsonl"), ("diff", "one.json", "other.json"), ("schema",)],
)
def test_without_numpy_a_line_says_what_to_install(arguments: tuple[str, ...]) -> None:
    done = python(WITHOUT_NUMPY, "eval", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "claimcompare: evaluating needs the extra: pip install 'claimcompare[eval]'\n"
    )


def test_another_missing_module_is_not_taken_for_numpy() -> None:
    code = WITHOUT_NUMPY.replace("'numpy'", "'claimcompare.evaluation.statistics'")
    done = python(code, "eval", "schema")
    assert done.returncode == 1
    assert "numpy" not in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["", "compare", "eval", "eval stance", "eval diff"])
def test_help_loads_no_numpy(command: str) -> None:
    code = (
        "import sys; from claimcompare.cli import app; app(sys.argv[1:], standalone_mode=False); "
        "print([one for one in ('numpy', 'openai', 'vcr') if one in sys.modules])"
    )
    done = python(code, *command.split(), "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
    assert done.stdout.startswith("Usage: ")


def test_comparing_works_without_numpy() -> None:
    done = python(WITHOUT_NUMPY, "compare", "--help")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_closed_pipe_gives_no_traceback(server: FakeServer, data: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.json"
    judged(server, "--data", data, "-f", "json", "-o", one)
    command = [sys.executable, "-m", "claimcompare", "eval", "diff", str(one), str(one)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        told = process.stderr.read()
    process.wait(60)
    assert "Traceback" not in told


def test_a_model_name_with_a_bar_keeps_a_markdown_table_whole(
    server: FakeServer, data: Path
) -> None:
    options = ("--data", data, "-f", "markdown", "-m", "a|b", "--base-url", server.url)
    assert "model a\\|b" in cli("eval", "stance", *options).stdout
