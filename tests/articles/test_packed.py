"""What is packed: unpacked whole and within the limit, or refused."""

import gzip
import zlib
from pathlib import Path

import pytest

from claimcompare.articles import ReadSettings, read_article, read_articles
from claimcompare.articles.packed import gunzipped, inflated
from claimcompare.errors import ArticleError

TEXT = b"The quay of Aldmere is dry, said Una Brock. " * 50


def test_a_packed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    page = "<html lang=en><h1>Quay</h1><p>Zoë said it is dry.</p>".encode()
    for name, content in {
        "a.HTML.gz": page,
        "b.jsonl.gz": b'{"text": "So."}',
        "c.gz": b"No.",
    }.items():
        (tmp_path / name).write_bytes(gzip.compress(content))
    skipped: list[ArticleError] = []
    first, second = read_articles(tmp_path, skip=skipped.append)
    assert (first.id, first.text, first.language) == ("a", "Quay\n\nZoë said it is dry.", "en")
    assert (second.id, second.text) == ("b-1", "So.")
    assert read_article(tmp_path / "c.gz").text == "No."


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"no. " * 1_000))
    assert read_article(path, settings=ReadSettings(max_bytes=4_000)).text == "no. " * 1_000
    with pytest.raises(ArticleError, match=r"a\.txt\.gz: larger than 0\.003999 MB"):
        read_article(path, settings=ReadSettings(max_bytes=3_999))


@pytest.mark.parametrize("left", [5, 30, -9, -1])
def test_half_a_packed_file_is_no_article(tmp_path: Path, left: int) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(TEXT)[:left])
    with pytest.raises(ArticleError, match=r"a\.html\.gz: is packed and breaks off"):
        read_article(path)


def test_a_broken_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT)[:-8] + b"damaged!")
    with pytest.raises(ArticleError, match="is packed in a way that is broken"):
        read_article(path)


def test_pieces_and_their_filling_are_one() -> None:
    raw = gzip.compress(b"One. ") + gzip.compress(b"Two.") + b"\0" * 9
    assert gunzipped(raw, name="a", max_bytes=9) == b"One. Two."
    with pytest.raises(ArticleError, match="larger"):
        gunzipped(raw, name="a", max_bytes=8)


@pytest.mark.parametrize("window", [15, -15])
def test_deflate_comes_with_a_header_or_without(window: int) -> None:
    packing = zlib.compressobj(wbits=window)
    raw = packing.compress(TEXT) + packing.flush()
    assert inflated(raw, name="a", max_bytes=len(TEXT)) == TEXT
    with pytest.raises(ArticleError, match="breaks off"):
        inflated(raw[:-9], name="a", max_bytes=len(TEXT))
    with pytest.raises(ArticleError, match="larger"):
        inflated(raw, name="a", max_bytes=len(TEXT) - 1)
