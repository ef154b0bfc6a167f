"""Headlines and dates at the head of plain texts, in any script, and what only looks like them."""

from pathlib import Path

import pytest

from claimcompare.articles import read_article
from claimcompare.articles.heads import dateline_end, published_of, title_of

BODY = "The quay is dry, Una Brock said on Monday."


@pytest.mark.parametrize(
    "title",
    [
        "Quay closed for good",
        "“Not one litre”: mill denies it",
        "Is the quay dry?",
        "Mayor says “no”",
        "Quay (north)",
        "Prices up 7%",
        "码头已关闭",
        "رصيف الميناء مغلق؟",
        "บริเวณท่าเรือปิด",
        "Причал закрыт!",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_first_line_that_stands_alone_is_the_title(title: str, line_end: str) -> None:
    assert title_of(f"\ufeff\n{title}{line_end * 2}{BODY}") == title
    assert title_of(f"2025-12-29{line_end * 2}{title}{line_end * 2}{BODY}") == title


@pytest.mark.parametrize(
    "head",
    [
        "The quay is dry.",
        "“The quay is dry.”",
        "码头已关闭。",
        "घाट बंद है।",
        "Dear reader,",
        "The mayor said:",
        "KESSAVAR -",
        "…",
        "2025",
        "https://post.example/quay",
        "x" * 201,
    ],
)
def test_what_ends_as_a_sentence_or_leads_on_is_no_title(head: str) -> None:
    assert title_of(f"{head}\n\n{BODY}") is None


@pytest.mark.parametrize("text", ["", "Quay closed", "Quay closed\n\n", f"Quay closed\n{BODY}"])
def test_what_stands_alone_in_the_file_or_not_at_all_is_no_title(text: str) -> None:
    assert title_of(text) is None


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (f" date 2025-12-29 {BODY}", "2025-12-29"),
        (f"Date: 2025-12-29\n\n{BODY}", "2025-12-29"),
        (f"发布：2025-12-29\n\n{BODY}", None),
        (f"2025-12-29 {BODY}", "2025-12-29"),
        (f"2025-12-29T10:30Z | {BODY}", "2025-12-29T10:30Z"),
        (f"2025-12-29 10:30\n{BODY}", "2025-12-29 10:30"),
        (f"2025年12月9日\n\n{BODY}", "2025-12-09"),
        (f"29 December 2025 | {BODY}", "29 December 2025"),
        (f"29. Dezember 2025 | {BODY}", "29. Dezember 2025"),
        (f"KESSAVAR, Dec. 29, 2025 (Agency) — {BODY}", "Dec. 29, 2025"),
        (f"Quay closed for good\n\n2025-12-29\n\n{BODY}", "2025-12-29"),
        (f"Quay closed for good\n\nTARN, 29 mai 2025 - {BODY}", "29 mai 2025"),
    ],
)
def test_a_date_at_the_head_is_read(head: str, date: str | None) -> None:
    assert published_of(head) == date


@pytest.mark.parametrize(
    "text",
    [
        f"On 2025-12-29 {BODY}",
        "2025-12-29 was a wet day in Dorran.",
        f"2025-02-30 {BODY}",
        f"2025-12-291 {BODY}",
        f"{BODY}\n\n2025-12-29 Una Brock took it back.",
        f"12 killed in 2025\n\n{BODY}",
        f"KESSAVAR, Dec 29 (Agency) — {BODY}",
        BODY,
        "",
    ],
)
def test_a_date_in_a_sentence_or_without_a_year_is_none_of_the_article(text: str) -> None:
    assert published_of(text) is None


def test_files_of_text_and_markdown_are_read_with_their_heads_and_whole(tmp_path: Path) -> None:
    text = f"Quay closed for good\r\n\r\n2025-12-29 {BODY}"
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_bytes(text.encode())
        article = read_article(tmp_path / name)
        assert (article.title, article.published) == ("Quay closed for good", "2025-12-29")
    assert read_article(tmp_path / "a.txt").text == text


def test_what_front_matter_tells_goes_first(tmp_path: Path) -> None:
    told = "---\ntitle: Dock shut\ndate: 2025-01-02\n---\n"
    (tmp_path / "a.md").write_text(f"{told}2025-12-29 {BODY}", encoding="utf-8")
    article = read_article(tmp_path / "a.md")
    assert (article.title, article.published) == ("Dock shut", "2025-01-02")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date 2025-12-29 On Monday the lock was shut.", "On Monday the lock was shut."),
        ("2025-12-29 | The lock is shut.", "The lock is shut."),
        ("Lock Shut\n\n2025-12-29: The lock is shut.", "The lock is shut."),
        ("KESSAVAR, Dec. 29, 2025 (Agency) — The lock is shut.", "The lock is shut."),
        ("29 December 2025 | The lock is shut.", "The lock is shut."),
        ("2025年12月29日：水闸关闭了。", "水闸关闭了。"),
    ],
)
def test_the_words_of_an_article_begin_behind_its_dateline(text: str, said: str) -> None:
    assert text[dateline_end(text) :] == said


@pytest.mark.parametrize(
    "text",
    [
        "The lock is shut.",
        "2025-12-29 was a bad day for the lock.",
        "On 2025-12-29 the lock was shut.",
        "2025-12-29\n\nThe lock is shut.",
        "",
    ],
)
def test_a_date_that_is_part_of_a_sentence_or_a_line_of_its_own_is_none(text: str) -> None:
    assert dateline_end(text) == 0
