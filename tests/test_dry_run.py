"""Estimates before a run."""

import json
import math
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from claimcompare import LLM, Article, CompareSettings, LLMSettings, Prices, extract, read_articles
from claimcompare.cli.usage import estimate_lines
from claimcompare.dry_run import Estimate, estimate, estimate_each
from tests.llm.server import FakeServer, model_at, says

SEEDS = Path(__file__).parents[1] / "seeds"
SENTENCE = "The quay of Aldmere is dry, the ferryman said. "
TEXT = SENTENCE * 50
MODEL = LLM("m", settings=LLMSettings(prices=Prices(prompt=1, completion=4)))
LOCAL = LLM("local")


def of(*texts: str, llm: LLM = MODEL, judge: LLM | None = None, **settings: int) -> Estimate:
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    return estimate(articles, llm=llm, judge=judge, settings=CompareSettings(**settings))


def calls(found: Estimate) -> Mapping[str, int]:
    stages = ("extract", "speakers", "pair", "classify")
    return {stage: getattr(found.usage, stage).calls for stage in stages}


def test_articles_sentences_and_calls_are_counted() -> None:
    found = of(TEXT, "It is dry.")
    assert (found.articles, found.sentences) == (2, 51)
    assert calls(found) == {"extract": 2, "speakers": 1, "pair": 1, "classify": 1}


def test_the_calls_and_prompts_of_extraction_are_those_that_are_made() -> None:
    articles = [Article(id="a", text="\n\n".join([TEXT] * 6)), Article(id="b", text=TEXT)]
    expected = estimate_each(articles, llm=MODEL).usage.extract
    with closing(FakeServer().will_always(says('{"claims": []}'))) as server:
        extract(articles, llm=model_at(server, small=False))
    assert expected.calls == len(server.seen) > len(articles)
    messages = sum(len(one["content"]) for seen in server.seen for one in seen.body["messages"])
    schemas = sum(
        len(json.dumps(seen.body["response_format"]["json_schema"]["schema"]))
        for seen in server.seen
    )
    assert expected.prompt_tokens == pytest.approx((messages + schemas) / 3, rel=0.02)


def test_an_article_is_read_in_more_calls_where_a_call_holds_less() -> None:
    few, many = (of("\n\n".join([TEXT] * 4), characters_per_call=at) for at in (12_000, 3_000))
    assert (few.usage.extract.calls, many.usage.extract.calls) == (1, 4)
    assert few.usage.extract.prompt_tokens < many.usage.extract.prompt_tokens


def test_claims_that_do_not_fit_in_one_call_are_paired_in_windows_and_joined() -> None:
    one, many = (of(TEXT, claims_per_call=at).usage.pair for at in (100, 40))
    assert one.calls == 1
    # Of 56 claims each window of 40 brings twelve; then one call joins what they found.
    assert many.calls == 5 + 1
    assert many.prompt_tokens > one.prompt_tokens


def test_more_claims_are_judged_where_more_of_the_nearest_are() -> None:
    few, many = (of(TEXT, nearest=at).usage.classify for at in (0, 20))
    assert few.calls < many.calls
    assert few.prompt_tokens < many.prompt_tokens


def test_one_claim_is_neither_named_nor_paired_nor_judged() -> None:
    found = of("", "It is dry.", claims_per_call=2)
    assert found.usage.extract.calls == 1
    more = estimate([Article(id="a", text="")], llm=MODEL)
    assert more.usage.total.calls == 0


def test_the_cost_is_that_of_the_tokens() -> None:
    total = of(TEXT).usage.total
    expected = (total.prompt_tokens * 1 + total.completion_tokens * 4) / 1_000_000
    assert total.cost is not None
    assert abs(total.cost - expected) < 1e-12


def test_no_price_is_no_cost_and_the_embedded_model_is_free() -> None:
    assert of(TEXT, llm=LLM("m")).usage.total.cost is None
    assert of(TEXT, llm=LOCAL).usage.total.cost == 0


def test_a_judge_of_its_own_is_counted_and_paid_for_itself() -> None:
    dear = LLM("n", settings=LLMSettings(prices=Prices(prompt=1_000, completion=4_000)))
    plain, judged = of(TEXT).usage, of(TEXT, judge=dear).usage
    assert (judged.extract, judged.pair) == (plain.extract, plain.pair)
    assert judged.classify.cost == pytest.approx(1_000 * (plain.classify.cost or 0))
    small = of(TEXT, judge=LOCAL).usage
    assert small.extract == plain.extract
    assert small.classify.calls > plain.classify.calls


def test_the_embedded_model_reads_less_at_a_time_and_judges_claim_by_claim() -> None:
    found = calls(of(TEXT, llm=LOCAL))
    assert found == {"extract": math.ceil(50 / 18), "speakers": 0, "pair": 4, "classify": 40}


def test_the_embedded_model_is_asked_about_each_claim_where_no_rules_hold() -> None:
    german = "Der Kai von Aldmere ist nicht nass, und die Fähre ist da. " * 50
    assert calls(of(german, llm=LOCAL))["pair"] >= 2 * 40


def test_what_reports_nothing_takes_the_embedded_model_no_call_to_read() -> None:
    dull = "The quay of Aldmere is dry."
    found = of(dull, TEXT, llm=LOCAL)
    assert (found.articles, found.sentences, found.usage.extract.calls) == (2, 51, 3)
    assert of(dull).usage.extract.calls == 1


def test_what_passages_tell_takes_the_embedded_model_no_call_to_read() -> None:
    told = "Una Brock said that the quay is dry. " * 50
    local = of(told, llm=LOCAL).usage.extract
    assert (local.calls, local.prompt_tokens, local.completion_tokens) == (0, 0, 0)
    assert of(told).usage.extract.calls == 1


def test_the_embedded_model_writes_less_to_read() -> None:
    local, other = (of(TEXT, llm=llm).usage.extract for llm in (LOCAL, MODEL))
    assert 0 < local.completion_tokens < other.completion_tokens


def test_nothing_takes_nothing() -> None:
    assert of().usage.total.calls == 0


def test_a_story_of_two_outlets_takes_a_handful_of_calls() -> None:
    articles = read_articles(sorted(SEEDS.glob("001_*.txt")))
    assert estimate(articles, llm=MODEL).usage.total.calls == 5


def test_copies_are_told_and_what_they_repeat_is_not_counted() -> None:
    found, alone = of(TEXT, TEXT, "It is dry."), of(TEXT, "It is dry.")
    assert found.usage == alone.usage
    assert next(estimate_lines(found)) == "articles: 3 (1 repeating others); sentences: 51"


def test_where_articles_are_read_for_themselves_nothing_is_held_against_another() -> None:
    lines = list(estimate_lines(estimate_each([Article(id="a", text=TEXT)] * 2, llm=MODEL)))
    assert lines[0] == "articles: 2; sentences: 100"
    assert [line.split(":")[0].strip() for line in lines[1:-1]] == ["extract"]
    assert lines[1].startswith("  extract: about 2 calls")
