"""Articles end to end on a Ray cluster of two workers: how near to what the endpoint allows.

`python -m tests.benchmarks.corpus_ray [--articles 10000]` against the fake endpoint of the tests,
which answers any number of requests, each after the same time.
"""

import json
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from claimcompare import LLMSettings
from claimcompare.corpus import Model
from tests.benchmarks.corpus_run import PER_STORY, stories, tell
from tests.benchmarks.overhead import LATENCY_MS
from tests.corpus.ray_apart import ran_apart
from tests.endpoint.process import EndpointProcess

WORKERS = 2
_PATIENCE = 3_600
# Calls until both actors have read in what they need.
_WARM = 200


def main() -> None:
    """Measure, or be the process of the cluster's driver."""
    parser = ArgumentParser()
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=WORKERS, help="of all workers")
    parser.add_argument("--latency-ms", type=float, default=LATENCY_MS)
    parser.add_argument("--driver", nargs=2, metavar=("URL", "CACHE"))
    given = parser.parse_args()
    if given.driver:
        sys.stdout.write(json.dumps(_driven(given)))
    else:
        _measure(given)


def _driven(given: Namespace) -> dict[str, Any]:
    """When the cluster was up and when the last row came; how many did, and how many failed."""
    from claimcompare.corpus.on_ray import compare_on_ray
    from tests.corpus.ray_nodes import cluster

    url, cache = given.driver
    settings = LLMSettings(concurrency=given.concurrency, cache_folder=Path(cache))
    llm = Model(name="m", base_url=url, key_env="DESK_KEY", settings=settings)
    rows = failed = 0
    with cluster():
        up = time.time()
        made = compare_on_ray(stories(given.articles, PER_STORY), llm=llm, workers=WORKERS)
        for row in made.iter_rows():
            rows, failed = rows + 1, failed + bool(row["failures"])
        return {"up": up, "end": time.time(), "rows": rows, "failed": failed}


def _measure(given: Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        options = ("--articles", given.articles, "--concurrency", given.concurrency)
        with EndpointProcess(log, latency_ms=given.latency_ms) as endpoint:
            driver = (*options, "--driver", endpoint.url, folder)
            begin = time.time()
            told = ran_apart(__spec__.name, *map(str, driver), seconds=_PATIENCE)
            asked = endpoint.log()
    begun = sorted(entry.at for entry in asked)
    print(f"{given.articles:,} articles, {told['rows']:,} rows, {told['failed']} of them failed")
    print(
        f"start: cluster {told['up'] - begin:.1f} s, first request {begun[0] - told['up']:.1f} s on"
    )
    for skipped in (0, _WARM):
        seconds, calls = told["end"] - begun[skipped], len(begun) - skipped
        tell(f"after {skipped} calls", calls, seconds, given)


if __name__ == "__main__":
    main()
