"""Files: every encoding we promise, and every fault named."""

import codecs
from pathlib import Path

import pytest

from claimcompare.articles import article_paths, decode, read_text
from claimcompare.articles.files import MAX_BYTES
from claimcompare.errors import ArticleError
from claimcompare.schema import Article

TEXT = "Zoë Brandt sagte: „Nein“. 他说没有。 \U0001f600"


def written(folder: Path, name: str, content: bytes = b"The lock is shut.") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16 little", "utf-16 big"],
)
def test_text_is_read_without_its_byte_order_mark(tmp_path: Path, content: bytes) -> None:
    assert read_text(written(tmp_path, "a.txt", content)) == TEXT


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"Caf\xe9 owners object", 3),
        (b"The lock \xff\xfe", 9),
        (codecs.BOM_UTF16_LE + b"a\x00b", 4),
        (codecs.BOM_UTF16_BE + b"\x00a\xdc\x00", 4),
    ],
)
def test_undecodable_bytes_are_named_with_their_file_and_place(
    tmp_path: Path, content: bytes, place: int
) -> None:
    path = written(tmp_path, "a.txt", content)
    with pytest.raises(ArticleError, match=rf"{path}: byte {place} is not utf-") as caught:
        read_text(path)
    assert caught.value.path == str(path)


def test_the_place_of_an_undecodable_byte_counts_the_byte_order_mark() -> None:
    with pytest.raises(ArticleError, match="byte 5 is not"):
        decode(codecs.BOM_UTF8 + b"ab\xff", name="a.txt")


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"... -- ?!", codecs.BOM_UTF8])
def test_a_file_without_words_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, "empty.txt", content)
    with pytest.raises(ArticleError, match=rf"{path}: holds no words"):
        read_text(path)


def test_a_single_word_of_any_script_is_enough() -> None:
    assert decode("不".encode(), name="a.txt") == "不"


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    with pytest.raises(ArticleError, match=rf"{path}: cannot be read \(No such file") as caught:
        read_text(path)
    assert caught.value.path == path


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=rf"{tmp_path}: cannot be read"):
        read_text(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "dump.txt")
    with path.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ArticleError, match="larger than 20 MB"):
        read_text(path)


def test_line_ends_stay_so_that_offsets_fit_the_file(tmp_path: Path) -> None:
    content = b"Lock shut\r\nIt is shut.\rIt stays shut.\n"
    article = Article.from_path(written(tmp_path, "a.txt", content))
    assert article.text.encode() == content
    assert [content[one.start : one.end].decode() for one in article.sentences()] == [
        "Lock shut",
        "It is shut.",
        "It stays shut.",
    ]


@pytest.mark.parametrize("as_text", [True, False])
def test_an_article_is_called_by_its_file_s_name(tmp_path: Path, *, as_text: bool) -> None:
    path = written(tmp_path, "fenwick-post.2.txt")
    assert Article.from_path(str(path) if as_text else path).id == "fenwick-post.2"


def test_a_folder_gives_its_articles_by_name_and_nothing_else(tmp_path: Path) -> None:
    names = [f"{letter}{number}.txt" for letter in "qbxam" for number in range(4)]
    for name in names:
        written(tmp_path, name)
    for other in ("notes.pdf", "data.json", "txt"):
        written(tmp_path, other)
    (tmp_path / "folder.txt").mkdir()
    assert [path.name for path in article_paths([tmp_path])] == sorted(names)


@pytest.mark.parametrize("name", ["A.TXT", "b.Md", "c.text", "d.md"])
def test_a_suffix_counts_in_any_case(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    assert article_paths([tmp_path]) == [path]


def test_files_given_by_name_stay_in_the_order_given_whatever_their_suffix(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    inside = written(folder, "m.txt")
    last, first = written(tmp_path, "a.html"), written(tmp_path, "z")
    assert article_paths([first, folder, last]) == [first, inside, last]


def test_a_folder_without_articles_is_refused_by_name(tmp_path: Path) -> None:
    written(tmp_path, "scan.pdf")
    with pytest.raises(ArticleError, match=rf"{tmp_path}: holds no article \(\.txt, ") as caught:
        article_paths([tmp_path])
    assert caught.value.path == tmp_path
