"""A library that is missing is one line, which says what to install."""

import sys
from pathlib import Path

import pytest

from claimcompare import ArticleError, LLMError, ReadSettings, RecordingError, read_articles
from claimcompare.extras import needs
from claimcompare.llm.recording import replay
from claimcompare.llm.tracing import Tracer
from tests.articles.docxs import docx, p
from tests.articles.pdfs import pdf

BROUGHT = (
    *("chardet", "htmldate", "lxml", "mammoth", "pypdfium2", "trafilatura", "urllib3"),
    *("webencodings", "yaml", "vcr", "opentelemetry", "pyarrow"),
)
HERE = ReadSettings(seconds=None)
LINE = "The quay is dry, Una Brock said on Monday."
INSTALL = r"needs the extra: pip install 'claimcompare\[{}\]'$"
MAIL = "MIME-Version: 1.0\nSubject: Quay\nContent-Type: text/{}; charset={}\n\n{}"


@pytest.fixture(autouse=True)
def _only_what_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] in BROUGHT:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "claimcompare.articles.web", raising=False)
    for name in BROUGHT:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize(
    ("name", "content", "reading"),
    [
        ("a.html", f"<p>{LINE}</p>".encode(), "HTML"),
        ("a.pdf", pdf([LINE]), "PDF"),
        ("a.docx", docx(p(LINE)), "DOCX"),
        ("a.rss", f"<rss><item><title>{LINE}</title></item></rss>".encode(), "a feed"),
        ("a.eml", MAIL.format("html", "utf-8", f"<p>{LINE}</p>").encode(), "mail"),
        ("a.md", f"---\ntitle: Quay\n---\n{LINE}".encode(), "front matter in YAML"),
    ],
)
def test_a_file_says_which_extra_reads_it(
    tmp_path: Path, name: str, content: bytes, reading: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=f"{name}: reading {reading} {INSTALL.format('files')}"):
        list(read_articles(path, settings=HERE))


def test_parquet_needs_that_of_corpora(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    with pytest.raises(ArticleError, match=f"reading Parquet {INSTALL.format('corpus')}"):
        list(read_articles(path, settings=HERE))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", LINE),
        ("a.md", f"+++\ntitle = 'Quay'\n+++\n# {LINE}\n"),
        ("a.jsonl", f'{{"text": "{LINE}"}}'),
        ("a.csv", f'text,id\n"{LINE}",a'),
        ("a.eml", MAIL.format("plain", "us-ascii", LINE)),
        ("a.srt", f"1\n00:00:01,000 --> 00:00:04,000\n{LINE}\n"),
    ],
)
def test_what_needs_none_is_read_without(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (article,) = read_articles(path, settings=HERE)
    assert LINE in article.text


def test_text_that_is_not_utf_8_needs_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        f"Der Hafen in Ödmühl ist trocken, sagte Una Brock. {LINE * 3}".encode("cp1252")
    )
    with pytest.raises(ArticleError, match=f"a.txt: .* not UTF-8, {INSTALL.format('files')}"):
        list(read_articles(path))
    mail = tmp_path / "a.eml"
    mail.write_bytes(MAIL.format("plain", "koi8-r", "Набережная").encode("koi8-r"))
    with pytest.raises(ArticleError, match=f"a.eml: .* 'koi8-r' {INSTALL.format('files')}"):
        list(read_articles(mail))


def test_the_web_needs_one_and_no_login_is_shown() -> None:
    address = "https://una:secret@harbour.example/quay"
    with pytest.raises(ArticleError, match=f"from the web {INSTALL.format('files')}") as caught:
        list(read_articles(address))
    assert "secret" not in str(caught.value)


def test_cassettes_and_traces_need_one(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch()
    with pytest.raises(RecordingError, match=INSTALL.format("harness")), replay(path):
        pass
    with pytest.raises(LLMError, match=f"tracing {INSTALL.format('traces')}"):
        Tracer("http://127.0.0.1", texts=False)


def test_a_module_of_our_own_is_in_no_extra() -> None:
    with pytest.raises(ModuleNotFoundError) as caught, needs("files", "reading"):
        raise ModuleNotFoundError("No module named 'claimcompare.x'", name="claimcompare.x")
    assert "pip install" not in str(caught.value)
