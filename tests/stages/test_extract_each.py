"""Extractions that come one by one, of any number of articles."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing, closing
from itertools import count, islice
from threading import Event

import pytest

from claimcompare import Article, LLMError, extract
from claimcompare.stages import Extraction, aextract_each, extract_each
from claimcompare.stages.log import joined
from claimcompare.usage import Usage
from tests.endpoint.articles import articles
from tests.endpoint.replies import right_reply
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at

# How many articles are held at a time, and how many without any answer are borne.
AHEAD, PATIENCE = 256, 20
LONG = 30


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeServer()
    try:
        yield fake.will_always(right)
    finally:
        fake.close()


def right(request: Seen) -> Reply:
    return Reply(right_reply(request.body, "extract").body)


def rejecting(given: list[Article]) -> Callable[[Seen], Reply]:
    """Rejects what is about these articles of one sentence."""
    texts = [article.text for article in given]

    def script(request: Seen) -> Reply:
        rejected = any(f"] {text}" in request.user for text in texts)
        return fails(403, "not for you") if rejected else right(request)

    return script


def ids(extractions: list[Extraction]) -> list[str]:
    return [name for one in extractions for name in one.usage_by_article]


def outcomes(extraction: Extraction) -> set[str]:
    return {row.outcome for row in extraction.log.ledger}


def rain() -> Iterator[Article]:
    """Articles without an end."""
    return (Article(id=f"r{number}", text=f"Rain fell {number} times.") for number in count())


def test_it_gives_what_extract_gives(server: FakeServer) -> None:
    with model_at(server) as llm:
        together = extract(articles(12), llm=llm)
        one_by_one = list(extract_each(articles(12), llm=llm))
    assert ids(one_by_one) == [article.id for article in articles(12)]
    assert tuple(claim for one in one_by_one for claim in one.claims) == together.claims
    assert joined(one.log for one in one_by_one) == together.log
    usage = {name: one.log.usage for one in one_by_one for name in one.usage_by_article}
    assert usage == together.usage_by_article


def test_usage_is_told_by_article(server: FakeServer) -> None:
    with model_at(server) as llm:
        result = extract(articles(4), llm=llm)
        spent = llm.spent
    assert [usage.calls for usage in result.usage_by_article.values()] == [1] * 4
    assert sum(result.usage_by_article.values(), Usage()) == result.log.usage == spent


def test_an_article_comes_in_its_turn_while_later_ones_are_read(server: FakeServer) -> None:
    later_are_read, first_is_asked = Event(), next(articles(1)).sentences()[0].text

    def script(request: Seen) -> Reply:
        if first_is_asked in request.user:
            later_are_read.wait(LONG)
        elif len(server.seen) == 12:
            later_are_read.set()
        return right(request)

    server.will_always(script)
    with model_at(server, concurrency=4) as llm:
        found = list(extract_each(articles(12), llm=llm))
    assert later_are_read.is_set()
    assert ids(found) == [article.id for article in articles(12)]


def test_the_first_comes_before_all_are_read(server: FakeServer) -> None:
    first_is_here = Event()

    def script(request: Seen) -> Reply:
        if len(server.seen) > AHEAD:
            first_is_here.wait(LONG)
        return right(request)

    server.will_always(script)
    with model_at(server) as llm:
        each = extract_each(islice(rain(), AHEAD + 50), llm=llm)
        found = [next(each)]
        first_is_here.set()
        found += each
    assert len(ids(found)) == AHEAD + 50


def test_articles_without_an_end_are_read_as_far_as_wanted(server: FakeServer) -> None:
    pulled = count()
    endless = (article for article, _ in zip(rain(), pulled, strict=True))
    with model_at(server) as llm:
        with closing(extract_each(endless, llm=llm)) as each:
            found = list(islice(each, 10))
        seen = len(server.seen)
        extract(articles(2), llm=llm)
    assert ids(found) == [f"r{number}" for number in range(10)]
    assert next(pulled) <= AHEAD + 10
    assert len(server.seen) == seen + 2


def test_an_async_reader_may_stop_as_well(server: FakeServer) -> None:
    async def first_three() -> list[Extraction]:
        async with aclosing(aextract_each(rain(), llm=llm)) as each:
            found = [await anext(each) for _ in range(3)]
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await llm.aclose()
        return found

    with model_at(server) as llm:
        assert ids(asyncio.run(first_three())) == ["r0", "r1", "r2"]


@pytest.mark.parametrize("steps", range(1, 5))
def test_a_reader_may_be_cancelled_before_anything_is_asked(server: FakeServer, steps: int) -> None:
    async def cancelled() -> None:
        reading = asyncio.ensure_future(anext(aextract_each(rain(), llm=llm)))
        for _ in range(steps):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await llm.aclose()

    with model_at(server) as llm:
        asyncio.run(cancelled())
    assert server.seen == []


def test_without_any_answer_the_first_error_comes_soon(server: FakeServer) -> None:
    server.will_always(fails(401, "who are you?"))
    with model_at(server) as llm, pytest.raises(LLMError, match=r"\(401\): who are you\?"):
        next(extract_each(rain(), llm=llm))
    assert len(server.seen) <= AHEAD + PATIENCE


def test_few_articles_without_any_answer_raise_as_well(server: FakeServer) -> None:
    server.will_always(fails(401, "who are you?"))
    with model_at(server) as llm, pytest.raises(LLMError, match="who are you"):
        list(extract_each(articles(3), llm=llm))
    assert len(server.seen) == 3


def test_articles_without_a_sentence_are_no_answers(server: FakeServer) -> None:
    server.will_always(fails(401, "who are you?"))
    given = [Article(id="empty", text=" "), *articles(3)]
    with model_at(server) as llm, pytest.raises(LLMError, match="who are you"):
        list(extract_each(given, llm=llm))


@pytest.mark.parametrize("unanswered", [1, PATIENCE - 1])
def test_one_answer_makes_failed_rows_of_the_errors_before_it(
    server: FakeServer, unanswered: int
) -> None:
    given = list(islice(rain(), PATIENCE + 5))
    server.will_always(rejecting(given[:unanswered]))
    with model_at(server) as llm:
        found = list(extract_each(given, llm=llm))
    assert ids(found) == [article.id for article in given]
    assert [outcomes(one) for one in found[:unanswered]] == [{"failed"}] * unanswered
    assert all(outcomes(one) == {"kept"} for one in found[unanswered:])
    assert all("not for you" in one.log.ledger[0].reason for one in found[:unanswered])


def test_an_answer_that_comes_too_late_does_not_help(server: FakeServer) -> None:
    given = list(islice(rain(), PATIENCE + 5))
    server.will_always(rejecting(given[:PATIENCE]))
    with model_at(server) as llm, pytest.raises(LLMError, match="not for you"):
        list(extract_each(given, llm=llm))


def test_once_something_is_answered_no_number_of_errors_ends_the_reading(
    server: FakeServer,
) -> None:
    given = list(islice(rain(), 3 * PATIENCE))
    server.will_always(rejecting(given[1:]))
    with model_at(server) as llm:
        found = list(extract_each(given, llm=llm))
    assert outcomes(found[0]) == {"kept"}
    assert [outcomes(one) for one in found[1:]] == [{"failed"}] * (len(given) - 1)


def test_progress_grows_with_the_articles(server: FakeServer) -> None:
    told: list[tuple[str, int, int]] = []
    with model_at(server) as llm:
        list(extract_each(articles(5), llm=llm, progress=lambda *now: told.append(now)))
    assert told[-1] == ("extract", 5, 5)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
