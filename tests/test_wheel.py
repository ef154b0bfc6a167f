"""The wheel in an environment of its own, away from the checkout, and what is published beside."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from shutil import which

import pytest

from tests.test_pipeline import CASSETTE, EXPECTED, ROOT, SEED

pytestmark = pytest.mark.long

MAKE = which("make")
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")
# Lists what is installed, and how many bytes the files of each have.
LISTED = """
from importlib.metadata import distributions
for one in distributions():
    sizes = (file.locate().stat().st_size for file in one.files or () if file.locate().is_file())
    print(one.metadata["Name"], sum(sizes))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build: list[str | Path] = [
        sys.executable,
        *PIP,
        "wheel",
        "--no-deps",
        "--wheel-dir",
        folder,
        ROOT,
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def python(wheel: Path) -> Path:
    """With the wheel and no extra."""
    return installed(wheel, environment(wheel.with_name("env")))


def environment(folder: Path) -> Path:
    """An empty one; pip is that of these tests, as to install it takes longer than to use it."""
    venv.create(folder)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def installed(wheel: Path, python: Path, extras: str = "") -> Path:
    """The Python, which has the wheel with those extras now."""
    pinned = ("-c", ROOT / ".ci" / "constraints.txt", f"{wheel}{extras}")
    command: list[str | Path] = [sys.executable, *PIP, "--python", python, "install", *pinned]
    subprocess.run(command, check=True, capture_output=True)
    return python


def packages(folder: Path) -> Path:
    """Where an environment has them."""
    named = {"base": str(folder), "platbase": str(folder)}
    return Path(sysconfig.get_path("purelib", "venv", named))


def run(python: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [python, "-P", "-m", "claimcompare", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_wheel_brings_its_prompts_and_replays(
    wheel: Path, python: Path, tmp_path: Path
) -> None:
    above = environment(tmp_path / "env")
    below = packages(python.parents[1])
    (packages(tmp_path / "env") / "below.pth").write_text(f"{below}\n", encoding="utf-8")
    done = run(
        installed(wheel, above, "[harness]"),
        "compare",
        SEED,
        "--replay",
        CASSETTE,
        "-f",
        "json",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(EXPECTED.read_bytes())


def test_the_wheel_is_light(python: Path) -> None:
    done = subprocess.run([python, "-c", LISTED], capture_output=True, text=True, check=True)
    sizes = dict(line.split() for line in done.stdout.splitlines())
    ours = {name: int(size) for name, size in sizes.items() if name not in ("pip", "setuptools")}
    assert len(ours) <= 30 + (os.name == "nt"), sorted(ours)
    assert sum(ours.values()) < 70_000_000, ours


@pytest.mark.parametrize(
    ("name", "reading"),
    [("page.html", "HTML"), ("page.pdf", "PDF"), ("page.rss", "a feed")],
)
def test_a_missing_extra_is_a_line(python: Path, tmp_path: Path, name: str, reading: str) -> None:
    (tmp_path / name).write_text("%PDF-1.7" if reading == "PDF" else "<rss><p>The quay is dry.")
    done = run(python, "compare", name, "--base-url", "http://127.0.0.1:9", cwd=tmp_path)
    line = f"{name}: reading {reading} needs the extra: pip install 'claimcompare[files]'\n"
    assert (done.returncode, done.stderr) == (2, f"claimcompare: {line}")


def test_a_cassette_says_what_to_install(python: Path, tmp_path: Path) -> None:
    done = run(python, "compare", SEED, "--replay", CASSETTE, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.endswith("needs the extra: pip install 'claimcompare[harness]'\n")


@pytest.mark.skipif(MAKE is None, reason="needs make")
def test_the_two_commands_are_in_the_source_distribution(tmp_path: Path) -> None:
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "sdist",
        "-d",
        tmp_path,
    ]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (packed,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(packed) as files:
        files.extractall(tmp_path, filter="data")
    folder = tmp_path / packed.name.removesuffix(".tar.gz")
    for command in ("compare", "test"):
        done = subprocess.run(
            [str(MAKE), "-n", command], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (folder / SEED.relative_to(ROOT)).is_file()


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
