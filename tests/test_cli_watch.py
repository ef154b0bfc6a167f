"""`watch`: feeds read again and again, told in text, JSON lines and exit codes."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimcompare import Article
from claimcompare.cli import app
from tests.llm.server import KEY, FakeServer, fails, says
from tests.test_cli import MODEL
from tests.test_cli_update import CANNOT, CHANGED, FAILED, right, rows
from tests.updating.stories import COST, SAFE, article, others

HERALD = article("herald", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}")
COURIER = article("courier", f"Tom Beck denied that {SAFE}", day=2)
GAZETTE = article("gazette", f"Una Marsh denied that {COST}", day=3)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(right)) as made:
        yield made


def watched(server: FakeServer, folder: Path, *more: Path | str) -> Result:
    given = ["watch", folder / "feed.jsonl", "--state", folder / "desk", *more, "-m", MODEL]
    arguments = [*map(str, given), "--base-url", server.url, "--no-small"]
    return CliRunner().invoke(app, arguments, env={"OPENAI_API_KEY": KEY})


def feed(folder: Path, *articles: Article) -> None:
    rows(folder / "feed.jsonl", *others(), *articles)


def test_once_after_once(server: FakeServer, tmp_path: Path) -> None:
    feed(tmp_path, HERALD, COURIER)
    done = watched(server, tmp_path, "--once")
    assert done.exit_code == CHANGED, done.stderr
    assert "1. The dam at Corrow is safe." in done.stdout
    assert done.stderr.startswith(f"paid so far: {len(server.seen)} calls, ")
    done = watched(server, tmp_path, "--once")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "paid" not in done.stderr
    feed(tmp_path, HERALD, COURIER, GAZETTE)
    done = watched(server, tmp_path, "--once", "-f", "jsonl")
    assert done.exit_code == CHANGED, done.stderr
    told = json.loads(done.stdout)
    assert told["changes"]["articles"] == ["gazette"]
    assert not told["new"]
    assert len(json.loads(Path(told["path"]).read_bytes())["articles"]) == 3


@pytest.mark.parametrize("option", [("--least", "3"), ("--most", "1")], ids=" ".join)
def test_what_makes_a_story_can_be_told(
    server: FakeServer, tmp_path: Path, option: tuple[str, str]
) -> None:
    feed(tmp_path, HERALD, COURIER)
    done = watched(server, tmp_path, *option, "--once")
    assert (done.exit_code, done.stdout, server.seen) == (0, "", [])


def test_a_feed_that_fails_is_told_and_the_others_are_read(
    server: FakeServer, tmp_path: Path
) -> None:
    feed(tmp_path, HERALD, COURIER)
    done = watched(server, tmp_path, tmp_path / "gone.xml", "--once")
    assert done.exit_code == FAILED
    assert "failed:" in done.stderr
    assert "gone.xml" in done.stderr
    assert "1. The dam at Corrow is safe." in done.stdout


def test_what_got_no_answer_is_tried_the_next_time(server: FakeServer, tmp_path: Path) -> None:
    feed(tmp_path, HERALD, COURIER)
    server.will_always(fails(400, "not now"))
    done = watched(server, tmp_path, "--once")
    assert done.exit_code == FAILED
    assert "not now" in done.stderr
    server.will_always(right)
    assert watched(server, tmp_path, "--once").exit_code == CHANGED


def test_an_article_that_got_no_answer_is_told_until_it_has(
    server: FakeServer, tmp_path: Path
) -> None:
    feed(tmp_path, HERALD, COURIER)
    server.will_always(
        lambda seen: says("no JSON") if "Tom Beck" in str(seen.body) else right(seen)
    )
    assert watched(server, tmp_path, "--once").exit_code == FAILED
    done = watched(server, tmp_path, "--once")
    assert (done.exit_code, done.stdout) == (FAILED, "")
    assert "failed: courier" in done.stderr
    server.will_always(right)
    done = watched(server, tmp_path, "--once")
    assert done.exit_code == CHANGED
    assert "Tom Beck" in done.stdout


def test_a_comparison_that_is_broken_is_told(server: FakeServer, tmp_path: Path) -> None:
    feed(tmp_path, HERALD, COURIER)
    done = watched(server, tmp_path, "--once", "-f", "jsonl")
    path = Path(json.loads(done.stdout)["path"])
    path.write_text("{", encoding="utf-8")
    feed(tmp_path, HERALD, COURIER, GAZETTE)
    done = watched(server, tmp_path, "--once")
    assert (done.exit_code, done.stdout) == (FAILED, "")
    assert f"failed: story {path.stem}" in done.stderr


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("inbox", "inbox"),
        ("inbox/**/*", "inbox/desk/own"),
        ("inbox/**/*.json", "inbox/desk"),
        ("inbox/*/*", "inbox/desk"),
    ],
)
def test_a_state_in_what_is_read_is_refused(
    server: FakeServer, tmp_path: Path, source: str, state: str
) -> None:
    feed(tmp_path, HERALD, COURIER)
    (tmp_path / "inbox").mkdir()
    done = watched(server, tmp_path, tmp_path / source, "--once", "--state", tmp_path / state)
    assert (done.exit_code, server.seen) == (CANNOT, [])
    assert len(done.stderr.splitlines()) == 1
    assert "is read by way of" in done.stderr
    assert list((tmp_path / "inbox").iterdir()) == []


@pytest.mark.parametrize(("source", "state"), [("inbox/*", "inbox/desk"), ("inbox", "inbox/desk")])
def test_a_state_beside_what_is_read_is_taken(
    server: FakeServer, tmp_path: Path, source: str, state: str
) -> None:
    feed(tmp_path, HERALD, COURIER)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("Oskar Lind sang.", encoding="utf-8")
    for ended in (CHANGED, 0):
        done = watched(server, tmp_path, tmp_path / source, "--once", "--state", tmp_path / state)
        assert done.exit_code == ended, done.stderr


@pytest.mark.parametrize("state", ["feed.jsonl", "feed.jsonl/desk", "desk"])
def test_a_state_that_cannot_be_written_is_told(
    server: FakeServer, tmp_path: Path, state: str
) -> None:
    feed(tmp_path, HERALD, COURIER)
    (tmp_path / "desk" / "watch.sqlite3").mkdir(parents=True)
    done = watched(server, tmp_path, "--once", "--state", tmp_path / state)
    assert (done.exit_code, server.seen) == (CANNOT, [])
    assert len(done.stderr.splitlines()) == 1
    assert state in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_state_without_the_right_to_write_is_told(server: FakeServer, tmp_path: Path) -> None:
    feed(tmp_path, HERALD, COURIER)
    (tmp_path / "desk").mkdir(mode=0o500)
    done = watched(server, tmp_path, "--once")
    assert (done.exit_code, server.seen) == (CANNOT, [])
    assert "desk: cannot be written" in done.stderr


def test_it_goes_on_until_it_is_stopped(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > 1:
            raise KeyboardInterrupt
        feed(tmp_path, HERALD, COURIER)

    monkeypatch.setattr("claimcompare.cli.watching.sleep", wait)
    feed(tmp_path, HERALD)
    done = watched(server, tmp_path, "--every", "2")
    assert done.exit_code == 130
    assert waited == [120.0, 120.0]
    assert "1. The dam at Corrow is safe." in done.stdout
    assert "goes on from there" in done.stderr
