"""The gate: prompts and stages must do as well on our own gold as they did when it was recorded.

After a change to a prompt `make baseline` asks the embedded model what is missing; what it prints
and the new files in `baseline/` are for whoever reviews the change.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcompare.evaluation import Evaluation, dropped

pytestmark = pytest.mark.long

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


@pytest.fixture(scope="module", params=TASKS)
def task(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def done(task: str) -> "subprocess.CompletedProcess[str]":
    return judged(task, HERE / f"{task}.json")


def better(task: str) -> Evaluation:
    """As if the headline figure had been higher before."""
    baseline = Evaluation.model_validate_json((HERE / f"{task}.json").read_bytes())
    all_figures = baseline.figures
    headline = all_figures.figures[all_figures.headline]
    higher = headline.model_copy(update={"value": (headline.value or 0) + 0.021})
    figures = {**all_figures.figures, all_figures.headline: higher}
    return baseline.model_copy(
        update={"figures": all_figures.model_copy(update={"figures": figures})}
    )


def test_the_embedded_model_does_as_well_as_before(
    done: "subprocess.CompletedProcess[str]",
) -> None:
    assert done.returncode == 0, done.stderr


def test_a_drop_is_seen(task: str, done: "subprocess.CompletedProcess[str]") -> None:
    now = Evaluation.model_validate_json(done.stdout)
    assert dropped(better(task), now) == pytest.approx(0.021)


def test_the_gate_closes_on_a_drop(tmp_path: Path) -> None:
    (tmp_path / "better.json").write_text(better("attribution").model_dump_json(), encoding="utf-8")
    done = judged("attribution", tmp_path / "better.json")
    assert done.returncode == 1
    assert "dropped by 0.0210 against the baseline" in done.stderr
