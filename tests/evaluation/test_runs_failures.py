"""Runs of which much fails, and what is left of them."""

import asyncio
from pathlib import Path

import pytest

from claimcompare.errors import ClaimCompareError, LLMError
from claimcompare.evaluation import aevaluate, evaluate
from tests.evaluation.making import (
    FEW,
    article_row,
    measured,
    put_event,
    put_rows,
    reading,
    serving,
    small,
    stance_row,
)
from tests.evaluation.model import Model
from tests.llm.server import says

REFUSING = says(None, refusal="I cannot.")


def articles(folder: Path, count: int = 25) -> Path:
    rows = [
        article_row(f"a{at}", (f"Ada Holm said the bridge number {at} is safe.", "Ada Holm"))
        for at in range(count)
    ]
    return put_rows(folder / "gold.jsonl", rows)


def without_first(count: int) -> Model:
    """No answer about so many articles."""
    return Model(down=[f"number {at} " for at in range(count)])


def test_articles_without_an_answer_count_as_failed_beside_others(tmp_path: Path) -> None:
    found = measured("attribution", articles(tmp_path), without_first(19))
    assert (found.figures.failed, found.figures.items) == (19, 25)
    assert [one.status for one in found.outcomes] == ["failed"] * 19 + ["answered"] * 6


def test_twenty_articles_without_an_answer_end_the_run(tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="out of order"):
        measured("attribution", articles(tmp_path), without_first(20))


def test_a_refusal_fails_its_item_and_counts_what_it_cost(tmp_path: Path) -> None:
    data, model = small("stance", tmp_path)
    with serving(lambda seen: REFUSING if "of s4" in seen.user else model(seen)) as llm:
        found = evaluate("stance", data, llm=llm, settings=FEW)
    assert "I cannot." in (found.outcomes[3].reason or "")
    assert (found.outcomes[3].status, found.usage.calls) == ("failed", 4)


def test_what_an_evaluation_without_any_answer_has_cost_is_told(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [stance_row("s1", "support")])
    with serving(lambda _: REFUSING) as llm:
        found = evaluate("stance", data, llm=llm, settings=FEW)
    assert (found.usage.calls, found.figures.failed) == (1, 1)


def test_an_evaluation_whose_every_item_was_answered_in_part_has_figures(tmp_path: Path) -> None:
    data = put_event(tmp_path, "north")
    found = measured("compare", data, reading("north", down=["] Ben Ives: Nobody calls"]))
    assert found.figures.figures["claim_f1"].value == 1
    assert found.figures.failed == 1


def test_a_task_of_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises((ClaimCompareError, ValueError)):
        measured("stances", small("stance", tmp_path)[0], Model())  # type: ignore[arg-type]


def test_an_evaluation_can_be_awaited(tmp_path: Path) -> None:
    data, model = small("pairs", tmp_path)

    with serving(model) as llm:

        async def awaited() -> object:
            try:
                return await aevaluate("pairs", data, llm=llm, settings=FEW)
            finally:
                await llm.aclose()

        assert asyncio.run(awaited()) == evaluate("pairs", data, llm=llm, settings=FEW)


def test_articles_of_two_events_may_have_the_same_ids(tmp_path: Path) -> None:
    for event in ("north", "south"):
        gold = put_event(tmp_path, event)
        words = gold.read_text(encoding="utf-8")
        for name in ("id", "article_id", "claim_id"):
            words = words.replace(f'"{name}": "{event}-', f'"{name}": "')
        gold.write_text(words, encoding="utf-8")
    found = measured("attribution", tmp_path, reading("north", "south"))
    assert (found.figures.items, found.data.bad_rows) == (4, ())
