"""A large model's recorded answers for our own stories (November 2026, through a relay)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import claimcompare

RECORDING = Path("tests/recordings/large")
ARGUMENTS = ("eval", "compare", "--data", "seeds", "-m", "large", "--no-cache", "-f", "json")


def evaluated(out: Path, folder: str | None = None) -> dict[str, float]:
    """The figures of a replayed evaluation, with the package of that folder."""
    command = (
        *(sys.executable, "-m", "claimcompare", *ARGUMENTS),
        *("--base-url", "http://127.0.0.1:8765/v1", "--replay", RECORDING, "-o", out),
    )
    environment = (
        os.environ | {"OPENAI_API_KEY": "none"} | ({"PYTHONPATH": folder} if folder else {})
    )
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(out.read_text(encoding="utf-8"))["figures"]["figures"]
    return {name: figure["value"] for name, figure in figures.items()}


def test_disputes_and_sides_are_those_that_were_measured(tmp_path: Path) -> None:
    found = evaluated(tmp_path / "found.json")
    assert found["dispute_precision"] == 1.0
    assert found["dispute_f1"] >= 0.88
    assert found["stance_accuracy"] >= 0.93
    assert found["claim_f1"] >= 0.86


@pytest.mark.parametrize("room", ["small"])
def test_models_that_read_do_without_the_room_of_small_ones(tmp_path: Path, room: str) -> None:
    package = Path(claimcompare.__file__).parent
    copy = tmp_path / "claimcompare"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "prompts", tmp_path / "prompts")
    shutil.rmtree(copy / room)
    shutil.rmtree(tmp_path / "prompts" / room)
    assert evaluated(tmp_path / "found.json", str(tmp_path))["dispute_precision"] == 1.0
