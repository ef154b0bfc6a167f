"""A large model's recorded answers for our own stories (November 2026, through a relay)."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import claimcompare
from claimcompare import LLM, Article, Comparison, LLMSettings, compare, update
from claimcompare.evaluation.adapters.events import read_events
from claimcompare.evaluation.adapters.rows import Placed
from claimcompare.evaluation.gold import ComparisonItem
from claimcompare.evaluation.metrics import comparison_outcome
from claimcompare.llm import recording

RECORDING = Path("tests/recordings/large")
SHOWN = Path("tests/recordings/stand-collapse.json")
SEEDS = Path("seeds")
STORY = SEEDS / "002_stand-collapse.gold.json"
URL = "http://127.0.0.1:8765/v1"
ARGUMENTS = ("eval", "compare", "--data", "seeds", "-m", "large", "--no-cache", "-f", "json")


def evaluated(out: Path, folder: str | None = None) -> dict[str, float]:
    """The figures of a replayed evaluation, with the package of that folder."""
    command = (
        *(sys.executable, "-m", "claimcompare", *ARGUMENTS),
        *("--base-url", URL, "--replay", RECORDING, "-o", out),
    )
    environment = (
        os.environ | {"OPENAI_API_KEY": "none"} | ({"PYTHONPATH": folder} if folder else {})
    )
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]["figures"]
    return {name: figure["value"] for name, figure in figures.items()}


def articles() -> Iterator[Article]:
    """Those of one story, with their outlets and days."""
    for placed in read_events([STORY]):
        assert isinstance(placed, Placed)
        yield from placed.item.articles


def test_disputes_and_sides_are_those_that_were_measured(tmp_path: Path) -> None:
    found = evaluated(tmp_path / "found.json")
    assert found["dispute_precision"] >= 0.87
    assert found["dispute_f1"] >= 0.8
    assert found["stance_accuracy"] >= 0.91
    assert found["claim_f1"] >= 0.89


def test_the_comparison_that_is_shown_is_the_recorded_one() -> None:
    llm = LLM("large", base_url=URL, api_key="none", settings=LLMSettings(cache=False))
    with recording.replay(RECORDING):
        made = compare(articles(), llm=llm)
    assert made == Comparison.model_validate_json(SHOWN.read_bytes())


def updated(story: Path) -> tuple[ComparisonItem, Comparison]:
    """A story of which one article is compared first, and the other comes later."""
    (placed,) = read_events([story])
    assert isinstance(placed, Placed)
    llm = LLM("large", base_url=URL, api_key="none", settings=LLMSettings(cache=False))
    with recording.replay(RECORDING):
        first, *later = placed.item.articles
        return placed.item, update(compare([first], llm=llm), later, llm=llm)


def test_updates_find_the_disputes_that_comparisons_find() -> None:
    found = [comparison_outcome(*updated(story)) for story in sorted(SEEDS.glob("*.gold.json"))]
    assert sum(one.disputes.right for one in found) == 14
    assert sum(one.disputes.wrong for one in found) == 2
    assert sum(one.disputes.missed for one in found) == 5
    assert sum(one.stances_right for one in found) >= 81
    assert sum(one.stances_asked for one in found) == 89


def test_an_update_moves_whoever_took_it_back_and_not_whom_they_quoted() -> None:
    _, made = updated(SEEDS / "003_dry-dock.gold.json")
    assert made.changes is not None
    names = {one.id: one.name for one in made.speakers}
    moved = (*made.changes.reversed, *made.changes.withdrawn)
    assert {names[one.speaker_id or ""] for one in moved} == {"Odrun Felk"}


@pytest.mark.parametrize("room", ["small"])
def test_models_that_read_do_without_the_room_of_small_ones(tmp_path: Path, room: str) -> None:
    package = Path(claimcompare.__file__).parent
    copy = tmp_path / "claimcompare"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "prompts", tmp_path / "prompts")
    shutil.rmtree(copy / room)
    shutil.rmtree(tmp_path / "prompts" / room)
    assert evaluated(tmp_path / "found.json", str(tmp_path))["dispute_f1"] >= 0.8
