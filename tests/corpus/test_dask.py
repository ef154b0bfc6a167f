"""A user of Dask needs nothing but the function."""

import pytest

from claimcompare import LLMSettings
from claimcompare.corpus import Model, compare_story
from tests.corpus.stories import stories
from tests.endpoint.process import EndpointProcess


def test_a_bag_of_stories_is_compared_in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    import dask.bag

    monkeypatch.setenv("DESK_KEY", "sk-desk")
    with EndpointProcess() as endpoint:
        llm = Model(
            name="m", base_url=endpoint.url, key_env="DESK_KEY", settings=LLMSettings(cache=False)
        )
        bag = dask.bag.from_sequence(stories(4), npartitions=2).map(compare_story, llm=llm)
        results = bag.compute(scheduler="processes", num_workers=2)
    assert [one.story_id for one in results] == [story.id for story in stories(4)]
    assert [one.failures for one in results] == [()] * 4
