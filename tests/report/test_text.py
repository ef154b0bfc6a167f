"""The text form: narrow, harmless, and in reading order."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from rich.cells import cell_len

from claimcompare.articles import one_line
from claimcompare.report import render
from claimcompare.report.paragraphs import WIDTH
from claimcompare.report.text import in_colours, to_text
from claimcompare.schema import Comparison
from tests.report import (
    CONTROLS,
    HOSTILE,
    JOINED,
    LOCK,
    assertion,
    claim,
    comparison,
    dispute,
    hostile,
    is_clean,
)

ALL = to_text(LOCK, everything=True)


def flat(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=100)
@given(text=HOSTILE)
@example(text="x" * 1000)
@example(text="x-" * 500)
@example(text="a " * 500)
def test_no_line_is_wider_than_the_terminal(text: str) -> None:
    assert WIDTH == 100
    assert all(
        cell_len(line) <= WIDTH for line in to_text(hostile(text), everything=True).split("\n")
    )


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def test_no_line_of_wide_letters_is_wider_than_the_terminal() -> None:
    lines = to_text(hostile("北门没有裂缝" * 40)).split("\n")
    assert max(map(columns, lines)) <= WIDTH


def test_long_article_names_stay_within_the_width() -> None:
    claims = (claim(f"{'p' * 300}:1", "Ines Quill", "Yes."), claim("echo:1", "Oskar Bray", "No."))
    sides = (assertion(claims[0].id, "support", 1), assertion("echo:1", "denial", 1))
    text = to_text(comparison(claims, (dispute("It is.", *sides),)))
    assert max(map(len, text.split("\n"))) <= WIDTH
    assert text.count("p") >= 300


@settings(max_examples=100)
@given(text=HOSTILE)
@example(text="x".join(CONTROLS))
@example(text=JOINED)
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert is_clean(render(hostile(text), "text", everything=True))


@settings(max_examples=50)
@given(text=HOSTILE)
@example(text=JOINED)
@example(text="dry\ufe01 \u3164quay")
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    seen = "".join(one_line(text).split())
    assert "".join(to_text(hostile(text), everything=True).split()).count(seen) >= 5


def test_articles_cannot_add_lines_of_their_own() -> None:
    plain = to_text(hostile("Yes 2. The moon is cheese."))
    assert to_text(hostile("Yes\n\n2. The moon\r\nis\x0b\u2028cheese.")) == plain


def test_the_sides_come_in_order_and_only_those_with_claims() -> None:
    lines = [line.strip() for line in ALL.split("\n")]
    headings = [one for one in lines if one in {"Support", "Denial", "Context", "Abstained"}]
    assert headings == ["Support", "Denial", "Context", "Abstained"]
    two = dispute("It is.", *LOCK.disputes[0].assertions[:2])
    text = to_text(comparison(LOCK.claims, (two,)))
    assert "Context" not in text
    assert "Abstained" not in text


def test_each_claim_stands_once_on_its_own_side_the_surest_first() -> None:
    text = ALL
    order = ["Support", "Lena Marsh", "Ines Quill", "Denial", "Oskar Bray", "Context"]
    order += ["The article itself", "Abstained", "Milo Strand", "In no dispute", "Carla Zell"]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert all(text.count(f"- {one.speaker}") == 1 for one in LOCK.claims if one.speaker)


def test_a_claim_is_shown_with_how_sure_it_is_who_relays_it_and_its_words() -> None:
    text = flat(ALL)
    assert (
        "- Ines Quill (about as likely as not, 61%): The north lock is sound. "
        "“It is sound,” Quill said."
    ) in text
    named = "- The article itself, relayed by Fenwick Post (likely, 70%)"
    assert f"{named}: The lock was built by hand." in text


def test_a_claim_that_nobody_could_place_is_shown_without_its_evidence() -> None:
    assert "“The lock is not sound.”" in ALL
    assert "“The lock is what it is.”" not in ALL


def test_why_no_stance_was_given_is_said() -> None:
    unsure = assertion("post:5", None, 0.4).model_copy(
        update={"reason": "no stance is sure enough"}
    )
    sides = (*LOCK.disputes[0].assertions[:2], unsure)
    text = to_text(comparison(LOCK.claims, (dispute("It is.", *sides),)), everything=True)
    assert (
        "- Milo Strand (no stance is sure enough: support 40%, denial 30%, context 30%): "
        "The lock is what it is."
    ) in flat(text)


def test_colours_tell_the_sides_apart_and_change_no_word() -> None:
    coloured = in_colours(LOCK)
    assert coloured.plain == to_text(LOCK)
    styles = {coloured.plain[one.start : one.end]: str(one.style) for one in coloured.spans}
    assert styles["Support"] == "bold green"
    assert styles["Denial"] == "bold red"
    assert styles["Ines Quill"] == "bold"


@settings(max_examples=50)
@given(text=HOSTILE)
@example(text="[red]lock[/red] [link=http://a.example]gate[/link]")
def test_articles_cannot_bring_colours_of_their_own(text: str) -> None:
    theirs = {str(one.style) for one in in_colours(hostile(text)).spans}
    assert theirs <= {str(one.style) for one in in_colours(hostile("Harmless.")).spans}


def test_disputes_are_numbered() -> None:
    two = dispute("It rained.", assertion("post:6", "support", 1), assertion("post:5", "denial", 1))
    lines = to_text(comparison(LOCK.claims, (*LOCK.disputes, two))).split("\n")
    assert [one for one in lines if one[:1].isdigit() and one[1] == "."] == [
        "1. The north lock is sound.",
        "2. It rained.",
    ]


def test_the_article_is_named_only_where_there_are_several() -> None:
    claims = (claim("post:1", "Ines Quill", "Yes."), claim("echo:1", "Oskar Bray", "No."))
    sides = (assertion("post:1", "support", 1), assertion("echo:1", "denial", 1))
    text = to_text(comparison(claims, (dispute("It is.", *sides),)))
    assert "- Ines Quill (very likely, 100%) [post]: “Yes.”" in text
    assert "- Oskar Bray (denies Ines Quill; very likely, 100%) [echo]: “No.”" in text
    assert "[post]" not in to_text(LOCK)


def test_no_claims_are_said_in_one_line() -> None:
    lines = to_text(comparison()).split("\n")
    assert lines[0] == "No claims found in 1 article."
    assert len(lines) <= 4
    assert not any("contradiction" in line or "dispute" in line for line in lines)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (LOCK, "1 article, 6 claims, 1 dispute."),
        (comparison(LOCK.claims[:1]), "1 article, 1 claim, 0 disputes."),
        (
            comparison((claim("a:1", None, "Yes."), claim("b:1", None, "Yes."))),
            "2 articles, 2 claims, 0 disputes.",
        ),
    ],
)
def test_what_was_found_is_counted_first(made: Comparison, expected: str) -> None:
    assert to_text(made).startswith(f"{expected}\n\n")


def test_that_no_contradiction_was_found_is_said_and_no_more() -> None:
    for everything in (False, True):
        text = to_text(comparison(LOCK.claims), everything=everything)
        assert "No contradiction was found between these claims." in text
        assert "obody" not in text
    assert "No contradiction was found between" not in to_text(LOCK)
    assert "1 claim for which no contradiction was found." in to_text(LOCK)


def test_the_rest_is_counted_last() -> None:
    closing = " ".join(to_text(LOCK).split("\n\n")[-1].split())
    assert all(
        one in closing for one in ("2 refused", "0 kept with doubts", "1 abstained", "0 failed")
    )
    assert "1 call, 1,500 prompt tokens (200 cached)" in closing
    assert closing.endswith("model tiny.")


def test_the_form_ends_with_one_line_end() -> None:
    assert render(LOCK, "text") == to_text(LOCK) + "\n"
