"""`read_articles`: whatever holds articles gives them in order, each with its own id."""

import io
import sys
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from claimcompare.articles import ReadSettings, iter_articles, read_article, read_articles
from claimcompare.errors import ArticleError
from claimcompare.schema import Article
from tests.articles.pages import Page, site
from tests.articles.pdfs import pdf

PRIVATE = ReadSettings(allow_private=True)
RSS = (
    b"<rss><channel><title>Post</title><item><title>One said</title></item>"
    b"<item/><item><title>Two said</title></item></channel></rss>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article in every kind of file."""
    for name, content in {
        "a.txt": b"The quay is dry.",
        "b.md": b"---\ntitle: Quay\nlang: en\n---\nThe *quay* is dry.",
        "c.html": b"<html lang=en><h1>Quay</h1><p>The quay is dry.</p>",
        "d.pdf": pdf([["The quay is dry."]], info={"Title": "Quay"}),
        "e.jsonl": b'{"text": "The quay is dry.", "outlet": "Post"}\nno\n{"text": "So."}',
        "f.csv": b"id,text\na,The quay is dry.\nx,So.\n",
        "g.rss": RSS,
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_folder_of_every_kind(folder: Path) -> None:
    unread: list[ArticleError] = []
    articles = read_articles(folder, skip=unread.append)
    assert [one.id for one in articles] == [
        "a", "b", "c", "d", "e-1", "e-3", "a-2", "x", "g-1", "g-3",
    ]  # fmt: skip
    assert [one.text for one in articles[1:4]] == [
        "Quay\n\nThe quay is dry.", "Quay\n\nThe quay is dry.", "The quay is dry.",
    ]  # fmt: skip
    assert [one.title for one in articles[:4]] == [None, "Quay", "Quay", "Quay"]
    assert [(one.row, Path(str(one.path)).name) for one in unread] == [(2, "e.jsonl"), (2, "g.rss")]


def test_without_skip_the_first_that_cannot_be_read_ends_it(folder: Path) -> None:
    found = iter_articles([folder])
    assert [next(found).id for _ in range(5)] == ["a", "b", "c", "d", "e-1"]
    with pytest.raises(ArticleError, match=r"e\.jsonl: row 2: is no JSON"):
        next(found)


def test_what_was_read_can_be_used_twice_and_is_read_once(folder: Path) -> None:
    articles = read_articles(folder / "a.txt")
    (folder / "a.txt").unlink()
    assert [one.id for one in articles] == [one.id for one in articles] == ["a"]


def test_the_lazy_twin_reads_each_when_it_is_asked_for(folder: Path) -> None:
    found = iter_articles([folder / "a.txt", folder / "gone.txt"])
    assert next(found).id == "a"
    with pytest.raises(ArticleError, match=r"gone\.txt"):
        next(found)


def test_one_name_may_stand_alone(folder: Path) -> None:
    assert [one.id for one in read_articles(str(folder / "a.txt"))] == ["a"]
    assert [one.id for one in read_articles(f"{folder}/[ab].*")] == ["a", "b"]


def test_a_fault_of_one_source_costs_none_after_it(folder: Path) -> None:
    unread: list[ArticleError] = []
    names = [f"{folder}/gone.txt", f"{folder}/*.nope", "ftp://a.example", f"{folder}/a.txt"]
    assert [one.id for one in read_articles(names, skip=unread.append)] == ["a"]
    assert len(unread) == 3


@pytest.mark.parametrize("name", ["a.txt", "b.md", "c.html", "d.pdf"])
def test_a_file_of_one_article_is_read_by_its_path(folder: Path, name: str) -> None:
    (same,) = read_articles([folder / name])
    assert read_article(folder / name) == same
    assert Article.model_validate_json(same.model_dump_json()) == same


@pytest.mark.parametrize("name", ["e.jsonl", "f.csv", "g.rss"])
def test_a_file_of_many_articles_is_not_read_as_one(folder: Path, name: str) -> None:
    with pytest.raises(ArticleError, match=rf"{name}: may hold many articles; read_articles"):
        read_article(folder / name)


def test_fields_and_limits_are_settings(folder: Path) -> None:
    settings = ReadSettings(fields={"text": "outlet", "title": "text"})
    (found,) = read_articles([folder / "e.jsonl"], settings=settings, skip=lambda _: None)
    assert (found.text, found.title) == ("Post", "The quay is dry.")
    with pytest.raises(ArticleError, match=r"d\.pdf: larger than 0\.0001 MB"):
        read_article(folder / "d.pdf", settings=ReadSettings(max_bytes=100))


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b"The quay is dry.", ["stdin"]),
        (b"<!doctype html><p>The quay is dry.", ["stdin"]),
        (pdf([["The quay is dry."]]), ["stdin"]),
        (b'{"text": "One."}\n{"text": "Two.", "id": 7}', ["stdin-1", "7"]),
        (b"id,text\n,One.\n", ["stdin-2"]),
        (RSS, ["stdin-1", "stdin-3"]),
    ],
)
def test_standard_input_is_told_by_its_content(
    monkeypatch: pytest.MonkeyPatch, content: bytes, ids: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [one.id for one in read_articles(["-"], skip=lambda _: None)] == ids


def test_standard_input_is_read_whole_by_a_daemon(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    piped = tmp_path / "piped"
    piped.write_text("The quay is dry. " * 10_000)
    found: list[str] = []

    def read() -> None:
        found.extend(one.text for one in read_articles("-"))

    with piped.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        reading = Thread(target=read, daemon=True)
        reading.start()
        reading.join()
    assert [len(text) for text in found] == [170_000]


def test_a_daemon_holds_no_lock_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    # Which the buffer has, and Python wants at its end.
    unlocked = SimpleNamespace(raw=io.BytesIO(b"The quay is dry."))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=unlocked))
    found: list[str] = []
    reading = Thread(target=lambda: found.extend(one.text for one in read_articles("-")))
    reading.daemon = True
    reading.start()
    reading.join()
    assert found == ["The quay is dry."]


def test_standard_input_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))
    with pytest.raises(ArticleError, match="standard input: larger than"):
        read_articles("-", settings=ReadSettings(max_bytes=10))


def test_pages_of_any_kind_are_read() -> None:
    with site() as here:
        here.pages |= {
            "/quay": Page(b"<html lang=en><p>The quay is dry."),
            "/scan": Page(pdf([["The quay is dry."]]), headers={"Content-Type": "text/html"}),
            "/feed": Page(RSS, headers={"Content-Type": "text/xml"}),
            "/a.txt?x=1": Page("Zoë sagt, es sei trocken.".encode("cp1252"),
                               headers={"Content-Type": "text/plain; charset=windows-1252"}),
        }  # fmt: skip
        names = [here.url(path) for path in here.pages]
        articles = read_articles(names, settings=PRIVATE, skip=lambda _: None)
        assert read_article(names[0], settings=PRIVATE) == articles[0]
        with pytest.raises(ArticleError, match="may hold many articles"):
            read_article(names[2], settings=PRIVATE)
    host = here.address
    assert [one.id for one in articles] == [
        f"{host}/quay", f"{host}/scan", f"{host}/feed-1", f"{host}/feed-3", f"{host}/a.txt",
    ]  # fmt: skip
    assert articles[0].url == names[0]
    assert articles[4].text.startswith("Zoë")


def test_pages_are_not_fetched_from_private_addresses() -> None:
    with site() as here:
        here.pages["/"] = Page(b"<p>secret")
        with pytest.raises(ArticleError, match="no public address"):
            read_article(here.url("/"))
        assert here.seen == []


def test_a_path_is_never_a_url_or_standard_input() -> None:
    for name in ("http://a.example/x", "-"):
        with pytest.raises(ArticleError, match="cannot be read"):
            read_articles([Path(name)])


def test_a_folder_tells_of_each_file_that_it_passes_over(folder: Path) -> None:
    for name in ("h.dat", "i.json.gz", "gold.json", "feed.xml", ".hidden", "notes"):
        (folder / name).write_bytes(b"The quay is dry.")
    (folder / "below").mkdir()
    told: list[ArticleError] = []
    assert len(read_articles(folder, skip=told.append)) == 10
    assert [Path(str(one.path)).name for one in told[2:]] == ["h.dat", "notes"]
    assert "h.dat: is of no kind that is read in folders (.dat); name it on its own" in str(told[2])
    assert "(without a suffix)" in str(told[3])


def test_what_is_passed_over_is_no_error_where_nobody_listens(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The quay is dry.")
    (tmp_path / "picture.png").write_bytes(b"x")
    assert [one.id for one in read_articles(tmp_path)] == ["a"]
    told: list[ArticleError] = []
    assert [one.id for one in read_articles(tmp_path, skip=told.append)] == ["a"]
    assert [str(one.path) for one in told] == [str(tmp_path / "picture.png")]
