"""DOCX: what a document shows with its changes accepted, and why there may be nothing to read."""

import struct
import zipfile
from io import BytesIO

import pytest

from claimcompare.articles.docx import read_docx
from claimcompare.articles.kinds import kind_of
from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_one
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError
from tests.articles.docxs import BOMB, docx, p, run


def read(raw: bytes, **settings: int) -> Extracted:
    return read_docx(Source("a.docx", "a", raw, ".docx"), ReadSettings(**settings))


def test_headings_paragraphs_and_what_is_declared_are_read() -> None:
    body = p("Quay is dry", style="Heading1") + p("Una Brock ", "said no.") + p("So.")
    found = read(docx(body, about=("Quay is dry", "Tam Weir")))
    text = "Quay is dry\n\nUna Brock said no.\n\nSo."
    assert found == Extracted(text=text, title="Quay is dry", author="Tam Weir")


def test_changes_count_as_accepted() -> None:
    changed = (
        f"<w:ins w:id='1' w:author='x'>{run('never ')}</w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>always </w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3'>{run('Moved away. ')}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run('Moved here. ')}</w:moveTo>"
    )
    assert read(docx(f"<w:p>{run('Brock ')}{changed}{run('said so.')}</w:p>")).text == (
        "Brock never Moved here. said so."
    )


def test_tables_become_a_paragraph_for_each_row() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(ward)}</w:tc><w:tc>{p(votes)}</w:tc></w:tr>"
        for ward, votes in (("North Quay", "412"), ("Mill Bank", "97"))
    )
    text = read(docx(p("Votes:") + f"<w:tbl>{rows}</w:tbl>" + p("So."))).text
    assert text == "Votes:\n\nNorth Quay | 412\n\nMill Bank | 97\n\nSo."


def test_footnotes_and_comments_are_left_out() -> None:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    raw = docx(f"<w:p>{run('Brock said no')}{reference}{run('.')}</w:p>", footnote="Not so.")
    assert read(raw).text == "Brock said no."


def test_text_that_is_hidden_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Bray said yes. </w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>So. </w:t></w:r>"
    assert read(docx(f"<w:p>{hidden}{shown}{run('Brock said no.')}</w:p>")).text == (
        "So. Brock said no."
    )


def test_links_keep_their_words_and_breaks_part_them() -> None:
    linked = f"<w:hyperlink w:anchor='x'>{run('said no')}</w:hyperlink>"
    body = f"<w:p>{run('Brock ')}{linked}<w:r><w:br/></w:r>{run('today.')}</w:p>"
    assert read(docx(body)).text.split() == ["Brock", "said", "no", "today."]


def test_what_unpacks_to_too_much_is_refused() -> None:
    bomb = docx(p("no " * 100_000))
    assert len(bomb) < 10_000
    with pytest.raises(ArticleError, match=r"a\.docx: larger than 0\.1 MB"):
        read(bomb, max_bytes=100_000)


def test_a_size_that_is_told_wrong_does_not_help() -> None:
    bomb = docx(p("no " * 100_000))
    size = next(
        one.file_size for one in zipfile.ZipFile(BytesIO(bomb)).infolist() if one.file_size > 10_000
    )
    lying = bomb.replace(struct.pack("<L", size), struct.pack("<L", 5_000))
    with pytest.raises(ArticleError, match=r"a\.docx: is a broken DOCX"):
        read(lying, max_bytes=100_000)


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04word/",
        docx(p("no"))[:-40],
        docx("<w:p>"),
        docx("", document="<?xml version='1.0'?><x/>"),
        docx("", document=BOMB),
    ],
    ids=["bare", "cut off", "broken XML", "another root", "entities"],
)
def test_a_broken_docx_says_so(raw: bytes) -> None:
    with Worker(ReadSettings()) as worker, pytest.raises(ArticleError, match=r"a\.docx: "):
        read_one(Source("a.docx", "a", raw, ".docx"), worker)


def test_the_kind_is_told_by_name_and_content() -> None:
    raw = docx(p("Brock said no."))
    assert kind_of(Source("a", "a", raw)) == "docx"
    with pytest.raises(ArticleError, match=r"a\.txt: is a DOCX and no text; name it \.docx"):
        kind_of(Source("a.txt", "a", raw, ".txt"))
    with pytest.raises(ArticleError, match=r"a\.docx: is no DOCX, whatever it is called"):
        kind_of(Source("a.docx", "a", b"Brock said no.", ".docx"))
    with pytest.raises(ArticleError, match=r"a\.docx: is .* or one with a password"):
        kind_of(Source("a.docx", "a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"))
