"""Markdown: read without its marks, with what its front matter tells."""

import pytest

from claimcompare.articles.markdown import read_markdown
from claimcompare.articles.records import Extracted, Source
from claimcompare.errors import ArticleError


def read(text: str) -> Extracted:
    return read_markdown(Source("a.md", "a", text.encode(), ".md"))


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("The quay\nis dry.", "The quay is dry."),
        ("The quay  \nis dry.", "The quay\nis dry."),
        ("# Dry\n\nSays *who*? **Brock** said `no`.", "Dry\n\nSays who? Brock said no."),
        ("Dry\n===\n> She said\n> no.", "Dry\n\nShe said no."),
        ("* one\n* two\n  1. three", "one\n\ntwo\n\nthree"),
        ("[Brock](http://a) said ![the quay](b.png).", "Brock said the quay."),
        ("[Brock][1] &amp; Bray &copy;\n\n[1]: http://a", "Brock & Bray ©"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\n\nc | d"),
        ("```\ncode said\n```\n\n    so did this", "code said\n\nso did this"),
        ("<div>Raw <i>&lt;said&gt;</i></div>\n\nIn <b>line</b>.", "Raw <said>\n\nIn line."),
        ("~~struck~~ 5 \\* 3 and <http://a.example>", "struck 5 * 3 and http://a.example"),
    ],
)
def test_marks_are_not_read(marked: str, plain: str) -> None:
    assert read(marked).text == plain


FRONT = """---
title: Quay is dry
date: 2026-05-03T10:20:00+02:00
authors: [Tam Weir, Una Brock]
publisher: Fenwick Post
lang: en
url: https://fenwick.example/1
tags: {a: b}
---
The quay is dry.
"""


def test_yaml_front_matter_tells_the_fields_and_its_title_is_read_first() -> None:
    found = read(FRONT)
    assert found == Extracted(
        text="Quay is dry\n\nThe quay is dry.",
        title="Quay is dry",
        publisher="Fenwick Post",
        author="Tam Weir, Una Brock",
        published="2026-05-03T10:20:00+02:00",
        url="https://fenwick.example/1",
        language="en",
    )


def test_toml_front_matter_and_windows_line_ends() -> None:
    found = read('+++\r\ntitle = "Dry"\r\ndate = 2026-05-03\r\n+++\r\nThe quay is dry.\r\n')
    assert (found.title, found.published) == ("Dry", "2026-05-03")
    assert found.text == "Dry\n\nThe quay is dry."


def test_a_title_that_the_text_begins_with_is_there_once() -> None:
    assert (
        read("---\ntitle: The quay, dry\n---\n# The Quay: dry\n\nSo.").text
        == "The Quay: dry\n\nSo."
    )


def test_prose_between_two_rules_is_no_front_matter() -> None:
    found = read("---\nBrock said no.\n---\nBray said yes.")
    assert "Brock said no." in found.text
    assert "Bray said yes." in found.text


@pytest.mark.parametrize(
    "front",
    [
        "title: [",
        "title: 'x",
        "a: " + "[" * 3_000,
        "date: 2026-13-45",
        "!!python/object:os.system x",
    ],
)
def test_broken_front_matter_says_so(front: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.md: its front matter cannot be read"):
        read(f"---\n{front}\n---\nThe quay is dry.")


def test_endless_front_matter_is_refused() -> None:
    with pytest.raises(ArticleError, match="front matter is too long"):
        read(f"---\ntitle: {'x' * 60_000}\n---\nThe quay is dry.")


def test_values_that_grow_by_reference_stay_as_small_as_they_are_written() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    found = read("---\n" + "\n".join([*lines, "title: *a39"]) + "\n---\nThe quay is dry.")
    assert (found.title, found.text) == (None, "The quay is dry.")


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_nesting_is_read_or_refused_and_nothing_lost(mark: str) -> None:
    assert read(mark * 8 + "Brock said no.").text == "Brock said no."
    for depth in (25, 70, 5_000):
        with pytest.raises(ArticleError, match=r"a\.md: .* nested too deeply"):
            read(mark * depth + "Brock said no.")


def test_deep_brackets_are_read() -> None:
    assert "said" in read("[" * 5_000 + "Brock said no." + "]" * 5_000).text


@pytest.mark.parametrize("tag", ["script", "style"])
def test_what_no_reader_sees_is_not_read(tag: str) -> None:
    hidden = f"<{tag} id=a>\nBray said no.\n\nNo, no.\n</{tag.upper()} >"
    assert read(f"The quay is dry.\n\n{hidden}\n\nIt is shut.").text.split() == (
        "The quay is dry. It is shut.".split()
    )
