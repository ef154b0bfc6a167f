"""Files: what a name stands for, and every fault named."""

import os
from pathlib import Path

import pytest

from claimcompare.articles import read_article, read_text, sentences
from claimcompare.articles.files import files_of, from_file
from claimcompare.articles.settings import MAX_BYTES
from claimcompare.errors import ArticleError


def written(folder: Path, name: str, content: bytes = b"The lock is shut.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"... -- ?!", b"\xef\xbb\xbf"])
def test_a_file_without_words_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, "empty.txt", content)
    with pytest.raises(ArticleError, match=rf"{path}: holds no words"):
        read_text(path)


def test_a_single_word_of_any_script_is_enough(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, "a.txt", "不".encode())) == "不"


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    with pytest.raises(ArticleError, match=rf"{path}: cannot be read \(No such file") as caught:
        read_text(path)
    assert caught.value.path == path


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=rf"{tmp_path}: cannot be read"):
        read_text(tmp_path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "dump.txt")
    with path.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ArticleError, match="larger than 20 MB; split it into articles"):
        read_text(path)
    with from_file(path, max_bytes=MAX_BYTES + 1) as source:
        assert (len(source.raw), source.rest) == (MAX_BYTES + 1, ())


def test_line_ends_stay_so_that_offsets_fit_the_file(tmp_path: Path) -> None:
    content = b"Lock shut\r\nIt is shut.\rIt stays shut.\n"
    article = read_article(written(tmp_path, "a.txt", content))
    assert article.text.encode() == content
    assert [content[one.start : one.end].decode() for one in sentences(article)] == [
        "Lock shut",
        "It is shut.",
        "It stays shut.",
    ]


@pytest.mark.parametrize("as_text", [True, False])
def test_an_article_is_called_by_its_file_s_name(tmp_path: Path, *, as_text: bool) -> None:
    path = written(tmp_path, "fenwick-post.2.txt")
    assert read_article(str(path) if as_text else path).id == "fenwick-post.2"


def test_a_folder_gives_its_articles_by_name_and_nothing_else(tmp_path: Path) -> None:
    suffixes = (".txt", ".md", ".html", ".pdf", ".jsonl", ".csv", ".rss", ".TXT", ".Htm")
    names = [f"{letter}{suffix}" for letter in "qbxam" for suffix in suffixes]
    for name in (*names, ".hidden.txt", "gold.json", "feed.xml", "photo.jpg", "txt", "a.py"):
        written(tmp_path, name)
    (tmp_path / "folder.txt").mkdir()
    assert [path.name for path in files_of(tmp_path)] == sorted(names)


def test_a_folder_names_what_it_holds_and_nobody_reads(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    letter = written(tmp_path, "b.doc")
    assert letter in files_of(tmp_path)
    with (
        pytest.raises(ArticleError, match=r"b\.doc: is a word processor\'s document; .docx can be"),
        from_file(letter),
    ):
        pass


def test_a_folder_without_articles_is_refused_by_name(tmp_path: Path) -> None:
    written(tmp_path, "below/scan.txt")
    with pytest.raises(ArticleError, match=rf"{tmp_path}: holds no article \(\.txt, ") as caught:
        files_of(tmp_path)
    assert caught.value.path == tmp_path
    assert "*.txt'" in str(caught.value)


def test_a_pattern_gives_its_files_by_name_folders_left_out(tmp_path: Path) -> None:
    names = ["a.txt", "b/a.txt", "b/c/d.txt", "e.md"]
    paths = [written(tmp_path, name) for name in names]
    written(tmp_path, "b/.hidden.txt")
    (tmp_path / "x.txt").mkdir()
    assert files_of(f"{tmp_path}/**/*.txt") == paths[:3]
    assert files_of(f"{tmp_path}/[ae].*") == [paths[0], paths[3]]


def test_a_pattern_without_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"\*\.pdf: no file is called like that"):
        files_of(f"{tmp_path}/*.pdf")


def test_a_file_that_is_called_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a[1].txt")
    written(tmp_path, "a1.txt")
    assert files_of(str(path)) == [path]
    assert files_of(Path("*.txt")) == [Path("*.txt")]


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(ArticleError, match="cannot be read"), from_file(Path("a\0.txt")):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    # Without a writer this would wait for ever; with one it is refused all the same.
    opened = os.open(path, os.O_RDWR)
    os.write(opened, b"The quay is dry.")
    read, write = os.pipe()
    os.write(write, b"The lock is shut.")
    os.close(write)
    try:
        with from_file(Path(f"/dev/fd/{read}")) as source:
            assert source.raw == b"The lock is shut."
            # Another process would find something else there.
            assert source.path is None
        with pytest.raises(ArticleError, match=r"is a pipe; give what comes"), from_file(path):
            pass
    finally:
        os.close(opened)
        os.close(read)


def test_links_in_circles_end_and_give_each_file_once(tmp_path: Path) -> None:
    names = ["a/b/x.txt", "a/y.txt", "z.txt"]
    paths = [written(tmp_path / "news", name) for name in names]
    other = written(tmp_path / "other", "o.txt")
    for number in range(4):
        (tmp_path / f"news/a/b/{number}").symlink_to(tmp_path / "news")
        (tmp_path / f"news/a/{number}").symlink_to(tmp_path / "other")
    (tmp_path / "news/self").symlink_to(tmp_path / "news/self")
    *found, linked = (
        files_of(f"{tmp_path}/news/**/[xyz].txt"),
        files_of(f"{tmp_path}/news/**/o.txt"),
    )
    assert found == [paths]
    assert [path.resolve() for path in linked] == [other]
    assert {path.name for path in files_of(f"{tmp_path}/news/**")} == {
        "x.txt", "y.txt", "z.txt", "o.txt",
    }  # fmt: skip
    assert files_of(f"{tmp_path}/n*/**/b/**/x.txt") == paths[:1]
