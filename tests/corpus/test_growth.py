"""Which of the stories in a folder are in a larger one."""

import pytest

from claimcompare import Article, Comparison, Provenance, RunUsage
from claimcompare.corpus import StoryResult
from claimcompare.corpus.growth import Growth

MADE = Provenance(claimcompare="1", model="m", endpoint="e", prompts=())


def result(*texts: str, failures: tuple[str, ...] = (), is_whole: bool = True) -> StoryResult:
    """What came of a story with such texts, each with its first letter as its id."""
    articles = tuple(Article(id=text[0], text=text) for text in texts)
    made = Comparison(
        articles=articles, claims=(), disputes=(), ledger=(), usage=RunUsage(), provenance=MADE
    )
    return StoryResult(
        story_id=" ".join(texts),
        articles=tuple(one.id for one in articles),
        comparison=made if is_whole else None,
        failures=failures,
    )


@pytest.mark.parametrize(
    ("larger", "is_outgrown"),
    [
        (result("a1", "b1", "c1"), True),
        (result("b1", "a1", "c1", "d1"), True),
        (result("a1", "c1", "d1"), False),
        # Another text has the same id: of another file, or changed since.
        (result("a1", "b2", "c1"), False),
        (result("a1", "b1", "c1", failures=("no answer",)), False),
        (result("a1", "b1", "c1", failures=("no answer",), is_whole=False), False),
    ],
)
def test_a_story_is_outgrown_by_a_whole_one_with_all_its_articles(
    larger: StoryResult, *, is_outgrown: bool
) -> None:
    smaller = result("a1", "b1")
    for given in ((smaller, larger), (larger, smaller)):
        growth = Growth()
        for one in given:
            growth.add(one)
        assert growth.outgrown() == ({smaller.story_id} if is_outgrown else set())


def test_what_has_no_comparison_is_outgrown_by_its_ids() -> None:
    growth = Growth()
    failed = result("a1", "b1", failures=("no answer",), is_whole=False)
    for one in (failed, result("a2", "b1", "c1")):
        growth.add(one)
    assert growth.outgrown() == {failed.story_id}
