"""What a story is known by, and what a model's processes share."""

import json
import pickle

import pytest

from claimcompare import Article, ClaimCompareError, LLMSettings
from claimcompare.corpus import Model, Story

HARL = Article(id="a", text="The Harl bridge is safe, Ann Roe said.")
OTHER = Article(id="b", text="Nobody asked us, the ferrymen said.")


def test_the_same_articles_are_the_same_story_in_whatever_order() -> None:
    assert Story(articles=(HARL, OTHER)).id == Story(articles=(OTHER, HARL), continues="x").id


def test_a_story_comes_back_from_json_with_half_a_character() -> None:
    story = Story(articles=(HARL, OTHER.model_copy(update={"title": "half \ud800"})), continues="x")
    assert Story.from_json(story.to_json()) == story


def test_what_json_says_beside_the_articles_follows_from_them() -> None:
    told = {"id": "0", "since": "2026-11-01", "until": None, "articles": [HARL.model_dump()]}
    assert Story.from_json(json.dumps(told)).id == Story(articles=(HARL,)).id


def test_what_else_is_no_story() -> None:
    for told in ('{"articles": [], "more": 1}', "[]", "1", "{"):
        with pytest.raises(ValueError, match=r"."):
            Story.from_json(told)


@pytest.mark.parametrize(
    "changed",
    [{"id": "c"}, {"text": "The Harl bridge is safe, Ann Roe said. "}],
    ids=["id", "text"],
)
def test_another_article_or_text_is_another_story(changed: dict[str, str]) -> None:
    other = HARL.model_copy(update=changed)
    assert Story(articles=(HARL,)).id != Story(articles=(other,)).id


def test_a_budget_and_limits_are_shared_out() -> None:
    whole = LLMSettings(
        max_cost=3, max_tokens=900, requests_per_minute=60, tokens_per_minute=6000, concurrency=16
    )
    part = Model(name="m", settings=whole).shared_by(3).settings
    assert (part.max_cost, part.max_tokens, part.requests_per_minute) == (1.0, 300, 20)
    assert (part.tokens_per_minute, part.concurrency) == (2000, 5)


def test_no_share_is_nothing_and_what_is_not_limited_stays_so() -> None:
    part = Model(name="m", settings=LLMSettings(concurrency=2)).shared_by(5).settings
    assert part == LLMSettings(concurrency=1)


def test_a_model_holds_the_name_of_its_key_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-very-secret")
    model = Model(name="m", base_url="http://127.0.0.1:9/v1", key_env="DESK_KEY")
    assert b"sk-very-secret" not in pickle.dumps(model)
    with pickle.loads(pickle.dumps(model)).opened() as llm:  # noqa: S301 - made above
        assert llm.model == "m"


def test_a_key_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_KEY", raising=False)
    with pytest.raises(ClaimCompareError, match="DESK_KEY is not set"):
        Model(name="m", key_env="DESK_KEY").opened()
