"""Many stories at once: in this process, and in several."""

import asyncio
import multiprocessing
import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from claimcompare import (
    BudgetExceeded,
    ClaimCompareError,
    CompareSettings,
    LLMError,
    LLMSettings,
    PromptError,
)
from claimcompare.corpus import Model, Story, StoryResult, compare_stories, desk
from claimcompare.errors import ArticleError
from claimcompare.schema import Comparison
from tests.corpus.in_line import InLine
from tests.corpus.stories import stories
from tests.endpoint.process import EndpointProcess

SETTINGS = LLMSettings(cache=False, max_wait=0.0)
NOWHERE = Model(name="m", base_url="http://127.0.0.1:9/v1", settings=SETTINGS)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-desk")


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with EndpointProcess() as server:
        yield Model(name="m", base_url=server.url, settings=SETTINGS)


class Comparer:
    """Stands in for `acompare_story`: what it does is told by the number of the story."""

    def __init__(self, comparison: Comparison | None = None) -> None:
        self.begun: list[str] = []
        self.most = 0
        self._under_way = 0
        self.slow: set[str] = set()
        self.failing = False
        # Nobody goes on before so many are there, or for ten seconds.
        self.together = 1
        self.go_on = threading.Event()
        self._comparison = comparison

    async def __call__(self, story: Story, **_: Any) -> StoryResult:
        self.begun.append(story.id)
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        for _waited in range(10_000):
            await asyncio.sleep(0.001)
            if self.most >= self.together:
                break
        while story.id in self.slow and not self.go_on.is_set():  # noqa: ASYNC110 - of a test's thread
            await asyncio.sleep(0.001)
        self._under_way -= 1
        ids = tuple(article.id for article in story.articles)
        failures = ("down",) if self.failing else ()
        done = None if self.failing else self._comparison
        return StoryResult(story_id=story.id, articles=ids, comparison=done, failures=failures)


@pytest.fixture
def comparer(model: Model, monkeypatch: pytest.MonkeyPatch) -> Comparer:
    (result,) = compare_stories(stories(1), llm=model)
    comparer = Comparer(result.comparison)
    monkeypatch.setattr(desk, "acompare_story", comparer)
    return comparer


def test_each_story_is_compared_once_in_one_process_as_in_two(model: Model) -> None:
    given = list(stories(8))
    alone = {one.story_id: one for one in compare_stories(given, llm=model)}
    both = list(compare_stories(iter(given), llm=model, workers=2))
    assert sorted(one.story_id for one in both) == sorted(story.id for story in given)
    for one in both:
        assert one.failures == ()
        assert one.comparison is not None
        known = alone[one.story_id].comparison
        assert known is not None
        assert one.comparison.disputes == known.disputes


def test_no_story_is_none(model: Model) -> None:
    assert list(compare_stories([], llm=model)) == []


def test_a_slow_story_holds_up_no_other(comparer: Comparer) -> None:
    given = list(stories(300))
    comparer.slow = {given[0].id}
    found = compare_stories(given, llm=NOWHERE)
    others = {result.story_id for result in islice(found, 299)}
    assert given[0].id not in others
    comparer.go_on.set()
    assert [result.story_id for result in found] == [given[0].id]


def test_what_was_begun_first_has_its_turn_first(monkeypatch: pytest.MonkeyPatch) -> None:
    in_line = InLine(4)
    monkeypatch.setattr(desk, "acompare_story", in_line)
    assert len(list(compare_stories(stories(4), llm=NOWHERE))) == 4
    assert in_line.turns == in_line.begun == [story.id for story in stories(4)]


def test_a_few_hundred_articles_are_held_at_a_time(comparer: Comparer) -> None:
    drawn, done, held = 0, 0, []

    def source() -> Iterator[Story]:
        nonlocal drawn
        for story in stories(600):
            drawn += 1
            held.append(2 * (drawn - done))
            yield story

    comparer.together = 40
    for _ in compare_stories(source(), llm=NOWHERE):
        done += 1
    assert (drawn, done) == (600, 600)
    assert comparer.most >= 40
    # Those at the desk, those that lie ready, and those that are being drawn.
    assert max(held) <= 256 + 2 * 66


def test_a_budget_that_is_spent_ends_the_drawing_and_is_told(model: Model) -> None:
    poor = model.model_copy(update={"settings": SETTINGS.model_copy(update={"max_tokens": 50_000})})
    done: list[StoryResult] = []
    with pytest.raises(BudgetExceeded, match="raise max_tokens to go on") as caught:
        done.extend(compare_stories(stories(), llm=poor))
    assert sum(one.usage.tokens for one in done) <= 50_000
    assert caught.value.limit == 50_000
    whole = [one for one in done if not one.failures]
    assert len(whole) > 2
    # Only what was under way then is without an answer.
    assert len(done) - len(whole) < 200


def test_a_budget_for_no_call_at_all_is_no_endpoint_that_is_away() -> None:
    nothing = SETTINGS.model_copy(update={"max_tokens": 1})
    # So many are begun at once.
    alone = (Story(articles=one.articles[:1]) for one in stories(30))
    with pytest.raises(BudgetExceeded):
        list(compare_stories(alone, llm=NOWHERE.model_copy(update={"settings": nothing})))


def test_where_nothing_is_answered_the_run_is_given_up(comparer: Comparer) -> None:
    comparer.failing = True
    found = compare_stories(stories(), llm=NOWHERE)
    with pytest.raises(LLMError, match=r"none of the first \d+ stories is answered: down"):
        list(found)
    assert len(comparer.begun) < 400


def test_a_few_stories_without_an_answer_are_told_of_as_such(comparer: Comparer) -> None:
    comparer.failing = True
    assert [one.failures for one in compare_stories(stories(3), llm=NOWHERE)] == [("down",)] * 3


@pytest.mark.parametrize("workers", [1, 2])
def test_what_would_fail_every_story_is_raised(tmp_path: Any, workers: int, model: Model) -> None:
    (tmp_path / "extract.md").write_text("no front matter", encoding="utf-8")
    broken = CompareSettings(prompts=tmp_path)
    with pytest.raises(PromptError) as caught:
        list(compare_stories(stories(3), llm=model, settings=broken, workers=workers))
    assert caught.value.name == "extract"


def test_what_the_source_raises_comes_out(comparer: Comparer) -> None:  # noqa: ARG001 - a stand-in
    def source() -> Iterator[Story]:
        yield from stories(2)
        raise ArticleError("news.jsonl: line 3 is cut off")

    with pytest.raises(ArticleError, match="line 3"):
        list(compare_stories(source(), llm=NOWHERE))


def test_whoever_stops_early_leaves_nothing_behind(comparer: Comparer) -> None:
    given = list(stories(20))
    comparer.slow = {story.id for story in given[1:]}
    before = threading.active_count()
    found = compare_stories(given, llm=NOWHERE)
    next(found)
    found.close()
    assert threading.active_count() <= before + 1


def test_a_worker_that_is_killed_is_told_and_no_other_is_left(model: Model) -> None:
    found = compare_stories(stories(), llm=model, workers=2)
    next(found)
    worker = multiprocessing.active_children()[0]
    worker.kill()
    with pytest.raises(ClaimCompareError, match=r"a worker ended before .* goes on from there"):
        list(found)
    assert multiprocessing.active_children() == []


def test_the_embedded_model_has_one_worker() -> None:
    with pytest.raises(ClaimCompareError, match="use one worker"):
        compare_stories([], llm=Model(name="local"), workers=2)
    with pytest.raises(ValueError, match="at least"):
        compare_stories([], llm=NOWHERE, workers=0)


def test_what_no_process_can_be_sent_is_told() -> None:
    own = CompareSettings(parts=lambda *_: None)
    with pytest.raises(ClaimCompareError, match="functions of a module"):
        list(compare_stories(stories(1), llm=NOWHERE, settings=own, workers=2))
