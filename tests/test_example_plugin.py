"""The package in docs/examples/plugin, installed, adds a form and a reader of files."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcompare.report import render
from tests.report import LOCK

ROOT = Path(__file__).parents[1]
ORG = """#+TITLE: Sluice at Velmo
#+DATE: 2025-03-04
# a note to myself
* Sluice at Velmo
Mayor Ines Vale said the sluice is dry.
"""
READ = """
import sys
from claimcompare import read_articles
for article in read_articles(sys.argv[1]):
    print(article.id, article.title, article.published, article.text, sep="|")
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the example is installed, beside this very claimcompare."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the example, is not installed")
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    how = ("--no-index", "--no-deps", "--no-build-isolation", "--target", target)
    subprocess.run([*pip, *how, ROOT / "docs/examples/plugin"], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(target)])}


def test_its_reader_reads_files_also_of_a_folder(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "sluice.org").write_text(ORG, encoding="utf-8")
    (tmp_path / "gate.txt").write_text("The gate is shut.", encoding="utf-8")
    command = [sys.executable, "-P", "-c", READ, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == [
        "gate|None|None|The gate is shut.",
        "sluice|Sluice at Velmo|2025-03-04|Sluice at Velmo",
        "Mayor Ines Vale said the sluice is dry.",
    ]


@pytest.mark.parametrize("how", [("-f", "tsv"), ("-o", "made.tsv")])
def test_its_form_is_told_by_name_and_by_the_suffix(
    environment: dict[str, str], tmp_path: Path, how: tuple[str, str]
) -> None:
    (tmp_path / "made.json").write_text(render(LOCK, "json"), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "claimcompare", "report", "made.json", *how]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)
    made = done.stdout if how[0] == "-f" else (tmp_path / "made.tsv").read_bytes()
    header, *rows = made.decode().splitlines()
    assert header.split("\t") == ["proposition", "stance", "speaker", "claim", "article"]
    assert len(rows) == sum(len(dispute.assertions) for dispute in LOCK.disputes)
    assert {len(row.split("\t")) for row in rows} == {5}


def test_the_help_names_its_form(environment: dict[str, str]) -> None:
    command = [sys.executable, "-P", "-m", "claimcompare", "report", "-h"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"|tsv]" in done.stdout
