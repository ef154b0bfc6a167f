"""One comparison of the seed on the local model: seconds and tokens, whole and by stage.

Run it with `make bench`; RUNS=5 repeats it.
"""

import os
import statistics
import time
from pathlib import Path

from claimcompare import LLM, Comparison, LLMSettings, compare, read_articles
from claimcompare.schema import Prompt, StageName
from tests.seed_bar import problems

SEED = Path(__file__).parents[2] / "seeds" / "000_10a0c6ca26f9f437.txt"
STAGES: tuple[StageName, ...] = ("extract", "speakers", "pair", "classify")


def timed(llm: LLM) -> tuple[dict[str, float], Comparison]:
    """The seconds at which each stage ended, and the comparison."""
    ends: dict[str, float] = {}
    start = time.perf_counter()

    def note(stage: StageName, _done: int, _total: int) -> None:
        ends[stage] = time.perf_counter() - start

    return ends, compare(read_articles(SEED), llm=llm, progress=note)


def main() -> None:
    llm = LLM("local", settings=LLMSettings(cache=False))
    start = time.perf_counter()
    llm.choose(Prompt(name="load", version="0", system="", user="Hi", sha256=""), ("yes", "no"))
    print(f"model loaded in {time.perf_counter() - start:.1f} s")
    runs = [timed(llm) for _ in range(int(os.environ.get("RUNS", "1")))]
    for _, comparison in runs:
        print("; ".join(problems(comparison)) or "the comparison clears the bar")
    results = [(comparison.claims, comparison.disputes) for _, comparison in runs]
    same = all(result == results[0] for result in results)
    print(f"{len(runs)} comparisons, {'all the same' if same else 'not all the same'}")
    before = 0.0
    total = statistics.median(max(ends.values()) for ends, _ in runs)
    for stage in STAGES:
        # A stage that asks nothing has no end of its own.
        end = max(before, statistics.median(ends.get(stage, 0.0) for ends, _ in runs))
        usage = getattr(runs[-1][1].usage, stage)
        print(
            f"{stage:9} {end - before:6.1f} s {(end - before) / total:5.0%}  {usage.calls:3} calls"
            f" {usage.prompt_tokens:6} prompt ({usage.cached_tokens} cached)"
            f" {usage.completion_tokens:5} completion tokens"
        )
        before = end
    print(f"{'whole':9} {total:6.1f} s, median of {len(runs)}")


if __name__ == "__main__":
    main()
