"""`claimcompare corpus`: a folder of results that the same command goes on with."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from click.testing import Result

from claimcompare import Article
from claimcompare.cli import app, corpus
from claimcompare.corpus import Story, read_results
from tests.llm.server import KEY, FakeServer, Reply, Seen, fails, says
from tests.test_cli import MODEL
from tests.test_cli_judge import reads
from tests.test_cli_stories import claimcompare

TEXT = (
    "The Aldmere quay is dry since the sluice Wilmar broke in Ormley, Una Brock said. "
    "The Aldmere quay is not dry, and the sluice Wilmar holds, Oskar Bray of Fenwick said. "
    "It is day {}."
)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


JUDGED = {"judged": [{"proposition": 1, "support": [1, 3], "denial": [2, 4], "context": []}]}


def answers(seen: Seen) -> Reply:
    """A model that finds a dispute in an article, and judges it."""
    wanted = seen.body["response_format"]["json_schema"]["schema"]["properties"]
    return says(json.dumps(JUDGED)) if "judged" in wanted else reads(seen)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(answers)) as made:
        yield made


def story(number: int) -> Story:
    day = f"2026-05-0{number}"
    return Story(articles=(Article(id=f"a{number}", text=TEXT.format(number), published=day),))


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three stories in a file."""
    path = tmp_path / "stories.jsonl"
    path.write_text("".join(f"{story(one).model_dump_json()}\n" for one in (1, 2, 3)))
    return path


def compared(server: FakeServer, *arguments: str | Path) -> Result:
    return claimcompare("corpus", "-m", MODEL, "--base-url", server.url, *arguments)


@pytest.fixture
def of_three(server: FakeServer, three: Path) -> "partial[Result]":
    return partial(compared, server, three, three.with_name("out"), "--stories")


def test_articles_become_stories_and_these_results(server: FakeServer, tmp_path: Path) -> None:
    news = tmp_path / "news.csv"
    news.write_text(f'text,date\n"{TEXT.format(1)}",2026-05-03\n"{TEXT.format(2)}",2026-05-04\n')
    done = compared(server, news, tmp_path / "out", "--usage")
    assert done.exit_code == 0, done.stderr
    (result,) = read_results(tmp_path / "out")
    assert sorted(result.articles) == ["news-2", "news-3"]
    assert result.comparison is not None
    assert len(result.comparison.disputes) == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "articles: 2; stories: 1 (of one article: 0; the largest: 2 articles)"
    assert lines[1].startswith("stories: 1 done; 1 disputes; ")
    assert lines[2].startswith("used: ")
    assert lines[3].startswith("  extract: 2 calls")


def test_the_same_command_goes_on_and_asks_nothing_again(
    server: FakeServer, of_three: "partial[Result]"
) -> None:
    assert of_three().exit_code == 0
    asked = len(server.seen)
    done = of_three("--no-cache")
    assert (done.exit_code, len(server.seen)) == (0, asked)
    assert "stories: 0 done" in done.stderr
    assert "; 3 done before" in done.stderr


def test_results_stay_in_their_form_and_of_their_model(of_three: "partial[Result]") -> None:
    assert of_three("-f", "parquet").exit_code == 0
    assert "; 3 done before" in of_three().stderr
    for other in (
        ("-f", "jsonl"),
        ("--judge", "other-70b"),
        ("-m", "other-70b"),
        ("--temperature", "1"),
    ):
        for more in ((), ("--dry-run",)):
            done = of_three(*other, *more)
            assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
            assert "holds the results of another run" in done.stderr


def test_a_story_that_fails_is_told_of_and_asked_again(
    server: FakeServer, of_three: "partial[Result]", three: Path
) -> None:
    def fails_for_two(seen: Seen) -> Reply:
        return fails(400) if "day 2" in seen.user else answers(seen)

    server.will_always(fails_for_two)
    done = of_three()
    assert done.exit_code == 1
    assert f"failed: story {story(2).id}: " in done.stderr
    assert "stories: 3 done, 1 with failures" in done.stderr
    results = {one.story_id: one for one in read_results(three.with_name("out"))}
    assert [bool(results[story(one).id].failures) for one in (1, 2, 3)] == [False, True, False]
    told = claimcompare("report", three.with_name("out")).stdout
    assert told.splitlines()[4:] == ["not compared, as nothing was answered: 1 story"]
    server.will_always(answers)
    done = of_three()
    assert (done.exit_code, done.stderr.count("failed")) == (0, 0)
    assert "stories: 1 done; 1 disputes; " in done.stderr
    assert "; 2 done before" in done.stderr


def test_a_budget_that_is_spent_is_told(of_three: "partial[Result]") -> None:
    done = of_three("--max-tokens", "1", "--no-cache")
    assert done.exit_code == 1
    assert "raise max_tokens to go on; the same command goes on with what is left" in done.stderr


def test_a_dry_run_asks_nothing_and_counts_what_is_left(
    server: FakeServer, of_three: "partial[Result]", three: Path
) -> None:
    done = of_three("--dry-run")
    assert (done.exit_code, server.seen) == (0, [])
    lines = done.stdout.splitlines()
    assert lines[0] == "articles: 3; stories: 3 (of one article: 3; the largest: 1 articles)"
    assert lines[1] == "articles: 3; sentences: 9"
    assert lines[2].startswith("  extract: about 3 calls, ")
    assert not three.with_name("out").exists()
    of_three()
    lines = of_three("--dry-run").stdout.splitlines()
    assert lines[1].startswith("done before: 3 stories in ")
    assert lines[2] == "articles: 0; sentences: 0"


def test_a_recording_is_made_and_answers(of_three: "partial[Result]", three: Path) -> None:
    kept = three.with_name("kept")
    assert of_three("--record", kept).exit_code == 0
    replayed = three.with_name("other")
    done = claimcompare(
        "corpus", three, replayed, "--stories", "-m", MODEL, "--replay", kept, "--no-cache",
        "--base-url", "http://127.0.0.1:9/v1",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert len(list(read_results(replayed))) == 3
    assert "one worker" in of_three("--replay", kept, "--workers", "2").stderr


def test_no_output_joins_what_is_read_or_is_no_folder(server: FakeServer, three: Path) -> None:
    folder, file = three.parent, three.with_name("made.txt")
    file.touch()
    for output, words in (
        (folder, "holds stories.jsonl, which is to be read"),
        (file, "made.txt: is a file; results go to a folder"),
        (file / "new", "cannot be written"),
    ):
        done = compared(server, three, output, "--stories")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert words in done.stderr
    assert server.seen == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "holds no story"),
        ('{"text": "Dry."}\n', "row 1: is no story (articles: Field required)"),
        ('{"articles": []}\n', "row 1: is no story (articles: "),
        ("[]\n", "row 1: is no story"),
        ("no\n", "row 1: is no story (no JSON: "),
    ],
)
def test_a_file_without_stories_is_one_line(
    server: FakeServer, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_text(content, encoding="utf-8")
    done = compared(server, path, tmp_path / "out", "--stories")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"stories.jsonl: {words}" in done.stderr


def test_stories_that_are_read_as_articles_say_what_to_do(server: FakeServer, three: Path) -> None:
    done = compared(server, three, three.with_name("out"))
    assert done.exit_code == 2
    assert "row 1: is a story and no article; corpus --stories takes stories" in done.stderr


def test_no_folder_is_made_for_nothing(server: FakeServer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = compared(server, tmp_path / "empty", tmp_path / "out")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "holds no article" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_was_there_is_left_as_it_was(server: FakeServer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "out").mkdir()
    assert compared(server, tmp_path / "empty", tmp_path / "out").exit_code == 2
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "out" / "notes.md").touch()
    for more in ((), ("--dry-run",)):
        done = compared(server, tmp_path / "empty", tmp_path / "out", *more)
        assert "holds notes.md, and no results of stories" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.md"]


@pytest.mark.parametrize(
    ("source", "is_inside"),
    [
        ("news", False),
        ("news/**/*", True),
        ("**", True),
        ("../*/news/*/*.jsonl", True),
        ("news/**/*.txt", False),
        ("news/*", False),
        ("news/*.txt", False),
    ],
)
def test_no_output_lies_where_it_would_be_read(
    server: FakeServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    *,
    is_inside: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(TEXT.format(1))
    done = compared(server, source, "news/res", "--dry-run")
    assert ("res: is read by way of " in done.stderr) == is_inside
    assert not (tmp_path / "news" / "res").exists()


def test_results_are_listed_and_one_is_shown(of_three: "partial[Result]", three: Path) -> None:
    of_three()
    out = three.with_name("out")
    lines = claimcompare("report", out).stdout.splitlines()
    assert len(lines) == 6
    assert lines[1] == "  The quay of Aldmere is dry."
    number = lines[0].partition(" ")[0]
    assert lines[0] == f"{number}  2026-05-0{_day_of(number)}, 1 article, 1 dispute"
    shown = claimcompare("report", out, "--story", number, "-f", "json")
    assert [one["id"] for one in json.loads(shown.stdout)["articles"]] == [f"a{_day_of(number)}"]
    none = claimcompare("report", out, "--story", "0")
    assert (none.exit_code, none.stdout) == (2, "")
    assert "holds no story '0'; without --story they are listed" in none.stderr


def test_a_story_that_grew_is_listed_once(server: FakeServer, tmp_path: Path) -> None:
    news, out = tmp_path / "news.jsonl", tmp_path / "out"

    def reported(*days: int) -> list[str]:
        rows = ({"id": f"a{day}", "text": TEXT.format(day)} for day in days)
        news.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        assert compared(server, news, out).exit_code == 0
        lines = claimcompare("report", out).stdout.splitlines()
        return [line.partition("  ")[2] or line for line in lines]

    one = reported(1, 2)
    assert one[0] == "no date, 2 articles, 1 dispute"
    outgrown = "left out, as a larger story has all their articles: 1 story"
    two = reported(1, 2, 3)
    assert (two[0], two[2:]) == ("no date, 3 articles, 1 dispute", [outgrown])
    assert len(list(read_results(out))) == 2
    (left,) = read_results(out, current=True)
    assert len(left.articles) == 3


def _day_of(number: str) -> int:
    return next(day for day in (1, 2, 3) if story(day).id == number)


def test_a_report_of_no_results_says_so(tmp_path: Path) -> None:
    done = claimcompare("report", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert str(tmp_path) in done.stderr
    assert "--story" in claimcompare("report", tmp_path, "-f", "html").stderr
    assert "--story" in claimcompare("report", tmp_path / "made.json", "--story", "0").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_who_interrupts_is_told_how_to_go_on(server: FakeServer, three: Path) -> None:
    is_over = Event()

    def waits(_: Seen) -> Reply:
        is_over.wait()
        return fails(500)

    server.will_always(waits)
    command = ("corpus", three, three.with_name("out"), "--stories")
    running = subprocess.Popen(
        [sys.executable, "-m", "claimcompare", *command, "-m", MODEL, "--base-url", server.url],
        stderr=subprocess.PIPE, env=os.environ | {"OPENAI_API_KEY": KEY},
    )  # fmt: skip
    with running:
        while not server.seen:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
        is_over.set()
    assert running.returncode == 130
    assert told.decode().endswith("out, and the same command goes on from there\n")
    assert "Traceback" not in told.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_who_interrupts_a_wait_for_standard_input_is_heard(tmp_path: Path) -> None:
    named = tmp_path / "named.txt"
    named.write_text(TEXT.format(1))
    running = subprocess.Popen(
        [sys.executable, "-m", "claimcompare", "corpus", named, "-", tmp_path / "out", "-m", MODEL],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"OPENAI_API_KEY": KEY},
    )  # fmt: skip
    with running:
        while not list(tmp_path.glob("out/_run.json")):
            time.sleep(0.01)
        # It is about to wait, or does so.
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        try:
            running.wait(60)
        finally:
            running.kill()
        told = running.stderr.read().decode() if running.stderr else ""
    assert running.returncode == 130, told
    assert told.endswith("the same command goes on from there\n")


def test_help_has_examples_and_groups() -> None:
    assert corpus.corpus_command in app.commands.values()
    for command, group in (("corpus", "The judge:"), ("stories", "How articles are grouped:")):
        told = claimcompare(command, "--help").stdout
        assert group in told
        assert f"  claimcompare {command} " in told
