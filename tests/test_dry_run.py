"""Estimates before a run."""

import math

from claimcompare import LLM, Article, CompareSettings, LLMSettings, Prices
from claimcompare.cli.usage import estimate_lines
from claimcompare.dry_run import Estimate, estimate, estimate_each

TEXT = "The quay of Aldmere is dry, the ferryman said. " * 50
MODEL = LLM("m", settings=LLMSettings(prices=Prices(prompt=1, completion=4)))


def of(*texts: str, llm: LLM = MODEL, at_once: int | None = None) -> Estimate:
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    return estimate(articles, llm=llm, settings=CompareSettings(sentences_per_call=at_once))


def test_articles_sentences_and_calls_are_counted() -> None:
    found = of(TEXT, "It is dry.")
    assert (found.articles, found.sentences, found.usage.extract.calls) == (2, 51, 3)


def test_fewer_sentences_a_call_take_more_calls_and_more_prompt_tokens() -> None:
    few, many = of(TEXT, at_once=5), of(TEXT, at_once=25)
    assert (few.usage.extract.calls, many.usage.extract.calls) == (10, 2)
    assert few.usage.extract.prompt_tokens > many.usage.extract.prompt_tokens


def test_the_cost_is_that_of_the_tokens() -> None:
    total = of(TEXT).usage.total
    expected = (total.prompt_tokens * 1 + total.completion_tokens * 4) / 1_000_000
    assert total.cost is not None
    assert abs(total.cost - expected) < 1e-12


def test_no_price_is_no_cost_and_the_embedded_model_is_free() -> None:
    assert of(TEXT, llm=LLM("m")).usage.total.cost is None
    assert of(TEXT, llm=LLM("local")).usage.total.cost == 0


def test_the_embedded_model_reads_less_at_a_time() -> None:
    assert of(TEXT, llm=LLM("local")).usage.extract.calls == math.ceil(50 / 18)


def test_what_reports_nothing_takes_the_embedded_model_no_call() -> None:
    dull = "The quay of Aldmere is dry."
    found = of(dull, f"{TEXT} {dull}", llm=LLM("local"), at_once=51)
    assert (found.articles, found.sentences, found.usage.extract.calls) == (2, 52, 1)
    assert of(dull).usage.extract.calls == 1


def test_what_passages_tell_takes_the_embedded_model_no_call() -> None:
    told = "Una Brock said that the quay is dry. " * 50
    local = of(told, llm=LLM("local")).usage.extract
    assert (local.calls, local.prompt_tokens, local.completion_tokens) == (0, 0, 0)
    assert of(told).usage.extract.calls == 2


def test_the_embedded_model_writes_of_what_it_is_asked_about() -> None:
    more = f"{TEXT} {'Una Brock said that the quay is dry. ' * 50}"
    alone, beside = (of(text, llm=LLM("local"), at_once=200) for text in (TEXT, more))
    assert beside.usage.extract.completion_tokens == alone.usage.extract.completion_tokens


def test_a_quotation_over_two_sentences_counts_as_two() -> None:
    found = of("“The quay is dry. It has been for weeks,” Una Brock said.", at_once=1)
    assert (found.sentences, found.usage.extract.calls) == (2, 1)


def test_the_embedded_model_writes_less() -> None:
    local, other = (of(TEXT, llm=llm).usage.extract for llm in (LLM("local"), MODEL))
    assert 0 < local.completion_tokens < other.completion_tokens


def test_nothing_takes_nothing() -> None:
    assert of().usage.total.calls == 0


def test_copies_are_told_and_what_they_repeat_is_not_counted() -> None:
    found, alone = of(TEXT, TEXT, "It is dry."), of(TEXT, "It is dry.")
    assert found.usage == alone.usage
    assert next(estimate_lines(found)) == "articles: 3 (1 repeating others); sentences: 51"


def test_where_articles_are_read_for_themselves_nothing_is_held_against_another() -> None:
    lines = list(estimate_lines(estimate_each([Article(id="a", text=TEXT)] * 2, llm=MODEL)))
    assert lines[0] == "articles: 2; sentences: 100"
    assert [line.split(":")[0].strip() for line in lines[1:-1]] == ["extract"]
    assert lines[1].startswith("  extract: about 4 calls")
