"""`update`: new articles in a comparison, told in text, pages and exit codes."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from claimcompare import Article, Comparison
from claimcompare.cli import app
from tests.endpoint.answers import right_answer, task_of
from tests.llm.server import KEY, FakeServer, Reply, Seen, fails, says
from tests.test_cli import MODEL
from tests.updating.stories import COST, SAFE, article

CHANGED, FAILED, CANNOT = 3, 1, 2
FIRST = [
    article("herald", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}"),
    article("courier", f"Tom Beck denied that {SAFE}", day=2),
]
NEW = article("gazette", f"Una Marsh denied that {COST}", day=4)


def right(seen: Seen) -> Reply:
    return says(right_answer(seen.body, task_of(seen.body)).content)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(right)) as made:
        yield made


def rows(path: Path, *articles: Article) -> Path:
    lines = [one.model_dump_json(exclude={"doubts", "sha256"}) for one in articles]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def story(server: FakeServer, tmp_path: Path) -> Path:
    made = tmp_path / "story.json"
    given = rows(tmp_path / "first.jsonl", *FIRST)
    done = asked(server, "compare", given, "-o", made)
    assert done.exit_code == 0, done.stderr
    return made


def asked(server: FakeServer, *arguments: Path | str) -> Result:
    """What a command says, in this process: a start of its own takes a second each."""
    given = [*map(str, arguments), "-m", MODEL, "--base-url", server.url, "--no-small"]
    return CliRunner().invoke(app, given, env={"OPENAI_API_KEY": KEY})


def test_a_dry_run_counts_what_is_new_and_asks_nothing(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    asked_before, before = len(server.seen), story.read_bytes()
    new = rows(tmp_path / "new.jsonl", *FIRST, NEW)
    done = asked(server, "update", story, new, "--dry-run", "--in-place")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "articles: 1; sentences: 1"
    assert lines[1].startswith("  extract: about 1 calls, ")
    assert lines[5].startswith("about 5 calls, ")
    assert "counted as if they were new" in lines[6]
    assert (len(server.seen), story.read_bytes()) == (asked_before, before)
    done = asked(server, "update", story, new, "--in-place")
    assert len(server.seen) - asked_before <= 5
    done = asked(server, "update", story, new, "--dry-run")
    assert done.stdout.splitlines()[-1].startswith("about 0 calls, ")


def test_what_is_new_is_told_and_kept_where_it_is_said(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    before, new = story.read_bytes(), rows(tmp_path / "new.jsonl", *FIRST, NEW)
    done = asked(server, "update", story, new, "-o", tmp_path / "next.json")
    assert done.exit_code == CHANGED, done.stderr
    assert "New disputes\n- " in done.stdout
    assert "Gazette Post" in done.stdout
    assert story.read_bytes() == before
    after = Comparison.model_validate_json((tmp_path / "next.json").read_bytes())
    assert after.changes is not None
    assert after.changes.articles == ("gazette",)


def test_in_place_once_and_then_nothing_is_new(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    new, page = rows(tmp_path / "new.jsonl", NEW), tmp_path / "story.html"
    done = asked(server, "update", story, new, "--in-place", "-o", page)
    assert done.exit_code == CHANGED, done.stderr
    assert 'id="new"' in page.read_text(encoding="utf-8")
    kept = story.read_bytes()
    assert len(Comparison.model_validate_json(kept).articles) == 3
    count = len(server.seen)
    done = asked(server, "update", story, new, "--in-place")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Nothing is new since")
    assert story.read_bytes() == kept
    assert len(server.seen) == count
    assert list(tmp_path.glob(".*.part")) == []


def test_json_and_the_whole_text(server: FakeServer, story: Path, tmp_path: Path) -> None:
    new = rows(tmp_path / "new.jsonl", NEW)
    done = asked(server, "update", story, new, "-f", "json")
    assert json.loads(done.stdout)["changes"]["articles"] == ["gazette"]
    done = asked(server, "update", story, new, "--all")
    assert "In no dispute" in done.stdout or "1. The dam" in done.stdout
    assert "is not kept" in done.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    new = rows(tmp_path / "new.jsonl", NEW)
    new.write_text(f"{new.read_text()}\n{{}}\n", encoding="utf-8")
    for more in (("--dry-run",), ("--in-place",)):
        done = asked(server, "update", story, new, tmp_path / "gone.xml", *more)
        assert done.exit_code == FAILED
        assert "failed: " in done.stderr
        assert "row 2" in done.stderr
        assert "gone.xml" in done.stderr
    assert "New disputes" in done.stdout
    done = asked(server, "update", story, tmp_path / "gone.xml")
    assert (done.exit_code, done.stderr.count("\n")) == (CANNOT, 1)


def test_since_tells_what_later_articles_change(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    new = rows(tmp_path / "new.jsonl", NEW)
    done = asked(server, "update", story, new, "--since", "2026-05-05")
    assert "from before 2026-05-05 changed something, too" in done.stderr
    assert (done.exit_code, done.stdout.startswith("Nothing is new")) == (0, True), done.stderr
    done = asked(server, "update", story, new, "--since", "2026-05-04")
    assert "changed something, too" not in done.stderr
    assert done.exit_code == CHANGED
    done = asked(server, "update", story, new, "--since", "yesterday")
    assert done.exit_code == CANNOT
    assert "is no date such as 2026-11-03" in done.stderr


def test_a_failure_counts_more_than_a_change(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    def half(seen: Seen) -> Reply:
        return fails(400, "no") if task_of(seen.body) == "pair" else right(seen)

    server.will_always(half)
    new = rows(tmp_path / "new.jsonl", NEW)
    done = asked(server, "update", story, new, "--in-place")
    assert done.exit_code == FAILED
    assert "failed: gazette, gazette:1" in done.stderr
    server.will_always(right)
    done = asked(
        server,
        "update",
        story,
        rows(tmp_path / "more.jsonl", article("post", "It rained")),
        "--in-place",
    )
    assert done.exit_code == CHANGED, done.stderr  # What was not answered was asked again.
    assert "New disputes" in done.stdout


def test_what_cannot_be_done_ends_with_two(server: FakeServer, story: Path, tmp_path: Path) -> None:
    new = rows(tmp_path / "new.jsonl", NEW)
    done = asked(server, "update", story, new, "-o", story)
    assert done.exit_code == CANNOT
    assert "is one of the files to read" in done.stderr
    done = asked(server, "update", new, story, "--in-place")
    assert done.exit_code == CANNOT
    assert "not a comparison" in done.stderr
    server.will_always(fails(400, "no"))
    before = story.read_bytes()
    done = asked(server, "update", story, new, "--in-place")
    assert done.exit_code == CANNOT
    assert story.read_bytes() == before


def test_what_somebody_else_writes_meanwhile_is_not_overwritten(
    server: FakeServer, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = rows(tmp_path / "new.jsonl", NEW)
    theirs = story.read_bytes() + b"\n"
    read = Path.read_bytes

    def then_written(path: Path) -> bytes:
        found = read(path)
        if path.name == story.name and found != theirs:
            path.write_bytes(theirs)
        return found

    monkeypatch.setattr(Path, "read_bytes", then_written)
    done = asked(server, "update", story, new, "--in-place")
    assert done.exit_code == CANNOT
    assert "was changed meanwhile" in done.stderr
    assert read(story) == theirs


def test_two_do_not_update_a_file_at_a_time(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    new, count = rows(tmp_path / "new.jsonl", NEW), len(server.seen)
    with FileLock(tmp_path / f".{story.name}.lock"):
        done = asked(server, "update", story, new, "--in-place")
        assert done.exit_code == CANNOT
        assert "another update of it is under way" in done.stderr
        assert len(server.seen) == count
        assert asked(server, "update", story, new).exit_code == CHANGED
    assert asked(server, "update", story, new, "--in-place").exit_code == CHANGED


def test_a_corrected_article_that_fails_again_is_told_again(
    server: FakeServer, story: Path, tmp_path: Path
) -> None:
    known = Comparison.model_validate_json(story.read_bytes())
    changed = FIRST[0].model_copy(update={"text": f"{FIRST[0].text} Una Marsh slept."})
    new = rows(tmp_path / "new.jsonl", changed, NEW)

    def half(seen: Seen) -> Reply:
        return fails(400, "no") if "Una Marsh slept" in str(seen.body) else right(seen)

    server.will_always(half)
    assert asked(server, "update", story, new, "--in-place").exit_code == FAILED
    done = asked(server, "update", story, rows(new, changed, article("post", "It rained")))
    assert done.exit_code == FAILED, done.stderr
    assert "failed: herald" in done.stderr
    after = Comparison.model_validate_json(story.read_bytes())
    assert after.claims[: len(known.claims)] == known.claims
