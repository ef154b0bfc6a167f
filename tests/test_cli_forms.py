"""The form of what is written, and files that are not emptied for nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimcompare.cli import app
from claimcompare.report import Format, render
from tests.report import LOCK
from tests.test_cli import CASSETTE, SEED

FORMS: dict[str, Format] = {
    "page.html": "html",
    "page.HTM": "html",
    "made.json": "json",
    "made.md": "markdown",
    "made.csv": "csv",
    "made.jsonld": "jsonld",
    "made.txt": "text",
    "made": "text",
}
EVAL = ("eval", "stance", "--data")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A comparison in JSON."""
    file = tmp_path / "comparison.json"
    file.write_text(render(LOCK, "json"), encoding="utf-8")
    return file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.mark.parametrize("name", FORMS)
def test_the_form_follows_the_name_of_the_file(made: Path, tmp_path: Path, name: str) -> None:
    done = run("report", made, "-o", tmp_path / name)
    assert done.exit_code == 0, done.stderr
    written = (tmp_path / name).read_text(encoding="utf-8").removeprefix("\ufeff")
    assert written == render(LOCK, FORMS[name]).removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("name", "form"),
    [("x.json", "jsonld"), ("x.csv", "assertions-csv"), ("x.txt", "markdown"), ("x.out", "html")],
)
def test_a_form_that_fits_the_name_is_written(
    made: Path, tmp_path: Path, name: str, form: str
) -> None:
    done = run("report", made, "-f", form, "-o", tmp_path / name)
    assert done.exit_code == 0, done.stderr
    written = (tmp_path / name).read_text(encoding="utf-8").removeprefix("\ufeff")
    assert written == render(LOCK, form).removeprefix("\ufeff")


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", SEED, "--replay", CASSETTE, "-f", "text", "-o", "page.html"),
        ("compare", SEED, "--replay", CASSETTE, "-f", "csv", "-o", "x.json"),
        ("extract", SEED, "--replay", CASSETTE, "-o", "claims.csv"),
        ("compare", SEED, "--replay", CASSETTE, "-o", "page.pdf"),
        ("compare", SEED, "--replay", CASSETTE, "-o", "page.html.gz"),
        ("compare", SEED, "--replay", CASSETTE, "-f", "csv", "-o", "claims.tsv"),
        (*EVAL, SEED, "-o", "figures.csv"),
        (*EVAL, SEED, "-f", "json", "-o", "figures.md"),
    ],
)
def test_a_name_that_speaks_of_another_form_is_refused_before_any_work(
    arguments: tuple[str | Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / arguments[-1]
    file.write_text("as it was", encoding="utf-8")
    done = run(*arguments)
    assert done.exit_code == 2
    assert f"-o {file.name} would be " in done.stderr
    assert file.read_text(encoding="utf-8") == "as it was"


def test_a_line_for_a_file_is_standard_output(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("report", made, "-f", "json", "-o", "-")
    assert done.stdout.removesuffix("\n") == render(LOCK, "json").removesuffix("\n")
    assert [one.name for one in tmp_path.iterdir()] == [made.name]


@pytest.mark.parametrize("form", ["csv", "assertions-csv", "jsonld"])
@pytest.mark.parametrize("task", ["attribution", "stance", "pairs", "compare", "diff"])
def test_forms_that_evaluations_do_not_have_are_refused(task: str, form: str) -> None:
    data = [SEED, SEED] if task == "diff" else ["--data", SEED]
    done = run("eval", task, *data, "-f", form)
    assert done.exit_code == 2
    assert "is not one of" in done.stderr


@pytest.mark.parametrize("command", ["compare", "extract"])
def test_a_run_that_comes_to_nothing_empties_no_file(command: str, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.txt", tmp_path / "new.txt"
    kept.write_text("as it was", encoding="utf-8")
    named = {"compare": ".txt", "extract": ".jsonl"}[command]
    kept, new = kept.rename(kept.with_suffix(named)), new.with_suffix(named)
    for file in (kept, new):
        done = run(command, SEED, "--replay", tmp_path / "gone.yaml", "-o", file)
        assert done.exit_code == 2, done.stderr
    assert kept.read_text(encoding="utf-8") == "as it was"
    assert not new.exists()


def test_without_a_command_the_help_stands_in_lines() -> None:
    assert len(run().output.splitlines()) > 10
