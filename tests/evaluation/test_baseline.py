"""The gate: prompts and stages must do as well on our own gold as they did when it was recorded.

After a change to a prompt `make baseline` asks the embedded model what is missing; what it prints
and the new files in `baseline/` are for whoever reviews the change.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "baseline"
TASKS = ("attribution", "stance", "pairs", "compare")
LIMITS = {"pairs": ["--limit", "200"]}


def judged(task: str, baseline: Path) -> "subprocess.CompletedProcess[str]":
    command: list[str | Path] = [sys.executable, "-m", "claimcompare", "eval", task]
    command += ["--data", ROOT / "seeds"]
    command += LIMITS.get(task, [])
    command += ["--replay", HERE / "recordings", "--baseline", baseline, "-f", "json"]
    environment = {**os.environ, "CLAIMCOMPARE_MODEL": "local"}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )


@pytest.mark.parametrize("task", TASKS)
def test_the_embedded_model_does_as_well_as_before(task: str) -> None:
    done = judged(task, HERE / f"{task}.json")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("task", TASKS)
def test_the_gate_closes_on_a_drop(task: str, tmp_path: Path) -> None:
    baseline = json.loads((HERE / f"{task}.json").read_bytes())
    figures = baseline["figures"]
    headline = figures["figures"][figures["headline"]]
    headline["value"] = (headline["value"] or 0) + 0.021
    better = tmp_path / "better.json"
    better.write_text(json.dumps(baseline), encoding="utf-8")
    done = judged(task, better)
    assert done.returncode == 1
    assert "dropped by 0.0210 against the baseline" in done.stderr
