"""Mail and pages saved as one: their text is decoded, and what they tell is told."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from claimcompare.articles import read_article
from claimcompare.errors import ArticleError
from claimcompare.schema import Article

PAGE = """<html lang=en><head><title>Quay is dry</title>
<meta property="article:published_time" content="2026-05-03"></head>
<body><h1>Quay is dry</h1><p>“It is dry,” Una Brock said.</p></body></html>"""


def mail(text: str = "“It is dry,” Zoë Brock said.\n", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message.set_content(text)
    told = {
        "Subject": "Quay of Åldmere is dry",
        "From": "Zoë Weir <weir@fenwick.example>",
        "Date": "Sun, 03 May 2026 10:20:00 +0200",
    }
    for name, value in (told | headers).items():
        message[name] = value
    return message


def saved(page: str = PAGE, frame: str = "") -> bytes:
    """A page as browsers save it."""
    message = EmailMessage()
    message.set_content(page, subtype="html", cte="quoted-printable")
    message["Content-Location"] = "https://fenwick.example/quay"
    message.add_related("p { color: red }", subtype="css")
    if frame:
        message.add_related(frame, subtype="html")
    message["From"] = "<Saved by Somebody>"
    message["Snapshot-Content-Location"] = "https://fenwick.example/quay"
    message["Subject"] = "Quay saved"
    message["Date"] = "Mon, 1 Jun 2026 10:00:00 +0000"
    return message.as_bytes()


def read(content: bytes, folder: Path, name: str = "a.eml") -> Article:
    path = folder / name
    path.write_bytes(content)
    return read_article(path)


@pytest.mark.parametrize("name", ["a.eml", "a"])
def test_mail(tmp_path: Path, name: str) -> None:
    found = read(mail().as_bytes(), tmp_path, name)
    assert found.text.rstrip() == "Quay of Åldmere is dry\n\n“It is dry,” Zoë Brock said."
    assert found.title == "Quay of Åldmere is dry"
    assert found.author == "Zoë Weir"
    assert found.published == "2026-05-03T10:20:00+02:00"
    assert found.url is None


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "saved"])
def test_a_saved_page_is_that_page(tmp_path: Path, name: str) -> None:
    found = read(saved(frame="<p>An advertisement said so."), tmp_path, name)
    assert found.text == "Quay is dry\n\n“It is dry,” Una Brock said."
    assert (found.title, found.author) == ("Quay is dry", None)
    assert found.published == "2026-05-03"
    assert found.url == "https://fenwick.example/quay"
    assert found.language == "en"


def test_of_alternatives_the_page_is_read_and_attachments_are_not(tmp_path: Path) -> None:
    message = mail("See it in your browser.")
    message.add_alternative("<p>Una Brock said <b>no</b>.", subtype="html")
    message.add_attachment("Nobody said this.", filename="a.txt")
    found = read(message.as_bytes(), tmp_path)
    assert found.text == "Quay of Åldmere is dry\n\nUna Brock said no."


def test_parts_one_after_the_other_are_all_read(tmp_path: Path) -> None:
    message = mail("Brock said yes.")
    message.make_mixed()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline")
    message.add_attachment("Bray said no.", disposition="inline")
    assert read(message.as_bytes(), tmp_path).text.split("\n\n")[1:] == [
        "Brock said yes.", "Bray said no.",
    ]  # fmt: skip


def test_mail_that_breaks_off_is_refused(tmp_path: Path) -> None:
    content = saved()
    with pytest.raises(ArticleError, match=r"a\.mhtml: breaks off; save it once more"):
        read(content[: content.index(b"said") + 5], tmp_path, "a.mhtml")


def test_mail_without_a_text_says_so(tmp_path: Path) -> None:
    message = EmailMessage()
    message.add_attachment(b"x", maintype="image", subtype="png")
    with pytest.raises(ArticleError, match=r"a\.eml: is mail without a text"):
        read(message.as_bytes(), tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: =?utf-8?B?w?=\nFrom: \xff\xfe <>\nDate: never\n\nThe quay is dry.",
        b"Subject: =?nonsense?Q?a?=\nContent-Type: text/plain; charset=none\n\nThe quay is dry.",
        b"Subject: "
        + b"=?a?q?" * 100_000
        + b"\nFrom: "
        + b'<(",' * 100_000
        + b"\n\nThe quay is dry.",
        b"Content-Type: text/plain; charset*=x''y\nMIME-Version: 1.0\n\nThe quay is dry.",
    ],
)
def test_broken_headers_do_not_cost_the_text(tmp_path: Path, content: bytes) -> None:
    assert read(content, tmp_path).text.endswith("The quay is dry.")


@pytest.mark.parametrize("number", [700, 3_000])
def test_mail_in_mail_without_end_is_an_error(tmp_path: Path, number: int) -> None:
    begins = [b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
              for n in range(number)]  # fmt: skip
    ends = [b"\n--b%d--" % n for n in reversed(range(number))]
    with pytest.raises(ArticleError, match=r"a\.eml: is broken mail"):
        read(b"".join((*begins, b"\nBrock said no.", *ends)), tmp_path)
