"""What one line of many characters takes, by the command: `python -m tests.benchmarks.long_text`.

Tells seconds by the clock, seconds of the processor and the peak of memory for a dry run and for an
extraction from the fake endpoint, each a process of its own.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.endpoint.process import EndpointProcess

NAMES = ("Ines Vale", "Tom Beck", "Una Marsh", "Rolf Aster", "Mira Quill")
THINGS = ("the dam at Corrow", "the bridge", "the north quay", "the mill", "the council house")
_MB = 1024


def line(characters: int) -> str:
    """Sentences that are each a claim."""
    chosen = random.Random(5)  # noqa: S311 - no secret
    said, size = list[str](), 0
    while size < characters:
        who, what = chosen.choice(NAMES), chosen.choice(THINGS)
        cost, year = chosen.randint(2, 900), chosen.randint(1990, 2040)
        said.append(f"{who} said that {what} will cost {cost} million crowns in {year}.")
        size += len(said[-1]) + 1
    return " ".join(said)[:characters]


def tell(name: str, *command: str) -> None:
    """Run claimcompare; print what that took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = [sys.executable, "-P", "-m", "claimcompare", "extract", *command, "-m", "gpt-5-mini"]
    subprocess.run(done, check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / _MB
    print(f"{name}: {seconds:.1f} s, {used:.1f} s of processor, {peak:.0f} MB at most so far")


def main() -> None:
    """Measure each length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("characters", type=int, nargs="*", default=[100_000, 1_000_000])
    given = parser.parse_args()
    os.environ |= {"OPENAI_API_KEY": "sk-benchmark"}
    with EndpointProcess() as server, tempfile.TemporaryDirectory() as folder:
        os.environ["CLAIMCOMPARE_CACHE"] = str(Path(folder) / "cache")
        for characters in given.characters:
            path = Path(folder) / f"{characters}.txt"
            path.write_text(line(characters), encoding="utf-8")
            tell(f"{characters:,} characters, dry run", str(path), "--dry-run")
            out = str(path.with_suffix(".json"))
            tell(f"{characters:,} characters", str(path), "--base-url", server.url, "-o", out)


if __name__ == "__main__":
    main()
