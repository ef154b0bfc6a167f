"""Extractions that come one by one, of any number of articles, whoever reads them."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from itertools import count, islice

import pytest

from claimcompare.errors import LLMError
from claimcompare.schema import Article, Claim, LedgerRow, PromptUse, Span
from claimcompare.stages.articles import read_all, read_each
from claimcompare.stages.copies import Repeats
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.protocols import Extraction, Reading
from claimcompare.usage import Usage

# How many articles are held at a time, and how many without any answer are borne.
AHEAD, PATIENCE = 256, 20
CALL = StageLog(usage=Usage(calls=1), prompts=(PromptUse(name="p", version="1", filled=("f",)),))


class ScriptedReader:
    """Gives one claim an article; none, and an error, for those that are `unanswered`."""

    def __init__(self, unanswered: frozenset[str] = frozenset(), *, asks: bool = True) -> None:
        self.seen: list[str] = []
        self._unanswered = unanswered
        self._log = CALL if asks else StageLog()

    async def read(self, article: Article, known: frozenset[int]) -> Reading:
        assert not known
        self.seen.append(article.id)
        await asyncio.sleep(0)
        if article.id in self._unanswered:
            error = LLMError(f"nothing about {article.id}")
            return Reading((), self._log + row(article, "failed"), answered=False, error=error)
        text = article.text
        evidence = (Span(start=0, end=len(text), text=text),)
        claim = Claim(
            id=f"{article.id}:1",
            article_id=article.id,
            speaker="Una Brock",
            text=text,
            evidence=evidence,
        )
        return Reading((claim,), self._log + row(article, "kept"))


def row(article: Article, outcome: str) -> StageLog:
    fields = {"stage": "extract", "outcome": outcome, "item": article.id, "reason": ""}
    return StageLog(ledger=(LedgerRow.model_validate({**fields, "article_id": article.id}),))


def rain() -> Iterator[Article]:
    """Articles without an end."""
    return (Article(id=f"r{number}", text=f"Rain fell {number} times.") for number in count())


def some(number: int) -> list[Article]:
    return list(islice(rain(), number))


def names(articles: list[Article]) -> frozenset[str]:
    return frozenset(article.id for article in articles)


async def first(reader: ScriptedReader, articles: Iterator[Article], most: int) -> list[Extraction]:
    """As many extractions as are wanted."""
    found: list[Extraction] = []
    async with aclosing(read_each(reader, articles, Repeats())) as each:
        async for extraction in each:
            found.append(extraction)
            if len(found) == most:
                break
    return found


def read(reader: ScriptedReader, articles: list[Article]) -> list[Extraction]:
    return asyncio.run(first(reader, iter(articles), len(articles) + 1))


def ids(extractions: list[Extraction]) -> list[str]:
    return [name for one in extractions for name in one.usage_by_article]


def test_one_by_one_gives_what_all_together_give() -> None:
    one_by_one = read(ScriptedReader(), some(12))
    together = asyncio.run(read_all(ScriptedReader(), some(12), Repeats()))
    assert ids(one_by_one) == [article.id for article in some(12)]
    assert tuple(claim for one in one_by_one for claim in one.claims) == together.claims
    assert joined(one.log for one in one_by_one) == together.log
    usage = {name: one.log.usage for one in one_by_one for name in one.usage_by_article}
    assert usage == together.usage_by_article
    assert sum(usage.values(), Usage()) == together.log.usage


def test_articles_without_an_end_are_read_as_far_as_wanted() -> None:
    reader = ScriptedReader()
    found = asyncio.run(first(reader, rain(), 10))
    assert ids(found) == [f"r{number}" for number in range(10)]
    assert len(reader.seen) <= AHEAD + 10


def test_without_any_answer_the_first_error_comes_soon() -> None:
    reader = ScriptedReader(names(some(2 * AHEAD)))
    with pytest.raises(LLMError, match="nothing about r0"):
        asyncio.run(first(reader, rain(), 1))
    assert len(reader.seen) <= AHEAD + PATIENCE


@pytest.mark.parametrize("number", [1, 3])
def test_few_articles_without_any_answer_raise_as_well(number: int) -> None:
    with pytest.raises(LLMError, match="nothing about r0"):
        read(ScriptedReader(names(some(number))), some(number))


def test_what_needs_no_call_is_no_answer() -> None:
    articles = some(4)
    with pytest.raises(LLMError, match="nothing about r1"):
        read(ScriptedReader(names(articles[1:]), asks=False), articles)


@pytest.mark.parametrize("unanswered", [1, PATIENCE - 1])
def test_one_answer_makes_failed_rows_of_the_errors_before_it(unanswered: int) -> None:
    articles = some(PATIENCE + 5)
    found = read(ScriptedReader(names(articles[:unanswered])), articles)
    assert ids(found) == [article.id for article in articles]
    outcomes = [[one.outcome for one in each.log.ledger] for each in found]
    assert outcomes == [["failed"]] * unanswered + [["kept"]] * (PATIENCE + 5 - unanswered)


def test_an_answer_that_comes_too_late_does_not_help() -> None:
    articles = some(PATIENCE + 5)
    with pytest.raises(LLMError, match="nothing about r0"):
        read(ScriptedReader(names(articles[:PATIENCE])), articles)


def test_once_something_is_answered_no_number_of_errors_ends_the_reading() -> None:
    articles = some(3 * PATIENCE)
    found = read(ScriptedReader(names(articles[1:])), articles)
    assert [len(one.claims) for one in found] == [1] + [0] * (len(articles) - 1)


def test_what_may_not_be_a_whole_article_has_a_row_for_each_doubt() -> None:
    doubts = ("the page tells of more", "its text ends in an ellipsis")
    cut, whole = some(2)
    cut = cut.model_copy(update={"doubts": doubts})
    ledger = asyncio.run(read_all(ScriptedReader(), (cut, whole), Repeats())).log.ledger
    found = [(row.stage, row.item, row.reason) for row in ledger if row.outcome == "doubted"]
    assert found == [("extract", "the article", doubt) for doubt in doubts]
    assert {row.article_id for row in ledger if row.outcome == "doubted"} == {cut.id}
