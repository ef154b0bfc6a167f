"""What becomes of a story: a comparison, or why there is none."""

import asyncio
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from claimcompare import (
    Article,
    ClaimCompareError,
    CompareSettings,
    LLMError,
    LLMSettings,
    Prompt,
    PromptError,
    replay,
)
from claimcompare.corpus import Model, Story, acompare_story, compare_story
from claimcompare.corpus.opening import open_here
from claimcompare.errors import RecordingError
from claimcompare.testing import FakeLLM
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess

SETTINGS = LLMSettings(cache=False, max_wait=0.0)


def story(number: int = 1) -> Story:
    made = list(articles(2 * number))
    return Story(articles=tuple(made[-2:]), continues="before")


@pytest.fixture(scope="module")
def server() -> Iterator[EndpointProcess]:
    with EndpointProcess() as endpoint:
        yield endpoint


@pytest.fixture
def model(server: EndpointProcess, monkeypatch: pytest.MonkeyPatch) -> Model:
    monkeypatch.setenv("DESK_KEY", "sk-desk")
    return Model(name="m", base_url=server.url, key_env="DESK_KEY", settings=SETTINGS)


def test_a_story_becomes_a_comparison_with_what_it_took(model: Model) -> None:
    result = compare_story(story(), llm=model)
    assert result.comparison is not None
    assert len(result.comparison.disputes) == 1
    assert result.failures == ()
    assert (result.story_id, result.continues) == (story().id, "before")
    assert result.articles == ("e0001-a", "e0001-b")
    assert result.usage == result.comparison.usage.total
    assert result.usage.calls > 2


def test_the_model_of_a_process_is_opened_once(model: Model) -> None:
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - made above
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(open_here, [model, again] * 8))
    assert len({id(llm) for llm in opened}) == 1
    assert open_here(model.model_copy(update={"name": "n"})) is not opened[0]


def test_a_budget_holds_for_all_calls_of_a_process(model: Model) -> None:
    poor = model.model_copy(update={"settings": SETTINGS.model_copy(update={"max_tokens": 9_000})})
    results = [compare_story(story(number), llm=poor) for number in range(1, 5)]
    assert results[0].failures == ()
    assert results[-1].comparison is None
    assert "raise max_tokens to go on" in results[-1].failures[0]
    assert sum(result.usage.tokens for result in results) <= 9_000


def test_a_judge_of_its_own_is_asked(model: Model) -> None:
    result = compare_story(story(), llm=model, judge=model.model_copy(update={"name": "j"}))
    assert result.comparison is not None
    assert result.comparison.provenance.judge == "j"


def test_a_model_that_says_no_is_a_failure_of_the_story() -> None:
    with FakeLLM(lambda _: LLMError("no such model")) as llm:
        result = compare_story(story(), llm=llm)
    assert result.comparison is None
    assert len(result.failures) == 1
    assert "no such model" in result.failures[0]


def test_what_fails_within_a_story_stands_beside_the_comparison() -> None:
    asked: list[str] = []

    def answer(prompt: Prompt) -> dict[str, list[object]]:
        asked.append(prompt.name)
        if len(asked) > 1:
            raise LLMError("down for the night")
        return {"claims": []}

    with FakeLLM(answer, settings=LLMSettings(concurrency=1)) as llm:
        result = compare_story(story(), llm=llm)
    assert result.comparison is not None
    assert [failure.split(":")[0] for failure in result.failures] == ["extract, e0001-b"]
    assert "down for the night" in result.failures[0]


def test_articles_that_cannot_be_told_apart_are_a_failure() -> None:
    twice = Story(articles=(Article(id="a", text="One."), Article(id="a", text="Two.")))
    with FakeLLM(lambda _: {"claims": []}) as llm:
        result = compare_story(twice, llm=llm)
    assert result.comparison is None
    assert "'a'" in result.failures[0]


def test_what_would_fail_every_story_is_raised(tmp_path: Path) -> None:
    (tmp_path / "extract.md").write_text("no front matter", encoding="utf-8")
    broken = CompareSettings(prompts=tmp_path)
    with FakeLLM(lambda _: {"claims": []}) as llm:
        with pytest.raises(PromptError):
            compare_story(story(), llm=llm, settings=broken)
        with pytest.raises(RecordingError), replay(tmp_path / "none.json"):
            compare_story(story(), llm=llm)


def test_a_key_that_is_not_there_is_raised(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_KEY")
    keyless = model.model_copy(update={"name": "keyless"})
    with pytest.raises(ClaimCompareError, match="DESK_KEY is not set"):
        compare_story(story(), llm=keyless)


def test_it_can_be_awaited() -> None:
    async def both(llm: FakeLLM) -> list[bool]:
        work = partial(acompare_story, llm=llm)
        results = await asyncio.gather(work(story(1)), work(story(2)))
        return [result.comparison is not None for result in results]

    with FakeLLM(lambda _: {"claims": []}) as llm:
        assert asyncio.run(both(llm)) == [True, True]
