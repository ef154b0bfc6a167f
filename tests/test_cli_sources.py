"""What the command line reads, and what it says of what it cannot read."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.articles.pages import Page, site
from tests.articles.pdfs import pdf
from tests.llm.server import KEY, FakeServer
from tests.test_bad_input import nothing
from tests.test_cli import CASSETTE, MODEL, SEED, one_line, run


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(nothing)) as made:
        yield made


def articles(
    server: FakeServer, *arguments: str | Path, stdin: bytes = b""
) -> list[dict[str, str]]:
    done = run(
        "compare", *arguments, "-m", MODEL, "--base-url", server.url, "-f", "json",
        stdin=stdin, OPENAI_API_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, str]] = json.loads(done.stdout)["articles"]
    return found


def test_files_patterns_and_standard_input_in_one_run(server: FakeServer, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html lang=en><p>The quay is dry.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(pdf([["The lock is shut."]]))
    table = tmp_path / "c.csv"
    table.write_text("key;story\n7;The bridge is open.\n", encoding="utf-8")
    found = articles(
        server, f"{tmp_path}/*.[hp]*", "-", table, "--field", "text=story", "--field", "id=key",
        stdin=b"The board is silent.",
    )  # fmt: skip
    assert [one["id"] for one in found] == ["a", "b", "stdin", "7"]
    assert [one["text"] for one in found] == [
        "The quay is dry.", "The lock is shut.", "The board is silent.", "The bridge is open.",
    ]  # fmt: skip
    assert all(len(one["sha256"]) == 64 for one in found)


def test_a_url_is_read_where_it_is_allowed(server: FakeServer) -> None:
    with site() as here:
        here.pages["/"] = Page(b"<p>The quay is dry.")
        (found,) = articles(server, here.url("/"), "--allow-private")
        assert found["url"] == here.url("/")
        assert "--allow-private" in one_line(run("compare", here.url("/")))


def test_a_page_is_fetched_past_the_recorder() -> None:
    with site() as here:
        here.pages["/seed.txt"] = Page(SEED.read_bytes(), headers={"Content-Type": "text/plain"})
        command = ("extract", here.url("/seed.txt"), "--allow-private", "--replay", CASSETTE)
        done = run(*command)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") == run("extract", SEED, "--replay", CASSETTE).stdout.count(
        b"\n"
    )


def test_extract_goes_on_past_rows_and_files_that_cannot_be_read(
    server: FakeServer, tmp_path: Path
) -> None:
    rows = tmp_path / "a.jsonl"
    rows.write_text('{"text": "The quay is dry."}\n{"text": ""}\nno\n', encoding="utf-8")
    (tmp_path / "b.doc").write_bytes(b"PK")
    done = run(
        "extract", tmp_path, "-m", MODEL, "--base-url", server.url, OPENAI_API_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 1
    said = done.stderr.decode().splitlines()
    assert f"failed: {rows}: row 2: its text is empty" in said
    assert any("a.jsonl: row 3: is no JSON" in line for line in said)
    assert any("b.doc: is a word processor's document; .docx can" in line for line in said)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK\x03\x04", "save it as text, HTML or PDF"),
        ("a.pdf", b"%PDF-1.7\n", "is a broken PDF"),
        ("a.pdf", pdf([[]]), "hold no text, as scans do"),
        ("a.htm", pdf([["x"]]), "is a PDF and no HTML; name it .pdf"),
        ("a.html", b"<script>x</script>", "holds no article"),
        ("a.rss", b"<rss>", "is broken XML"),
        ("a.csv", b"a,b\n1,2\n", "has no text (looked for text, body"),
        ("a.jsonl", b"", "holds no article"),
    ],
)
def test_each_fault_is_one_line_that_names_the_file(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    message = one_line(run("compare", tmp_path / name))
    assert words in message
    assert name in message


@pytest.mark.parametrize("field", ["text", "txt=a", "text=", "=a"])
def test_a_field_that_is_no_pair_is_refused(field: str) -> None:
    done = run("compare", SEED, "--field", field)
    assert done.returncode == 2
    assert b"give it as OURS=THEIRS, with OURS one of text, id, title" in done.stderr


def test_a_limit_of_its_own() -> None:
    assert "larger than 0.0001 MB" in one_line(run("compare", SEED, "--max-bytes", "100"))


@pytest.mark.parametrize("command", ["compare", "extract"])
def test_a_picture_in_a_folder_is_told_of_and_fails_nothing(
    server: FakeServer, tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text("The quay is dry.", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n")
    arguments = (command, tmp_path, "-m", MODEL, "--base-url", server.url)
    done = run(*arguments, OPENAI_API_KEY=KEY)
    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert "passed over: " in told
    assert "b.png" in told
