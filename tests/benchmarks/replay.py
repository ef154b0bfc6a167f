"""How long an evaluation takes that is replayed: 500 recorded items of 10 kB.

`python -m tests.benchmarks.replay` records against the fake endpoint of the tests, then replays.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from claimcompare import LLM, LLMSettings
from claimcompare.evaluation import Evaluation, evaluate
from claimcompare.llm.recording import record, replay
from tests.endpoint.process import EndpointProcess

ITEMS = 500
LENGTH = 10_000
ROUNDS = 5
SENTENCE = "The harbour office says that the quay is dry. "


def written(folder: Path) -> Path:
    """The data: long claims about short propositions, five to a document."""
    data = folder / "long.jsonl"
    with data.open("w", encoding="utf-8") as file:
        for number in range(ITEMS):
            claim = (f"{number}: " + SENTENCE * LENGTH)[:LENGTH]
            row = {"proposition": f"Quay {number} is dry.", "claim": claim, "stance": "support"}
            file.write(json.dumps({**row, "document": str(number // 5)}) + "\n")
    return data


def replayed(data: Path, tape: Path) -> tuple[float, Evaluation]:
    """The seconds that a replay takes, and what it gives."""
    start = time.perf_counter()
    with LLM("fake", base_url="http://127.0.0.1:9/v1") as llm, replay(tape):
        made = evaluate("stance", data, llm=llm)
    return time.perf_counter() - start, made


def main() -> None:
    """Print the median time of a replay, and the size of the recording."""
    with tempfile.TemporaryDirectory() as name, EndpointProcess() as endpoint:
        data, tape = written(Path(name)), Path(name) / "recordings"
        settings = LLMSettings(cache=False)
        llm = LLM("fake", base_url=endpoint.url, api_key="none", settings=settings)
        with llm, record(tape):
            evaluate("stance", data, llm=llm)
        rounds = [replayed(data, tape) for _ in range(ROUNDS)]
        assert len({made.model_dump_json() for _, made in rounds}) == 1
        size = sum(path.stat().st_size for path in tape.rglob("*.jsonl"))
    times = [seconds for seconds, _ in rounds]
    print(
        f"{ITEMS} items of {LENGTH:,} characters: {statistics.median(times):.2f} s "
        f"({min(times):.2f} to {max(times):.2f}), {size / ITEMS * 100 / 1_000:.0f} kB per 100 items"
    )


if __name__ == "__main__":
    main()
