"""`--open`: the page in a browser, from a file that stays."""

from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import click.testing
import pytest

from claimcompare.cli import app
from claimcompare.report import render
from tests.report import LOCK
from tests.test_cli import CASSETTE, SEED


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    asked: list[str] = []

    def show(address: str) -> bool:
        asked.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    return asked


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A comparison in JSON."""
    file = tmp_path / "made.json"
    file.write_text(render(LOCK, "json"), encoding="utf-8")
    return file


def run(*arguments: str | Path) -> click.testing.Result:
    return click.testing.CliRunner().invoke(app, [str(one) for one in arguments])


def path_of(address: str) -> Path:
    return Path(url2pathname(unquote(urlsplit(address).path)))


def test_the_page_is_written_and_opened(made: Path, tmp_path: Path, opened: list[str]) -> None:
    page = tmp_path / "a b" / "report é.html"
    done = run("report", made, "-f", "html", "-o", page, "--open")
    assert done.exit_code == 0
    assert [path_of(one) for one in opened] == [page.resolve()]
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert done.stdout == ""


def test_without_a_file_there_is_one_that_stays(made: Path, opened: list[str]) -> None:
    done = run("report", made, "-f", "html", "--open")
    assert done.exit_code == 0
    page = path_of(opened[0])
    assert "Oskar Bray" in page.read_text(encoding="utf-8")
    assert f"the page: {page}" in done.stderr
    page.unlink()


def test_what_is_opened_is_the_page(made: Path, opened: list[str]) -> None:
    done = run("report", made, "--open")
    assert done.exit_code == 0
    page = path_of(opened[0])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    page.unlink()


def test_another_form_is_not_opened(opened: list[str]) -> None:
    done = run("compare", SEED, "--replay", CASSETTE, "-f", "json", "--open")
    assert done.exit_code == 2
    assert "-f html" in done.stderr
    assert opened == []


def test_no_browser_is_said(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    done = run("report", made, "-f", "html", "-o", tmp_path / "page.html", "--open")
    assert done.exit_code == 0
    assert "no browser" in done.stderr
