"""What is refused before Ray is there, and what an actor does, in this process."""

import sys

import pyarrow as pa
import pytest

from claimcompare import LLMSettings
from claimcompare.corpus import Model, on_ray
from claimcompare.corpus.on_ray import _Actor, compare_on_ray
from claimcompare.errors import LLMError
from tests.corpus.in_line import InLine
from tests.corpus.stories import stories

NOBODY = Model(
    name="m",
    base_url="http://127.0.0.1:9/v1",
    key_env="DESK_KEY",
    settings=LLMSettings(attempts=1, cache=False),
)


def batch(many: int) -> pa.Table:
    return pa.table({"story": [story.to_json() for story in stories(many)]})


def test_without_ray_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'claimcompare\[ray\]'"):
        compare_on_ray([], llm=Model(name="m"), workers=2)


def test_nobody_does_no_work() -> None:
    with pytest.raises(ValueError, match="0 workers"):
        compare_on_ray([], llm=Model(name="m"), workers=0)


def test_an_actor_gives_up_where_nothing_is_ever_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-desk")
    actor = _Actor(NOBODY, None, None)
    assert len(actor(batch(19))) == 19
    with pytest.raises(LLMError, match="none of the first 20 stories is answered"):
        actor(batch(1))


def test_an_actor_without_a_budget_fails_each_story_and_does_not_give_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-desk")
    nothing = NOBODY.settings.model_copy(update={"max_tokens": 1})
    actor = _Actor(NOBODY.model_copy(update={"settings": nothing}), None, None)
    assert len(actor(batch(21))) == 21


def test_an_actor_gives_the_first_turns_to_what_was_begun_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-desk")
    in_line = InLine(4)
    monkeypatch.setattr(on_ray, "acompare_story", in_line)
    assert len(_Actor(NOBODY, None, None)(batch(4))) == 4
    assert in_line.turns == in_line.begun
