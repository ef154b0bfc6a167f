"""`claimcompare stories`: what is read comes out as stories, and what cannot be read is told of."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimcompare.cli import app
from claimcompare.corpus import Story

QUAY = "The Aldmere quay fell dry after the sluice Wilmar broke, harbour master Tam Weir said."
FERRY = "Councillor Una Brock sold the ferry Tamsin to Fenwick Holdings, auditors in Ormley found."
# A text, its outlet, its day.
ROWS = (
    (QUAY, "Fenwick Post", "2026-05-03"),
    (FERRY, "Fenwick Post", "2026-05-03"),
    (f"{QUAY} Nobody was hurt.", "Aldmere Courier", "2026-05-04"),
)


def claimcompare(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three articles about two events."""
    path = tmp_path / "news.jsonl"
    told = ({"text": text, "outlet": outlet, "date": day} for text, outlet, day in ROWS)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in told), encoding="utf-8")
    return path


def test_stories_are_listed_with_days_outlets_and_titles(news: Path) -> None:
    done = claimcompare("stories", news)
    assert done.exit_code == 0
    first, second = sorted(done.stdout.rstrip().split("\n\n"), key=len, reverse=True)
    head, *outlets = first.splitlines()
    assert head.startswith("2026-05-03 to 2026-05-04, 2 articles (")
    assert outlets == ["  Fenwick Post: news-1", "  Aldmere Courier: news-3"]
    assert second.startswith("2026-05-03, 1 article (")
    told = "articles: 3; stories: 2 (of one article: 1; the largest: 2 articles)\n"
    assert done.stderr == told
    assert claimcompare("stories", news, "-q").stderr == ""


def test_a_line_of_json_is_a_story_with_its_articles(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "stories.jsonl"
    assert claimcompare("stories", news, "-o", output).exit_code == 0
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    told = next(row for row in rows if len(row["articles"]) == 2)
    assert (told.pop("since"), told.pop("until")) == ("2026-05-03", "2026-05-04")
    number = told.pop("id")
    assert Story.model_validate(told).id == number
    assert claimcompare("stories", news, "-f", "jsonl").stdout == output.read_text(encoding="utf-8")


def test_options_are_those_of_the_settings(news: Path) -> None:
    assert "stories: 3 (" in claimcompare("stories", news, "--most", "1").stderr
    assert "--most" in claimcompare("stories", news, "--most", "0").stderr


def test_small_stories_can_be_left_out_and_are_counted(news: Path) -> None:
    done = claimcompare("stories", news, "--least", "2", "-f", "jsonl")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert "left out: 1 stories of fewer than 2 articles (--least)" in done.stderr


def test_what_cannot_be_read_is_told_of_and_fails_the_rest_not(news: Path) -> None:
    with news.open("a", encoding="utf-8") as file:
        file.write('no\n{"text": ""}\n')
    done = claimcompare("stories", news, news.with_name("gone.html"))
    assert done.exit_code == 1
    assert "news.jsonl: row 4: is no JSON" in done.stderr
    assert "news.jsonl: row 5: its text is empty" in done.stderr
    assert "gone.html: cannot be read" in done.stderr
    assert "not read: 3, as told above" in done.stderr


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    bad, output = tmp_path / "bad.jsonl", tmp_path / "stories.jsonl"
    bad.write_text("no\n", encoding="utf-8")
    done = claimcompare("stories", bad, "-o", output)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "bad.jsonl: row 1: is no JSON" in done.stderr
    bad.write_text("no\n" * 3, encoding="utf-8")
    done = claimcompare("stories", bad, "-o", output)
    assert done.exit_code == 2
    assert done.stderr.count("failed: ") == 3
    assert done.stderr.endswith("claimcompare: none of 3 articles can be read, as told above\n")
    assert not output.exists()
    (tmp_path / "empty").mkdir()
    assert "holds no article" in claimcompare("stories", tmp_path / "empty").stderr


def test_no_output_replaces_what_is_read_or_is_of_another_form(news: Path) -> None:
    assert "is one of the files to read" in claimcompare("stories", news, "-o", news).stderr
    assert claimcompare("stories", news, "-o", "x.html").exit_code == 2


def test_no_name_moves_the_cursor(tmp_path: Path) -> None:
    page = tmp_path / "news.jsonl"
    page.write_text(json.dumps({"text": QUAY, "title": "a\x1b[2Jb", "source": "c\x07d"}))
    assert "  c d: a [2Jb\n" in claimcompare("stories", page).stdout


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("0001-01-01T00:00:00+05:00", "0001-01-01"),
        ("9999-12-31T23:59:59-05:00", "9999-12-31"),
    ],
)
def test_a_date_at_the_edge_of_the_calendar_is_a_day(tmp_path: Path, told: str, day: str) -> None:
    page = tmp_path / "news.jsonl"
    page.write_text(json.dumps({"text": QUAY, "published": told}))
    done = claimcompare("stories", page)
    assert (done.exit_code, done.stdout.partition(",")[0]) == (0, day)
    whole = claimcompare("stories", page, "-f", "jsonl")
    assert json.loads(whole.stdout)["since"] == day


def test_an_article_that_is_named_twice_is_there_once(tmp_path: Path) -> None:
    for name, text in (("a.txt", QUAY), ("b.txt", FERRY), ("copy.txt", QUAY)):
        (tmp_path / name).write_text(text)
    done = claimcompare("stories", tmp_path / "a.txt", tmp_path, tmp_path / "a.txt", "-f", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    ids = sorted(one["id"] for row in rows for one in row["articles"])
    assert (done.exit_code, ids) == (0, ["a", "b", "copy"])
    assert "passed over: a-2: is there twice" in done.stderr
    assert "passed over: a-3: is there twice" in done.stderr
    assert "passed over: 2 articles that are there twice" in done.stderr
    quiet = claimcompare("stories", tmp_path / "a.txt", tmp_path / "a.txt", "-q")
    assert quiet.stderr == ""


def test_what_two_feeds_have_is_one_article_and_what_two_outlets_have_is_not(news: Path) -> None:
    other = news.with_name("other.jsonl")
    rows = [
        {"text": ROWS[0][0], "outlet": ROWS[0][1], "date": ROWS[0][2]},
        {"text": ROWS[0][0], "outlet": "Ormley Echo", "date": ROWS[0][2]},
        {"text": ROWS[0][0], "outlet": ROWS[0][1], "date": "2026-05-09"},
    ]
    other.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    done = claimcompare("stories", news, other)
    assert "passed over: other-1: is there twice" in done.stderr
    assert "articles: 5; " in done.stderr
