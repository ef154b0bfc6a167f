"""Encodings: every one we promise is read right or refused, never garbled."""

import codecs

import pytest

from claimcompare.articles.encodings import decode
from claimcompare.errors import ArticleError
from tests.articles.voices import REPORT, USUAL

TEXT = "Zoë Brandt sagte: „Nein“. 他说没有。 \U0001f600"


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
def test_text_is_read_without_its_byte_order_mark(content: bytes) -> None:
    assert decode(content, name="a.txt") == TEXT


@pytest.mark.parametrize(("language", "encoding"), USUAL)
def test_what_is_no_utf_8_is_detected(language: str, encoding: str) -> None:
    assert decode(REPORT[language].encode(encoding), name="a.txt") == REPORT[language]


@pytest.mark.parametrize(("language", "encoding"), USUAL)
def test_what_is_declared_is_believed(language: str, encoding: str) -> None:
    start = REPORT[language][:25]
    assert decode(start.encode(encoding), name="a", declared=encoding.upper()) == start


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"Caf\xe9 owners object", 3),
        (b"The lock \xff\xfe", 9),
        (codecs.BOM_UTF8 + b"ab\xff", 5),
        (codecs.BOM_UTF16_LE + b"a\x00b", 4),
        (codecs.BOM_UTF16_BE + b"\x00a\xdc\x00", 4),
    ],
)
def test_what_is_too_short_to_tell_is_named_with_its_place(content: bytes, place: int) -> None:
    with pytest.raises(ArticleError, match=rf"a\.txt: byte {place} is not utf-") as caught:
        decode(content, name="a.txt")
    assert caught.value.path == "a.txt"


def test_what_is_too_short_to_judge_by_is_refused_however_sure_the_library_is() -> None:
    with pytest.raises(ArticleError, match="save the file as UTF-8"):
        decode(REPORT["ja"][:20].encode("shift_jis"), name="a.txt")


def test_damaged_utf_8_is_refused_rather_than_garbled() -> None:
    content = REPORT["de"].encode()
    with pytest.raises(ArticleError, match="byte 100 is not utf-8"):
        decode(content[:100] + b"\xff" + content[100:], name="a.txt")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ArticleError, match="save the file as UTF-8"):
        decode(bytes(range(256)) * 40, name="a.txt")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-be"])
def test_text_that_is_half_nul_is_refused(encoding: str) -> None:
    with pytest.raises(ArticleError, match="is not UTF-8 text"):
        decode("The quay is dry.".encode(encoding), name="a.txt")


@pytest.mark.parametrize(
    "label", ["zip", "unicode_escape", "idna", "utf-7", "utf-16", "replacement", "nonsense", ""]
)
def test_a_declaration_that_pages_may_not_make_does_not_count(label: str) -> None:
    assert decode(TEXT.encode(), name="a", declared=label) == TEXT


def test_utf_8_that_a_server_calls_latin_is_utf_8() -> None:
    assert decode(TEXT.encode(), name="a", declared="iso-8859-1") == TEXT


def test_a_wrong_declaration_does_not_count() -> None:
    text = REPORT["ru"]
    assert decode(text.encode("cp1251"), name="a", declared="utf-8") == text


def test_leniently_a_few_damaged_characters_pass_visibly() -> None:
    content = (REPORT["de"] * 10).encode()
    damaged = content[:100] + b"\xff" + content[100:]
    text = decode(damaged, name="a", lenient=True)
    assert text.replace("\ufffd", "") == REPORT["de"] * 10
    with pytest.raises(ArticleError, match="not utf-8"):
        decode(damaged[:300], name="a", lenient=True)


UNSURE = [
    ("en", "mac-roman"), ("de", "mac-roman"), ("fr", "mac-roman"), ("de", "cp437"),
    ("fr", "cp437"), ("de", "cp850"), ("fr", "cp850"), ("pl", "cp852"), ("ru", "mac-cyrillic"),
    ("uk", "mac-cyrillic"), ("el", "mac-greek"), ("pl", "mac-latin2"), ("tr", "cp857"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), UNSURE)
def test_what_no_detector_can_be_sure_of_is_refused(language: str, encoding: str) -> None:
    with pytest.raises(ArticleError, match="is not utf-8; save the file as UTF-8"):
        decode(REPORT[language].encode(encoding, "ignore"), name="a.txt")


def test_a_quotation_in_another_s_marks_is_refused() -> None:
    text = (
        "The keeper of the quay said on Monday that it is “safe”, and nobody at the meeting denied."
    )
    with pytest.raises(ArticleError, match=r"a\.txt: byte 49 is not utf-8"):
        decode(text.encode("mac-roman") + b" It ended at noon.", name="a.txt")
    assert decode(text.encode("cp1252") + b" It ended at noon.", name="a.txt").startswith(text)
    # A name may have a capital within.
    text = f"{REPORT['ru']} Об этом она написала во ВКонтакте."
    assert decode(text.encode("cp1251"), name="a.txt") == text


@pytest.mark.parametrize(("language", "encoding"), [("ja", "iso2022_jp"), ("ko", "iso2022_kr")])
def test_what_escapes_tell_is_read_and_its_half_is_refused(language: str, encoding: str) -> None:
    content = REPORT[language].encode(encoding)
    assert decode(content, name="a.txt") == REPORT[language]
    with pytest.raises(ArticleError, match="is in UTF-7, HZ or ISO-2022 and does not say so"):
        decode(content + b"\x1b$Z", name="a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(REPORT[language], "utf-7") for language in ("en", "de", "fr", "ru", "el", "pl")]
    + [("Brock: “no”", "utf-7"), (REPORT["zh"], "hz")],
)
def test_ascii_that_stands_for_other_letters_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(ArticleError, match="is in UTF-7, HZ or ISO-2022 and does not say so"):
        decode(text.encode(encoding), name="a.txt")
    plain = ("LGBT+ people", "+44-20-7946", "C+AAA-", "a+bcd-e", "2+100-3", "x+and-y", "~{x",
             "\x1b[31mred", "sha512-+abcdefghijklmnop==", "1+IBk=2",
             "+" * 200_000 + "=", "~{" * 200_000)  # fmt: skip
    assert [decode(one.encode(), name="a.txt") for one in plain] == list(plain)
