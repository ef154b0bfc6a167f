"""PDF: its paragraphs, what it declares, and every reason why there is nothing to read."""

from io import BytesIO

import pytest

from claimcompare.articles.pdf import read_pdf
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError
from tests.articles.pdfs import pdf

LINES = [
    "Quay of Aldmere is dry, keeper says",
    "Una Brock, the keeper of the quay, said on Monday that the quay of",
    "Aldmere is dry, and that nobody can deny it. Oskar Bray de-",
    "nied it. \u201cIt is under water,\u201d he said.",
]
WIDE = LINES[1]
TEXT = (
    "Quay of Aldmere is dry, keeper says\n\n"
    "Una Brock, the keeper of the quay, said on Monday that the quay of Aldmere is dry, and that "
    "nobody can deny it. Oskar Bray denied it. \u201cIt is under water,\u201d he said."
)


def read(raw: bytes, **settings: int) -> Extracted:
    return read_pdf(Source("a.pdf", "a", raw, ".pdf"), ReadSettings(**settings))


def encrypted(password: str) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf([LINES])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_paragraphs_and_what_is_declared_are_read(*, packed: bool) -> None:
    info = {"Title": "Quay is dry", "Author": "Tam Weir", "CreationDate": "D:20260503102000Z"}
    raw = pdf([LINES], info=info, catalog="/Lang (en-GB)", packed=packed)
    assert read(raw) == Extracted(
        text=TEXT, title="Quay is dry", author="Tam Weir", language="en-GB", published=None
    )


@pytest.mark.parametrize(
    "title", ["Microsoft Word - a", "quay.docx", "untitled", "\\(anonymous\\)"]
)
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert read(pdf([LINES], info={"Title": title})).title is None


def test_sentences_go_on_from_page_to_page_without_what_stands_at_the_edges() -> None:
    before, after = [f"{WIDE} it", "also."] * 4, ["So", f"{WIDE} then."] * 4
    pages = [["Fenwick Post", *before, WIDE, "1/2"], ["Fenwick Post", *LINES[2:], *after, "2/2"]]
    text = read(pdf(pages)).text
    assert f"{WIDE} Aldmere is dry, and that nobody can deny it." in text
    assert "Fenwick Post" not in text
    assert "/2" not in text


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert read(encrypted("")).text == TEXT


def test_an_encrypted_pdf_says_so() -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf: is encrypted; open it with its password"):
        read(encrypted("secret"))


def test_a_scanned_pdf_says_so() -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf: 2 of its 2 pages hold no text, as scans do"):
        read(pdf([[], []]))


def test_a_pdf_of_mostly_scanned_pages_says_so() -> None:
    with pytest.raises(ArticleError, match="2 of its 3 pages hold no text"):
        read(pdf([LINES, [], []]))


@pytest.mark.parametrize(
    "raw",
    [b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<</Root 1 0 R>>", pdf([LINES])[:200], pdf([])],
    ids=["bare", "no root", "cut off", "no pages"],
)
def test_a_broken_pdf_says_so(raw: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf: (is a broken PDF|0 of its 0 pages)"):
        read(raw)


def test_a_page_that_holds_too_much_is_refused() -> None:
    bomb = pdf(
        [b"BT /F 1 Tf 1 TL 1 0 0 1 50 780 Tm " + b"(no 12) ' " * 50_000 + b"ET"], packed=True
    )
    assert len(bomb) < 10_000
    with pytest.raises(ArticleError, match="page 1 holds too much"):
        read(bomb)


def test_a_stream_that_unpacks_to_far_too_much_is_refused() -> None:
    bomb = pdf([bytes(100_000_000)], packed=True)
    with pytest.raises(ArticleError, match=r"a\.pdf: "):
        read(bomb)


def test_endless_pages_are_refused() -> None:
    with pytest.raises(ArticleError, match="more than 2,000 pages"):
        read(pdf([b""] * 2_001))


def test_endless_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="more than 1,000 characters"):
        read(pdf([LINES] * 10), max_bytes=1_000)


def test_pages_that_are_their_own_parents_end_in_an_error() -> None:
    raw = pdf([LINES]).replace(b"/Kids[8 0 R]", b"/Kids[2 0 R]")
    with pytest.raises(ArticleError, match=r"a\.pdf: "):
        read(raw)
