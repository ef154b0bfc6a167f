"""How long the text form is: what takes no side is counted, and no passage is quoted twice."""

import re

import pytest

from claimcompare.report import render
from claimcompare.report.quoting import LENGTHS, Quotes, clipped
from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    Claim,
    Comparison,
    Dispute,
    OpposingPair,
    Span,
    Stance,
)
from tests.report import LOCK, claim, comparison

READ = Agreement(agreeing=2, readings=2)
PAPERS = ("Harl Post", "Echo", "Tarn Herald")


def _sentence(number: int) -> str:
    """Some 24 words that no other sentence has in that order."""
    return (
        f"On day {number} Ines Quill told the harbour council that the north lock of Dorran would "
        f"stay shut for {number} weeks, whatever the board in Wexholm says."
    )


def event(*, sentences: int, disputes: int, sided: int, beside: int) -> Comparison:
    """Three articles, a claim in each sentence, and disputes with so many claims on and off sides.

    A claim's text is three quarters of its sentence.
    """
    texts = {paper: [_sentence(3 * at + place) for at in range(sentences)] for place, paper in
             enumerate(PAPERS)}  # fmt: skip
    articles = [
        Article(id=paper, publisher=paper, text="\n".join(lines)) for paper, lines in texts.items()
    ]
    claims = [
        _claim(article, at, line)
        for article in articles
        for at, line in enumerate(texts[article.id])
    ]
    mixed = claims[::3] + claims[1::3] + claims[2::3]
    size = sided + beside
    found = [_dispute(mixed[at * size : (at + 1) * size], sided) for at in range(disputes)]
    made = comparison(tuple(claims), tuple(found))
    return made.model_copy(update={"articles": tuple(articles)})


def _claim(article: Article, at: int, line: str) -> Claim:
    start = article.text.index(line)
    return Claim(
        id=f"{article.id}:{at}",
        article_id=article.id,
        speaker="Ines Quill" if at % 2 else "the board",
        text=f"{line.partition(', whatever')[0]}.",
        evidence=(Span(start=start, end=start + len(line), text=line),),
    )


def _dispute(claims: list[Claim], sided: int) -> Dispute:
    stances: list[Stance] = ["support" if at % 2 else "denial" for at in range(sided)]
    stances += ["context"] * (len(claims) - sided)
    placed = tuple(
        Assertion(claim_id=one.id, stance=stance, agreement=READ)
        for one, stance in zip(claims, stances, strict=True)
    )
    pairs = tuple(
        OpposingPair(support=one.claim_id, denial=other.claim_id, kind="denied")
        for one in placed
        for other in placed
        if (one.stance, other.stance) == ("support", "denial")
    )
    return Dispute(proposition="The north lock stays shut.", assertions=placed, pairs=pairs)


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize(
    ("sentences", "disputes", "sided", "beside"),
    [(30, 3, 6, 3), (30, 8, 6, 3), (12, 3, 4, 4), (60, 15, 6, 6), (12, 2, 18, 0)],
)
def test_it_is_at_most_half_as_long_again_as_its_articles(
    sentences: int, disputes: int, sided: int, beside: int
) -> None:
    made = event(sentences=sentences, disputes=disputes, sided=sided, beside=beside)
    told = sum(words(article.text) for article in made.articles)
    assert words(render(made, "text")) <= 1.5 * told
    assert words(render(made, "text")) < words(render(made, "text", everything=True))


def test_what_takes_no_side_is_counted_and_shown_on_demand() -> None:
    text = " ".join(render(LOCK, "text").split())
    assert (
        "and 1 claim that bears on it but takes no side, 1 claim of which the side was left open"
    ) in text
    assert "In no dispute: 1 claim for which no contradiction was found." in text
    assert "--all" in text
    folded = ("Lena Marsh", "The lock was built by hand.", "The lock is what it is.", "It rained")
    assert [one in text for one in folded] == [True, False, False, False]
    whole = " ".join(render(LOCK, "text", everything=True).split())
    assert all(one in whole for one in folded)
    assert "--all" not in whole


def test_of_long_sides_some_claims_are_shown_and_all_speakers_named() -> None:
    text = " ".join(render(event(sentences=12, disputes=2, sided=18, beside=0), "text").split())
    assert text.count("- Ines Quill") == text.count("- the board") >= 1
    counted = [int(one) for one in re.findall(r"- and (\d+) more of Ines Quill", text)]
    counted += [int(one) for one in re.findall(r"- and (\d+) more of the board", text)]
    shown = len(re.findall(r"- (?:Ines Quill|the board)", text))
    assert shown + sum(counted) == 2 * 18


def test_a_passage_is_quoted_once_and_cut() -> None:
    long = " ".join(f"w{at}" for at in range(60))
    one, other = claim("a:1", "Ines Quill", "Yes.", long), claim("a:2", "Ines Quill", "No.", long)
    short = Quotes(40)
    assert list(short.under(one)) == [f"“{' '.join(long.split()[:40])} …”"]
    assert list(short.under(other)) == []
    assert [list(Quotes().under(each)) for each in (one, other)] == [[f"“{long}”"]] * 2


def test_a_claim_that_is_its_passage_is_not_written_twice() -> None:
    made = claim("a:1", "Ines Quill", "The lock is  sound", "The lock is sound.")
    assert list(Quotes(40).under(made)) == []
    assert list(Quotes().under(made)) == ["“The lock is sound.”"]


@pytest.mark.parametrize("text", ["One two.", "锁" * 480, "x" * 480])
def test_short_passages_are_whole(text: str) -> None:
    assert clipped(text, 40) == text


def test_scripts_without_spaces_are_cut_too() -> None:
    assert len(clipped("锁" * 900, 40)) < 500
    assert LENGTHS[0] == 40
