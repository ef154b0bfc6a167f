"""Readers fed with anything: whatever the bytes, an article or an ArticleError."""

import gzip
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcompare.articles import ReadSettings
from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.records import Extracted, Source
from claimcompare.errors import ArticleError
from claimcompare.schema import Article
from tests.articles.docxs import docx, p
from tests.articles.pdfs import pdf
from tests.articles.test_captions import SRT, VTT
from tests.articles.test_feeds import ATOM, RSS
from tests.articles.test_html import PAGE
from tests.articles.test_mail import mail, saved
from tests.articles.test_markdown import FRONT
from tests.articles.voices import REPORT, USUAL

SAMPLES = {
    ".txt": [REPORT[language].encode(encoding) for language, encoding in USUAL],
    ".md": [FRONT.encode(), b"+++\na = 1\n+++\n> - a\n\n| b |\n|---|\n```\n<p>&amp;[c](d)"],
    ".html": [PAGE.encode(), PAGE.encode("utf-16")],
    ".pdf": [
        pdf([["Una Brock said no."], ["So."]], info={"Title": "x"}, catalog="/Lang (en)"),
        pdf([["Una Brock said no."]], packed=True),
    ],
    ".docx": [docx(p("Una Brock said no."), about=("x", "y")), docx(p("no"), packed=False)],
    ".rss": [RSS.format(encoding="utf-8").encode(), ATOM.encode()],
    ".csv": [b'id,text,url\n1,"Brock, ""Una""",x\n2;a\n', b"text\tlang\nBrock said\ten\n"],
    ".jsonl": [b'{"text": "Brock", "source": {"name": "x"}, "id": 1}\n[{"text": "x"}]\n'],
    ".eml": [mail().as_bytes(), saved(frame="<p>Brock said no.")],
    ".srt": [SRT.encode(), VTT.encode(), gzip.compress(SRT.encode())],
}
TOKENS = [
    b"<", b">", b'"', b"'", b"&", b"\0", b"\xff", b"\xfe\xff", b"<![CDATA[", b"]]>", b"<!--",
    b"<q>", b"&#0;", b"&#xD800;", b"&#xFFFF;", b"<p hidden>", b"</div>", b"<!DOCTYPE x [",
    b"endobj", b"endstream", b"/Length 99999999", b"0 R", b"<<", b">>", b"/Kids[2 0 R]",
    b"/Encrypt 1 0 R", b"/Filter/LZWDecode", b"/Filter[/ASCII85Decode/FlateDecode]", b"---\n",
    b"\n", b"\r", b"{", b"}", b"[" * 60, b"\\ud800", b"<meta charset=utf-16>", b"1e999",
    b"9" * 5_000, b"%PDF-1.4", b"PK\x03\x04", b"PK\x01\x02", b"<w:p>", b"<w:del>", b"\x1f\x8b",
    b"=?utf-8?B?w?=", b" --> ", b"--=", b"multipart/mixed", b"=",
]  # fmt: skip
EDIT = st.tuples(
    st.integers(0, 4_000),
    st.integers(0, 40),
    st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4)),
)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One process for all that is to be read in one."""
    with Worker(ReadSettings()) as made:
        yield made


def check(raw: bytes, suffix: str, worker: Worker) -> None:
    found = list(read_each(Source(f"a{suffix}", "a", raw, suffix), worker))
    assert found
    for one in found:
        if isinstance(one, ArticleError):
            assert str(one).startswith(f"a{suffix}: ")
            assert str(one).isprintable()
        else:
            same_after_json(one)


def same_after_json(found: Extracted) -> None:
    article = Article(**found._asdict() | {"id": found.id or "article"})
    assert any(map(str.isalnum, article.text))
    assert Article.model_validate_json(article.model_dump_json()) == article


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_of_every_kind(worker: Worker, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(sorted(SAMPLES)))
    raw = data.draw(st.sampled_from(SAMPLES[suffix]))
    for start, length, token in data.draw(st.lists(EDIT, min_size=1, max_size=6)):
        at = start % (len(raw) + 1)
        raw = raw[:at] + token + raw[at + length :]
    check(raw, data.draw(st.sampled_from([suffix, suffix, ""])), worker)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    raw=st.binary(max_size=300),
    suffix=st.sampled_from([*sorted(SAMPLES), "", ".xml", ".json", ".tsv"]),
)
def test_any_bytes(worker: Worker, raw: bytes, suffix: str) -> None:
    check(raw, suffix, worker)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(
        st.one_of(st.sampled_from([token.decode("latin-1") for token in TOKENS]), st.text())
    ),
    suffix=st.sampled_from([".md", ".html", ".rss", ".csv", ".jsonl", ""]),
)
def test_any_text(worker: Worker, parts: list[str], suffix: str) -> None:
    check("".join(parts).encode("utf-8", "replace"), suffix, worker)
