"""The whole way, on the recorded run of the seed."""

import re
from pathlib import Path

import pytest

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    CompareSettings,
    Comparison,
    RecordingError,
    compare,
    read_articles,
)
from claimcompare.articles import sentences
from claimcompare.llm import recording
from claimcompare.small.chunks import chunks
from tests.seed_bar import problems

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_10a0c6ca26f9f437.txt"
CASSETTE = ROOT / "tests" / "recordings" / "small" / "seed_local.yaml"
EXPECTED = ROOT / "tests" / "recordings" / "small" / "seed_local.json"
SENTENCES = re.compile(r"sentences? (\d+)(?: to (\d+))?")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    with recording.replay(CASSETTE):
        return compare(read_articles(SEED), llm=LLM("local"))


def test_the_replayed_run_is_the_recorded_one(comparison: Comparison) -> None:
    assert comparison == Comparison.model_validate_json(EXPECTED.read_bytes())


def test_the_seed_clears_the_bar(comparison: Comparison) -> None:
    assert problems(comparison) == []


def test_the_bar_fails_where_sides_are_swapped(comparison: Comparison) -> None:
    swapped = comparison.model_dump_json().replace('"stance":"support"', '"stance":"?"')
    swapped = swapped.replace('"stance":"denial"', '"stance":"support"')
    swapped = swapped.replace('"stance":"?"', '"stance":"denial"')
    assert len(problems(Comparison.model_validate_json(swapped))) >= len(("Russia", "Ukraine"))


def test_every_sentence_has_a_row(comparison: Comparison) -> None:
    rows = [row.item for row in comparison.ledger if row.stage == "extract"]
    stretches = [SENTENCES.fullmatch(item) for item in rows]
    covered = {
        number
        for found in stretches
        if found
        for number in range(int(found[1]), int(found[2] or found[1]) + 1)
    }
    assert covered == {sentence.number for sentence in sentences(comparison.articles[0])}


def test_every_placed_claim_has_a_row_with_its_outcome(comparison: Comparison) -> None:
    rows = [row for row in comparison.ledger if row.stage == "classify"]
    for dispute in comparison.disputes:
        for assertion in dispute.assertions:
            outcome = "kept" if assertion.stance else "abstained"
            assert any(
                row.item == assertion.claim_id
                and row.outcome == outcome
                and dispute.proposition in row.reason
                for row in rows
            )


def test_opposing_pairs_join_the_two_sides(comparison: Comparison) -> None:
    for dispute in comparison.disputes:
        stances = {one.claim_id: one.stance for one in dispute.assertions}
        assert all(stances[pair.support] == "support" for pair in dispute.pairs)
        assert all(stances[pair.denial] == "denial" for pair in dispute.pairs)


def test_usage_and_prompts_of_the_run_are_in_the_result(comparison: Comparison) -> None:
    filled = [digest for use in comparison.provenance.prompts for digest in use.filled]
    assert comparison.usage.total.calls == len(filled)
    parts = [part.asked() for part in chunks(comparison.articles[0], CompareSettings())]
    assert comparison.usage.extract.calls == sum(map(bool, parts)) > 0
    assert {use.name for use in comparison.provenance.prompts} <= {
        "small/extract",
        "small/pair",
        "small/classify",
    }


def test_another_article_is_not_in_the_recording() -> None:
    other = Article(id="other", text="The harbour of Lund was closed on Monday, its master said.")
    with recording.replay(CASSETTE), pytest.raises(RecordingError) as caught:
        compare([other], llm=LLM("local"))
    assert caught.value.prompt == "small/extract"


def test_two_articles_with_one_id_are_refused() -> None:
    one = Article(id="same", text="Some words.")
    with pytest.raises(ArticleError, match="same"):
        compare([one, one], llm=LLM("local"))


def test_no_articles_are_refused() -> None:
    with pytest.raises(ArticleError, match="no articles"):
        compare([], llm=LLM("local"))
