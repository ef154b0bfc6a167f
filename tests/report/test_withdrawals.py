"""Who takes something back: a line of its own, on every form that people read."""

import json

import pytest

from claimcompare.report import Format, render
from claimcompare.report.page import to_html
from claimcompare.report.sides import tones
from claimcompare.report.withdrawals import withdrawals
from claimcompare.schema import Article, Assertion, Comparison, Dispute, OpposingPair
from tests.report import again, claim, comparison, read

EARLY = Article(id="a", text="The lock is safe.", publisher="Harl Post", published="2026-05-04")
LATE = Article(id="b", text="The lock is not safe.", publisher="Echo", published="2026-05-05")
SAID = claim("a:1", "Ines Quill", "The lock is safe.", "Quill: the lock is safe.")
TOOK = claim("b:1", "Ines Quill", "The lock is not safe.", "Quill: I was wrong.")
LINE = "said in Harl Post on 4 May 2026, taken back in Echo on 5 May 2026"
ON_THE_PAGE = (
    "said: <bdi>Harl Post, 4 May 2026</bdi>, taken back by <bdi>Ines Quill</bdi>: "
    "<bdi>Echo, 5 May 2026</bdi>"
)
FORMS: tuple[Format, ...] = ("text", "markdown", "html")


def changed(said: Assertion, took: Assertion, *articles: Article) -> Comparison:
    """Ines Quill says something in one article, and takes it back in another."""
    taken = said.model_copy(update={"withdrawn_by": took.claim_id})
    pair = OpposingPair(
        support="a:1" if said.stance == "support" else "b:1",
        denial="b:1" if said.stance == "support" else "a:1",
        kind="withdrawn",
        same_speaker=True,
    )
    sided = {said.stance, took.stance} == {"support", "denial"}
    dispute = Dispute(
        proposition="The lock is safe.", assertions=(taken, took), pairs=(pair,) if sided else ()
    )
    made = comparison((SAID, TOOK), (dispute,))
    return made.model_copy(update={"articles": articles or (EARLY, LATE)})


def words(made: Comparison, form: Format) -> str:
    return " ".join(render(made, form).split())


BOTH = changed(read("a:1", "support"), read("b:1", "denial"))


@pytest.mark.parametrize("form", FORMS)
def test_when_it_was_said_and_taken_back_is_told_with_the_words_of_both(form: Format) -> None:
    text = words(BOTH, form)
    assert (ON_THE_PAGE if form == "html" else LINE) in text
    assert "Taken back" in text
    assert "The lock is not safe." in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_claim_stands_on_no_side_any_more(form: Format) -> None:
    lines = [line.strip("# ") for line in render(BOTH, form).split("\n")]
    assert "Support" not in lines
    assert "Abstained" not in lines
    assert [line.split(" (")[0] for line in lines].count("Denial") == 1


def test_whoever_takes_back_says_so_on_the_other_side() -> None:
    assert "- Ines Quill (withdraws their own claim; 2 of 2 readings agree)" in words(BOTH, "text")
    other = changed(read("a:1", "denial"), read("b:1", "support"))
    assert tones(other.disputes[0]) == {"a:1": "withdrawn", "b:1": "support"}
    assert "- Ines Quill (withdraws their own claim; 2 of 2 readings agree)" in words(other, "text")


@pytest.mark.parametrize("stance", [None, "context"])
def test_neither_claim_is_an_abstention_though_neither_is_on_a_side(stance: None) -> None:
    made = changed(read("a:1", stance, 1), read("b:1", stance, 1))
    assert set(tones(made.disputes[0]).values()) == {"withdrawn"}
    for form in FORMS:
        assert (ON_THE_PAGE if form == "html" else LINE) in words(made, form)
    assert "left open" not in words(made, "text")
    assert "### Abstained" not in render(made, "markdown")
    assert 'class="side abstained"' not in to_html(made)


def test_the_claim_that_takes_back_may_be_in_no_dispute() -> None:
    taken = read("a:1", "support").model_copy(update={"withdrawn_by": "b:1"})
    dispute = Dispute(proposition="The lock is safe.", assertions=(taken,))
    made = comparison((SAID, TOOK), (dispute,)).model_copy(update={"articles": (EARLY, LATE)})
    assert "taken back by Ines Quill: The lock is not safe." in words(made, "text")
    assert '<a href="#c2">2</a>' in to_html(made)


def test_what_one_claim_takes_back_stands_above_it_once() -> None:
    more = SAID.model_copy(update={"id": "a:2", "text": "The lock was tested."})
    taken = tuple(
        read(name, "support").model_copy(update={"withdrawn_by": "b:1"}) for name in ("a:1", "a:2")
    )
    dispute = Dispute(proposition="The lock is safe.", assertions=taken)
    made = comparison((SAID, more, TOOK), (dispute,))
    text = words(made.model_copy(update={"articles": (EARLY, LATE)}), "text")
    assert text.count("taken back by") == 1
    assert text.index("The lock was tested.") < text.index("taken back by Ines Quill")


def test_a_day_that_is_not_known_is_left_out() -> None:
    undated = changed(
        read("a:1", "support"),
        read("b:1", "denial"),
        EARLY.model_copy(update={"published": None}),
        LATE,
    )
    told = [one.words for one in withdrawals(undated.disputes[0], undated)]
    assert told == ["said in Harl Post, taken back in Echo on 5 May 2026"]


def test_one_article_may_hold_both() -> None:
    here = TOOK.model_copy(update={"article_id": "a"})
    made = again(BOTH, claims=(SAID, here), articles=(EARLY,))
    told = [one.words for one in withdrawals(made.disputes[0], made)]
    assert told == ["said and taken back in Harl Post on 4 May 2026"]


def test_tables_say_it_and_linked_data_leaves_out_what_was_taken_back() -> None:
    told = json.loads(render(BOTH, "jsonld"))["@graph"]
    assert [one["identifier"] for one in told] == ["b:1"]
    assert '"withdrawn_by"' in render(BOTH, "assertions-csv").split("\n")[0]
    assert '"b:1"' in render(BOTH, "assertions-csv").split("\n")[1]
