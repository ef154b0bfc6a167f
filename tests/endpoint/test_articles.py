"""Made-up articles hold the disputes that they are made for."""

from itertools import islice, pairwise

import pytest

from claimcompare import LLM, compare
from claimcompare.articles import sentences
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess


def test_articles_are_made_one_by_one_and_the_same_again() -> None:
    endless = articles(10**9, seed=3)
    assert list(islice(endless, 5)) == list(articles(5, seed=3))
    assert list(articles(4, seed=4)) != list(articles(4, seed=3))


def test_articles_come_in_pairs_with_a_content_of_their_own() -> None:
    made = list(articles(200, seed=3))
    assert [one.id for one in made[:3]] == ["e0001-a", "e0001-b", "e0002-a"]
    assert {len(sentences(one)) for one in made} == {3, 4, 5, 6}
    said = [one.text.partition(" said that ")[2].partition(".")[0] for one in made[::2]]
    denied = [one.text.partition(" denied that ")[2].partition(".")[0] for one in made[1::2]]
    assert said == denied
    assert all(said)
    assert len(set(said)) == len(said)
    assert any(character.isdigit() for character in "".join(said))
    assert all(one.publisher != two.publisher for one, two in pairwise(made))


def test_each_event_is_one_dispute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with EndpointProcess() as endpoint:
        llm = LLM("m", base_url=endpoint.url, api_key="sk-MARKED-0123456789")
        result = compare(articles(12, seed=3), llm=llm)
    assert len(result.claims) == 12
    sides = [(pair.support[:7], pair.denial[:7]) for one in result.disputes for pair in one.pairs]
    assert sorted(sides) == [(f"e000{event}-a", f"e000{event}-b") for event in range(1, 7)]
