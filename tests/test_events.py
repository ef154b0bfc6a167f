"""The made-up events, two outlets each: gold is sound, and the recorded runs agree with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcompare import LLM, Comparison, compare, read_articles
from claimcompare.articles import read_text
from claimcompare.llm import recording
from tests.gold import EVENTS, SEEDS, articles_of, best_match

CASSETTES = Path(__file__).parent / "recordings" / "small"


def load(event: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((SEEDS / f"{event}.gold.json").read_bytes())
    return gold


@pytest.fixture(scope="module", params=EVENTS)
def event(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def comparison(event: str) -> Comparison:
    with recording.replay(CASSETTES / f"{event}_local.yaml"):
        return compare(read_articles(articles_of(event)), llm=LLM("local"))


@pytest.mark.parametrize("name", [*EVENTS, "000_10a0c6ca26f9f437"])
def test_gold_is_sound(name: str) -> None:
    gold = load(name)
    texts = {one["id"]: read_text(SEEDS / one["path"]) for one in gold["articles"]}
    claims = {one["id"]: one for one in gold["claims"]}
    assert len(claims) == len(gold["claims"])
    for claim in claims.values():
        text = texts[claim["article_id"]]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in claim["evidence"])
        assert claim["speaker"] is None or claim["speaker"] in " ".join(text.split())
    for dispute in gold["disputes"]:
        stances = {one["stance"] for one in dispute["assertions"]}
        assert {"support", "denial"} <= stances
        assert all(one["claim_id"] in claims for one in dispute["assertions"])


def test_articles_have_150_to_400_words(event: str) -> None:
    lengths = [len(path.read_text(encoding="utf-8").split()) for path in articles_of(event)]
    assert len(lengths) == len(("one outlet", "the other"))
    assert all(150 <= length <= 400 for length in lengths)


def test_the_main_gold_dispute_is_found_with_the_right_sides(
    event: str, comparison: Comparison
) -> None:
    gold = load(event)
    sides = best_match(gold, gold["disputes"][0], comparison)
    assert sides.holds, sides


def test_evidence_and_speakers_are_the_articles(comparison: Comparison) -> None:
    texts = {article.id: article.text for article in comparison.articles}
    for claim in comparison.claims:
        text = texts[claim.article_id]
        assert all(text[span.start : span.end] == span.text for span in claim.evidence)
        assert claim.speaker is None or claim.speaker in " ".join(text.split())
