"""The wheel in an environment of its own, away from the checkout."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.test_pipeline import CASSETTE, EXPECTED, ROOT, SEED


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(folder / "env", with_pip=True)
    scripts = "Scripts" if os.name == "nt" else "bin"
    inside = folder / "env" / scripts / "python"
    (wheel,) = folder.glob("*.whl")
    install: list[str | Path] = [
        inside,
        *pip[1:],
        "install",
        "-c",
        ROOT / ".ci" / "constraints.txt",
        wheel,
    ]
    subprocess.run(install, check=True, capture_output=True)
    return inside


def test_the_wheel_brings_its_prompts_and_replays(python: Path, tmp_path: Path) -> None:
    replayed = (SEED, "--replay", CASSETTE, "-f", "json")
    command: list[str | Path] = [python, "-m", "claimcompare", "compare", *replayed]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == json.loads(EXPECTED.read_bytes())


def test_the_wheel_brings_its_page(python: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    command: list[str | Path] = [python, "-m", "claimcompare", "report", EXPECTED]
    subprocess.run([*command, "-f", "html", "-o", page], cwd=tmp_path, check=True)
    assert "</script>" in page.read_text(encoding="utf-8")
    shown = f"print(Comparison.model_validate_json(open({str(EXPECTED)!r}).read())._repr_html_())"
    in_a_notebook: list[str | Path] = [
        python,
        "-c",
        f"from claimcompare import Comparison; {shown}",
    ]
    done = subprocess.run(in_a_notebook, cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout.startswith(b"<iframe")


def test_the_local_model_says_what_to_install(python: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [python, "-m", "claimcompare", "compare", SEED]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'claimcompare[local]'" in done.stderr
    assert "OPENAI_API_KEY" in done.stderr
