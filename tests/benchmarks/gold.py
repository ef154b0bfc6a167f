"""How the recorded runs of the local model stand to the gold comparisons in seeds/.

Run it with `.venv/bin/python -m tests.benchmarks.gold`; it replays and calls no model.
"""

import json
from pathlib import Path

from claimcompare import LLM, Article, compare
from claimcompare.llm import recording
from tests.gold import EVENTS, SEEDS, articles_of, best_match

CASSETTES = Path(__file__).parents[1] / "cassettes"
RUNS = {
    "000_10a0c6ca26f9f437": "seed_local.yaml",
    **{event: f"{event}_local.yaml" for event in EVENTS},
}


def main() -> None:
    """Print a line for each gold dispute, and the sums."""
    found = disputes = right = wrong = 0
    for event, cassette in RUNS.items():
        paths = articles_of(event) or [SEEDS / f"{event}.txt"]
        with recording.replay(CASSETTES / cassette):
            comparison = compare([Article.from_path(path) for path in paths], llm=LLM("local"))
        gold = json.loads((SEEDS / f"{event}.gold.json").read_bytes())
        for dispute in gold["disputes"]:
            sides = best_match(gold, dispute, comparison)
            disputes, found = disputes + 1, found + sides.holds
            if sides.holds:
                right, wrong = right + len(sides.right), wrong + len(sides.wrong)
            print(
                f"{event[:20]:20} {'found ' if sides.holds else 'missed'}"
                f" {len(sides.right):2} right {len(sides.wrong):2} wrong  {dispute['proposition']}"
            )
    print(f"{found} of {disputes} gold disputes found; in these {right} right, {wrong} wrong sides")


if __name__ == "__main__":
    main()
