"""`claimcompare eval show`, and the forms of evaluations that CI reads."""

import json
from pathlib import Path

import pytest

from claimcompare.evaluation import Evaluation, Showing
from tests.llm.server import FakeServer
from tests.test_eval_cli import (
    PLACES,
    _only_the_fake_endpoint,
    cli,
    judged,
    one_line,
    row,
    said_of,
    server,
    written,
)

__all__ = ["_only_the_fake_endpoint", "server"]


@pytest.fixture
def evaluation(server: FakeServer, tmp_path: Path) -> Path:
    """Two wrong items, and one that is right."""
    said = [("support", "support"), ("denial", "support"), ("context", "denial")]
    rows = [row(place, *both) for place, both in zip(PLACES, said, strict=False)]
    target = tmp_path / "made.json"
    data = written(tmp_path / "quays.jsonl", rows)
    assert judged(server, "--data", data, "-o", target).exit_code == 0
    return target


def test_the_worst_items_come_first_with_their_words(evaluation: Path) -> None:
    done = cli("eval", "show", evaluation)
    assert done.exit_code == 0
    head, *items = done.stdout.split("\n\n")
    assert head.endswith("3 of 3 items, the worst first")
    assert [one.split()[1] for one in items] == ["wrong", "wrong", "right"]
    assert f"   claim: {said_of(PLACES[1], 'denial')}" in done.stdout.splitlines()
    assert f"   proposition: The quay of {PLACES[1]} is dry." in done.stdout.splitlines()


def test_only_and_limit_choose_the_items(evaluation: Path) -> None:
    done = cli("eval", "show", evaluation, "--only", "wrong", "--limit", "1", "-f", "json")
    found = Showing.model_validate_json(done.stdout)
    assert ([one.verdict for one in found.shown], found.items) == (["wrong"], 2)
    none = cli("eval", "show", evaluation, "--only", "abstained").stdout
    assert none.endswith("0 of 0 abstained items, the worst first\n")


def test_the_name_of_the_file_says_the_form(evaluation: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "worst.md"
    assert cli("eval", "show", evaluation, "-o", target).exit_code == 0
    assert "1. **wrong** " in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [("-f", "html"), ("-o", "page.html"), ("-o", "report.xml")])
@pytest.mark.parametrize("command", [("show", "a.json"), ("diff", "a.json", "b.json")])
def test_forms_of_evaluations_alone_are_refused_before_any_work(
    command: tuple[str, ...], more: tuple[str, ...], tmp_path: Path
) -> None:
    name, *read = command
    # Nothing is there to be read: that would be told first, if it were tried.
    done = cli("eval", name, *(tmp_path / one for one in read), *more)
    assert done.exit_code == 2
    assert "json" in done.stderr
    assert "cannot be read" not in done.stderr


def test_what_is_shown_is_never_overwritten(evaluation: Path) -> None:
    before = evaluation.read_bytes()
    done = cli("eval", "show", evaluation, "-f", "json", "-o", evaluation)
    assert "is one of the files to read" in one_line(done)
    assert evaluation.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "start"),
    [("page.html", "<!doctype html>"), ("report.xml", "<?xml "), ("sum.md", "### ")],
)
def test_an_evaluation_has_the_form_of_its_file(
    server: FakeServer, tmp_path: Path, name: str, start: str
) -> None:
    data = written(tmp_path / "quays.jsonl", [row(PLACES[0], "support")])
    assert judged(server, "--data", data, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(start)


def test_an_evaluation_of_an_earlier_version_is_shown(evaluation: Path) -> None:
    older = json.loads(evaluation.read_bytes())
    for one in older["outcomes"]:
        del one["proposition"], one["speaker"], one["claim"]
    evaluation.write_text(json.dumps(older), encoding="utf-8")
    assert Evaluation.model_validate(older).outcomes[0].about == ()
    assert "1. wrong " in cli("eval", "show", evaluation).stdout
